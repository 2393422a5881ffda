use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{Day, long_date, one_line, parse_day};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::Place;
use crate::assignments::assign::{NewAssignment, NotAssigned, assign as to_assign};
use crate::assignments::job::Job;
use crate::assignments::path::Target;
use crate::assignments::store;

/// Characters taken for a reason.
const LONGEST_REASON: usize = 200;

#[derive(Template)]
#[template(path = "assignments/pages/new.html")]
struct NewPage {
    frame: Frame,
    base: String,
    organization: String,
    filled: Filled,
    /// What can be assigned: word, title, how long it takes with its courses.
    targets: Vec<(String, String, String)>,
    /// Jobs, how many people have them, and whether they are chosen.
    jobs: Vec<(&'static str, String, String, bool)>,
    /// What will happen, once everything is filled in.
    will: String,
    chosen: Vec<&'static str>,
    key: String,
}

/// The form; once it is filled in, what will happen to how many people.
pub async fn form(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    page(&portal, &visit, &place, &Posted::of(asked), None).await
}

/// Assigns it.
pub async fn assign(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let place = Place::of(&portal, &visit, &id).await?;
    let mut filled = Filled::from_posted(&posted);
    let Some(new) = read(&visit, &place, &posted, &mut filled) else { return page(&portal, &visit, &place, &posted, None).await };
    let by = visit.actor.label();
    let write = async move |tx: &mut db::Tx<'_>, now| to_assign(tx, &new, &by, now).await;
    match portal.db.write(Lane::Staff, posted.key(&portal, &visit), write).await? {
        Ok(id) => Ok(Page::see_other(&visit.to(&format!("{}/{id}?done=assigned", place.base)))),
        Err(refusal) => page(&portal, &visit, &place, &posted, Some(refusal)).await,
    }
}

async fn page(portal: &Portal, visit: &Visit, place: &Place, posted: &Posted, refusal: Option<NotAssigned>) -> Result<Page, PageError> {
    let w = visit.words();
    let mut filled = Filled::from_posted(posted);
    let new = if posted.fields().is_empty() { None } else { read(visit, place, posted, &mut filled) };
    let id = place.id();
    let counts = portal.db.read(async move |tx| store::count_jobs(tx, id).await).await?;
    let count = |job: Job| counts.iter().find(|(known, _)| *known == job).map_or(0, |(_, n)| *n);
    let people: i64 = new.as_ref().map_or(0, |new| {
        let all = new.jobs.is_empty();
        Job::ALL.into_iter().filter(|job| all || new.jobs.contains(job)).map(count).sum()
    });
    let refusal = refusal.or((new.is_some() && people == 0).then_some(NotAssigned::Nobody));
    if let Some(refusal) = refusal {
        filled.wrong(field_of(refusal), words_of(refusal, w));
    }
    let will = new.filter(|_| filled.is_fine()).map_or_else(String::new, |new| {
        w.counted("assign-will", &[("n", people)], &[("title", new.target.title(w.lang)), ("day", &long_date(new.due, w.lang))])
    });
    let chosen: Vec<&'static str> = Job::ALL.into_iter().map(Job::id).filter(|id| posted.all("job").any(|job| job == *id)).collect();
    let page = NewPage {
        frame: place.frame_below(portal, visit, w.t("assign-new")).here(),
        base: place.base.clone(),
        organization: place.organization.name.clone(),
        targets: Target::all(&place.shown).map(|target| (target.word(), target.title(w.lang).to_owned(), told(&target, w))).collect(),
        jobs: Job::ALL
            .into_iter()
            .map(|job| (job.id(), job.word(w), w.count("assign-people", count(job)), chosen.contains(&job.id())))
            .collect(),
        key: visit.now.uuid().to_string(),
        will,
        chosen,
        filled,
    };
    let status = if page.filled.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page::html(&page)?.status(status))
}

/// 約80分：はじめての情報セキュリティ → 立入検査…
fn told(target: &Target, w: Words) -> String {
    let minutes = w.count("assign-minutes", target.minutes());
    match target {
        Target::Course(course) => w.with("assign-course-told", &[("minutes", &minutes), ("day", &long_date(course.until, w.lang))]),
        Target::Path(_, courses) => {
            let titles: Vec<&str> = courses.iter().map(|course| course.title.get(course.lang(w.lang))).collect();
            w.with("assign-path-told", &[("minutes", &minutes), ("courses", &titles.join(&w.t("assign-then")))])
        }
    }
}

/// What was filled in, or what is wrong with it.
fn read(visit: &Visit, place: &Place, posted: &Posted, filled: &mut Filled) -> Option<NewAssignment> {
    let (w, today) = (visit.words(), visit.now.day());
    let target = Target::of(posted.get("what"), &place.shown);
    if target.is_none() {
        filled.wrong("what", w.t("assign-what-empty"));
    }
    let due: Option<Day> = parse_day(posted.get("due"), today);
    if due.is_none() {
        filled.wrong("due", w.t("assign-due-empty"));
    }
    let reason = one_line(posted.get("reason"));
    if reason.is_empty() {
        filled.wrong("reason", w.t("assign-reason-empty"));
    } else if reason.chars().count() > LONGEST_REASON {
        filled.wrong("reason", w.one("learning-name-long", "n", &LONGEST_REASON));
    }
    let jobs = Job::ALL.into_iter().filter(|job| posted.all("job").any(|id| id == job.id())).collect();
    let new = NewAssignment { organization: place.id(), target: target?, jobs, due: due?, reason };
    if let Some(refusal) = new.refusal(today) {
        filled.wrong(field_of(refusal), words_of(refusal, w));
    }
    filled.is_fine().then_some(new)
}

const fn field_of(refusal: NotAssigned) -> &'static str {
    match refusal {
        NotAssigned::Past | NotAssigned::Closed => "due",
        NotAssigned::Nobody => "jobs",
    }
}

fn words_of(refusal: NotAssigned, w: Words) -> String {
    w.t(match refusal {
        NotAssigned::Past => "assign-due-past",
        NotAssigned::Closed => "assign-due-closed",
        NotAssigned::Nobody => "assign-nobody",
    })
}
