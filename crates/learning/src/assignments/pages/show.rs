use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{long_date, one_line, parse_day, short_date};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Posted, Visit, page_of};

use super::{Place, ROWS};
use crate::assignments::assignment::{Assignment, AssignmentId, StaffId, Standing, Why};
use crate::assignments::change::{self, NotChanged};
use crate::assignments::store::{self, Assigned, SIEVES};
use crate::assignments::waive::{self as off, NotWaived};

/// Characters taken for a note.
const LONGEST_NOTE: usize = 200;

/// Whom to show, which page, and what was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    show: String,
    page: String,
    done: String,
}

#[derive(Template)]
#[template(path = "assignments/pages/show.html")]
struct ShowPage {
    frame: Frame,
    organization: String,
    path: String,
    whom: String,
    due: String,
    reason: String,
    minutes: String,
    courses: Vec<String>,
    is_open: bool,
    counts: String,
    sieves: Vec<(String, String, bool)>,
    show: String,
    rows: Vec<Row>,
    reasons: Vec<(&'static str, String)>,
    pager: Pager,
    done: String,
    error: String,
}

struct Row {
    id: String,
    name: String,
    email: String,
    job: String,
    shape: &'static str,
    word: String,
    /// What stands beside the word: when it was done, how many courses are, why they do not have to.
    beside: String,
    is_waived: bool,
    can_waive: bool,
}

/// An assignment of the institution of an address.
pub(super) async fn found(portal: &Portal, place: &Place, id: &str) -> Result<Assignment, PageError> {
    let (organization, id) = (place.id(), id.parse::<AssignmentId>().map_err(|_| PageError::NotFound)?);
    portal.db.read(async move |tx| store::assignment(tx, organization, id).await).await?.ok_or(PageError::NotFound)
}

/// One assignment: who has finished, who is behind, who does not have to.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, assignment)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let assignment = found(&portal, &place, &assignment).await?;
    page(&portal, &visit, &place, &assignment, &asked, String::new()).await
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    place: &Place,
    assignment: &Assignment,
    asked: &Asked,
    error: String,
) -> Result<Page, PageError> {
    let sieve = SIEVES.into_iter().find(|sieve| *sieve == asked.show).unwrap_or_default();
    let (id, (number, skipped)) = (assignment.id, page_of(&asked.page, ROWS));
    let read = async move |tx: &mut db::Tx<'_>| {
        Ok((store::people_of(tx, id, sieve, skipped, ROWS + 1).await?, store::count_people(tx, id).await?))
    };
    let (mut people, counted) = portal.db.read(read).await?;
    let w = visit.words();
    let path = format!("{}/{id}", place.base);
    let pager = Pager::numbered(visit, &format!("{path}?show={sieve}"), (number, ROWS), &mut people);
    let target = assignment.target(&place.shown);
    let counts = [
        ("people", &*counted.people.to_string()),
        ("done", &*counted.done.to_string()),
        ("open", &*counted.open().to_string()),
        ("waived", &*counted.waived.to_string()),
    ];
    let page = ShowPage {
        frame: place.frame_below(portal, visit, assignment.title(&place.shown, w)).here(),
        organization: place.organization.name.clone(),
        whom: assignment.whom(w),
        due: long_date(assignment.due(), w.lang),
        reason: assignment.reason.clone(),
        minutes: target.as_ref().map_or_else(String::new, |target| w.count("assign-minutes", target.minutes())),
        courses: target.as_ref().map_or_else(Vec::new, |target| {
            target.courses().iter().map(|course| course.title.get(course.lang(w.lang)).to_owned()).collect()
        }),
        is_open: assignment.ended_at.is_none(),
        counts: w.with("assign-counts", &counts),
        sieves: SIEVES
            .into_iter()
            .map(|one| {
                let key = if one.is_empty() { "assign-sieve-all".to_owned() } else { format!("assign-sieve-{one}") };
                (visit.to(&format!("{path}?show={one}")), w.t(&key), one == sieve)
            })
            .collect(),
        show: sieve.to_owned(),
        rows: people.iter().map(|one| row(one, assignment, visit)).collect(),
        reasons: Why::ALL.into_iter().map(|why| (why.id(), why.word(w))).collect(),
        done: if ["assigned", "waived", "restored", "moved"].contains(&asked.done.as_str()) {
            w.t(&format!("assign-done-{}", asked.done))
        } else {
            String::new()
        },
        pager,
        path,
        error,
    };
    let status = if page.error.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page::html(&page)?.status(status))
}

