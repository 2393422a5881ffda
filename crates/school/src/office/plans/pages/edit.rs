use access::Hand;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::super::draft::Draft;
use super::super::facts::{CourseFacts, Facts, SessionFacts};
use super::super::plan::PlanId;
use super::super::save::{self as saving, Addition, NotSaved};
use super::show::{self, Whole, whole};
use super::{PATH, form, frame, plan_id, seen, words};
use crate::office::sessions::draft as session_form;
use crate::office::staff_pages;
use crate::trainings::programme::{Audience, CourseId};
use crate::trainings::session::{Session, SessionId};

#[derive(Template)]
#[template(path = "office/plans/pages/session.html")]
struct SessionPage {
    frame: Frame,
    action: String,
    back: String,
    over: String,
    filled: Filled,
    window: String,
    can_leave_out: bool,
    remarks: Vec<String>,
    revision: i64,
    key: String,
}

#[derive(Template)]
#[template(path = "office/plans/pages/course.html")]
struct CoursePage {
    frame: Frame,
    action: String,
    back: String,
    over: String,
    filled: Filled,
    formats: Vec<(&'static str, String, String)>,
    can_leave_out: bool,
    revision: i64,
    key: String,
}

fn find(whole: &Whole, position: &str) -> Result<Draft, PageError> {
    let position: i64 = position.parse().map_err(|_| PageError::NotFound)?;
    whole.drafts.iter().find(|draft| draft.position == position).cloned().ok_or(PageError::NotFound)
}

/// The session that a draft would make, with what is taken of the one that it changes.
fn session_of(whole: &Whole, draft: &Draft, facts: &SessionFacts) -> Session {
    let was = draft.session_id().and_then(|id| whole.year.session(id));
    let id = draft.session_id().unwrap_or_else(|| SessionId::from_uuid(kernel::Uuid::nil()));
    facts.session(id, was.map_or_else(|| CourseId::from_uuid(kernel::Uuid::nil()), |was| was.course), was)
}

/// The form of one draft.
pub async fn edit(State(portal): State<Portal>, visit: Visit, Path((id, position)): Path<(String, String)>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    let whole = whole(&portal, id, visit.now).await?;
    let draft = find(&whole, &position)?;
    if !whole.plan.is_open() {
        return Ok(Page::see_other(&visit.to(&format!("{PATH}/{id}"))));
    }
    let mut filled = match &draft.becomes {
        Facts::Programme(_) => return Err(PageError::NotFound),
        Facts::Course(course) => form::filled_course(course),
        Facts::Session(session) => {
            let mut filled = session_form::filled(&session_of(&whole, &draft, session));
            filled.set("lecturers", session.lecturers.names.as_str());
            filled.set("lecturers_shown", if session.lecturers.shown { "yes" } else { "" });
            filled
        }
    };
    filled.set("left_out", if draft.left_out { "yes" } else { "" });
    form_page(&portal, &visit, &whole, &draft, filled)
}

fn form_page(portal: &Portal, visit: &Visit, whole: &Whole, draft: &Draft, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let id = whole.plan.id;
    let back = format!("{PATH}/{id}");
    let title = words::title(w, &whole.plan, &whole.drafts);
    let frame = frame(portal, visit, words::name(w, &draft.becomes)).crumb(title.clone(), &back).here();
    let (action, key, revision) = (format!("{back}/drafts/{}", draft.position), visit.now.uuid().to_string(), whole.plan.revision);
    // A plan that makes a year can do without it; one that changes what is there can leave it as it is.
    let can_leave_out = whole.plan.kind.makes_a_year() || whole.drafts.len() > 1;
    let is_wrong = !filled.is_fine();
    let page = match &draft.becomes {
        Facts::Programme(_) => return Err(PageError::NotFound),
        Facts::Course(_) => {
            let format = |id: &'static str| (id, w.t(&format!("plans-format-{id}")), w.t(&format!("plans-format-{id}-text")));
            let formats = ["interchangeable", "series", "unknown"].map(format).into();
            Page::html(&CoursePage { frame, action, back, over: title, filled, formats, can_leave_out, revision, key })?
        }
        Facts::Session(session) => {
            let window = session_of(whole, draft, session).window(visit.lang);
            let remarks = whole.effect.of(draft.position).map(|remark| words::remark(w, remark, &draft.becomes, whole.plan.year)).collect();
            Page::html(&SessionPage { frame, action, back, over: title, filled, window, can_leave_out, remarks, revision, key })?
        }
    };
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Saves what was typed.
pub async fn save(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, position)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    let whole = whole(&portal, id, visit.now).await?;
    let draft = find(&whole, &position)?;
    let checked = match &draft.becomes {
        Facts::Programme(_) => return Err(PageError::NotFound),
        Facts::Course(course) => check_course(&posted, course, &visit),
        Facts::Session(session) => check_session(&posted, &whole, &draft, session, &visit),
    };
    let becomes = match checked {
        Ok(becomes) => becomes,
        Err(filled) => return form_page(&portal, &visit, &whole, &draft, filled),
    };
    let (seen, left_out) = (seen(id, &posted), posted.has("left_out"));
    let (key, hand, position) = (posted.key(&portal, &visit), Hand::of(&visit.actor), draft.position);
    let outcome = portal
        .db
        .write(Lane::Staff, key, async move |tx, now| saving::save(tx, seen, position, &becomes, left_out, &hand, now).await)
        .await?;
    saved(&portal, &visit, id, outcome, "saved").await
}

async fn saved(portal: &Portal, visit: &Visit, id: PlanId, outcome: Result<(), NotSaved>, what: &str) -> Result<Page, PageError> {
    match outcome {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("{PATH}/{id}?done={what}")))),
        Err(NotSaved::Unknown) => Err(PageError::NotFound),
        Err(NotSaved::Changed) => show::page(portal, visit, id, String::new(), visit.words().t("plans-changed"), Filled::default()).await,
    }
}

fn check_course(posted: &Posted, course: &CourseFacts, visit: &Visit) -> Result<Facts, Filled> {
    form::course(posted, course, visit.words()).map(Facts::Course)
}

fn check_session(posted: &Posted, whole: &Whole, draft: &Draft, session: &SessionFacts, visit: &Visit) -> Result<Facts, Filled> {
    let w = visit.words();
    let was = session_of(whole, draft, session);
    // What stays out of the plan need not be in order.
    if posted.has("left_out") {
        return Ok(draft.becomes.clone());
    }
    let checked = session_form::check(posted, &was, whole.plan.year, w, visit.now);
    let (becomes, mut filled) = match checked {
        Ok(becomes) => (Some(becomes), Filled::from_posted(posted)),
        Err(filled) => (None, filled),
    };
    let lecturers = form::lecturers(posted, &mut filled, w);
    match becomes {
        Some(becomes) if filled.is_fine() => Ok(Facts::Session(SessionFacts::of(&becomes, session.audience(), lecturers))),
        _ => Err(filled),
    }
}

/// Adds a course or a session to a plan that makes a year.
pub async fn add(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id = plan_id(&id)?;
    let audience: Audience = posted.get("course").parse().map_err(|_| PageError::NotFound)?;
    let what = if posted.get("what") == "course" { Addition::Course(audience) } else { Addition::Session(audience) };
    let seen = seen(id, &posted);
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| saving::add(tx, seen, what, &hand, now).await).await?;
    match outcome {
        Ok(position) => Ok(Page::see_other(&visit.to(&format!("{PATH}/{id}/drafts/{position}")))),
        Err(not) => saved(&portal, &visit, id, Err(not), "added").await,
    }
}