fn row(one: &Assigned, assignment: &Assignment, visit: &Visit) -> Row {
    let w = visit.words();
    let standing = one.far(assignment.due_at).standing(visit.now);
    Row {
        id: one.id.to_string(),
        name: one.name.clone(),
        email: one.email.clone(),
        job: one.job.word(w),
        shape: standing.shape(),
        word: standing.word(w),
        beside: beside(one, standing, visit),
        is_waived: one.waived_at.is_some(),
        can_waive: standing != Standing::Done && one.waived_at.is_none(),
    }
}

/// What stands beside the word of how somebody stands.
pub(super) fn beside(one: &Assigned, standing: Standing, visit: &Visit) -> String {
    let w = visit.words();
    match (standing, one.last_at, one.waived_why) {
        (Standing::Done, last, _) if one.in_house_at.is_some() => {
            let day = one.in_house_at.max(last).map_or_else(String::new, |at| short_date(at.day(), w.lang));
            w.one("in-house-beside", "day", &day)
        }
        (Standing::Done, Some(at), _) => short_date(at.day(), w.lang),
        (Standing::Waived, _, Some(why)) if one.waived_note.is_empty() => why.word(w),
        (Standing::Waived, _, Some(why)) => format!("{}{}{}", why.word(w), w.lang.pick("：", ": "), one.waived_note),
        _ if one.total > 1 => w.with("assign-of-courses", &[("n", &one.done.to_string()), ("of", &one.total.to_string())]),
        _ => String::new(),
    }
}

/// Lets somebody off, or takes that back.
pub async fn waive(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, assignment, person)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let assignment = found(&portal, &place, &assignment).await?;
    let person: StaffId = person.parse().map_err(|_| PageError::NotFound)?;
    let (by, whom) = (visit.actor.label(), (place.id(), assignment.id, person));
    let key = posted.key(&portal, &visit);
    let back = format!("{}/{}?show={}", place.base, assignment.id, posted.get("show"));
    if posted.get("do") == "restore" {
        let write = async move |tx: &mut db::Tx<'_>, now| off::restore(tx, whom, &by, now).await;
        return match portal.db.write(Lane::Staff, key, write).await? {
            Ok(()) => Ok(Page::see_other(&visit.to(&format!("{back}&done=restored")))),
            Err(_) => Err(PageError::NotFound),
        };
    }
    let note: String = one_line(posted.get("note")).chars().take(LONGEST_NOTE).collect();
    let Ok(why) = posted.get("why").parse::<Why>() else {
        let error = visit.words().t("assign-why-empty");
        return page(&portal, &visit, &place, &assignment, &Asked::default(), error).await;
    };
    let write = async move |tx: &mut db::Tx<'_>, now| off::waive(tx, whom, why, &note, &by, now).await;
    match portal.db.write(Lane::Staff, key, write).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("{back}&done=waived")))),
        Err(NotWaived::NoNote) => {
            let error = visit.words().t("assign-note-empty");
            page(&portal, &visit, &place, &assignment, &Asked::default(), error).await
        }
        Err(NotWaived::Unknown) => Err(PageError::NotFound),
    }
}

/// Moves the last day.
pub async fn move_due(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, assignment)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let assignment = found(&portal, &place, &assignment).await?;
    let w = visit.words();
    let Some(due) = parse_day(posted.get("due"), visit.now.day()) else {
        return page(&portal, &visit, &place, &assignment, &Asked::default(), w.t("assign-due-empty")).await;
    };
    let (by, which) = (visit.actor.label(), (place.id(), assignment.id));
    let write = async move |tx: &mut db::Tx<'_>, now| change::move_due(tx, which, due, &by, now).await;
    let error = match portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await? {
        Ok(()) => return Ok(Page::see_other(&visit.to(&format!("{}/{}?done=moved", place.base, assignment.id)))),
        Err(NotChanged::Past) => w.t("assign-due-past"),
        Err(NotChanged::Closed) => w.t("assign-due-closed"),
        Err(NotChanged::Unknown) => return Err(PageError::NotFound),
    };
    page(&portal, &visit, &place, &assignment, &Asked::default(), error).await
}

/// Ends it.
pub async fn end(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, assignment)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let assignment = found(&portal, &place, &assignment).await?;
    let (by, which) = (visit.actor.label(), (place.id(), assignment.id));
    let write = async move |tx: &mut db::Tx<'_>, now| change::end(tx, which, &by, now).await;
    match portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("{}?done=ended", place.base)))),
        Err(_) => Err(PageError::NotFound),
    }
}
