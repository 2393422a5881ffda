use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::EmailAddress;
use people::accounts::Asks;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Section, Visit};

use super::application::mine;
use crate::trainings::application::receipt_number;
use crate::trainings::cancel::{self, NotCancelled};
use crate::trainings::interest::{self, Wish, ask_to_be_told};
use crate::trainings::move_to::{self as verb, NotMoved};
use crate::trainings::session::{Seats, Session, SessionId};
use crate::trainings::store::{self, WholeApplication};
use crate::trainings::undo::{self, NotUndone};
use crate::trainings::view::Viewer;

/// A session to change to.
struct Target {
    id: String,
    words: String,
    small: String,
    is_asked_for: bool,
}

/// The session that somebody was asked about, from the address.
#[derive(Deserialize, Default)]
pub struct Asked {
    to: Option<i64>,
}

#[derive(Template)]
#[template(path = "trainings/pages/move.html")]
struct MovePage {
    frame: Frame,
    path: String,
    now: String,
    number: String,
    will: String,
    targets: Vec<Target>,
    filled: Filled,
    error: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/cancel.html")]
struct CancelPage {
    frame: Frame,
    path: String,
    what: String,
    number: String,
    will: String,
    error: String,
}

pub(super) fn number(whole: &WholeApplication) -> String {
    receipt_number(whole.programme.year, whole.course.slug, whole.session.number, whole.application.number)
}

pub(super) fn what(viewer: Viewer, whole: &WholeApplication) -> String {
    let view = viewer.course(&whole.programme, &whole.course, &[]);
    format!("{} {} {}", view.name, viewer.nth(&whole.session), whole.session.when(viewer.w.lang))
}

async fn move_page(
    portal: &Portal,
    visit: &Visit,
    whole: &WholeApplication,
    asked: &Asked,
    filled: Filled,
    error: String,
) -> Result<Page, PageError> {
    let (w, lang, now) = (visit.words(), visit.lang, visit.now);
    let viewer = Viewer { w, now };
    let (programme, course, own) = (whole.programme.id, whole.course.id, whole.session.id);
    let sessions = portal.db.read(async move |tx| store::sessions(tx, programme).await).await?;
    let mut open: Vec<&Session> = sessions
        .iter()
        .filter(|session| session.course == course && session.id != own && session.refuses_at(now, None).is_none())
        .filter(|session| session.seats_left() != Seats::None || session.can_wait())
        .collect();
    // By date, as on the page of the training.
    open.sort_by_key(|session| (session.day, session.number));
    let targets = open
        .into_iter()
        .map(|session| {
            let nth = viewer.nth(session);
            let said = if session.seats_left() == Seats::None { w.t("move-full") } else { session.title.clone() };
            let small: Vec<String> = [session.hours(lang), said].into_iter().filter(|part| !part.is_empty()).collect();
            Target {
                id: session.id.to_string(),
                is_asked_for: asked.to == Some(session.number),
                words: session.day.map_or_else(|| nth.clone(), |day| format!("{nth} {}", kernel::long_date(day, lang))),
                small: small.join(&w.t("foot-gap")),
            }
        })
        .collect();
    let path = format!("/applications/{}", whole.application.id);
    let status = match (error.is_empty(), filled.is_fine()) {
        (false, _) => StatusCode::CONFLICT,
        (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::OK,
    };
    let page = MovePage {
        frame: Frame::new(portal, visit, w.t("move-title")).in_section(Section::Trainings).crumb(w.t("application-title"), &path).here(),
        now: what(viewer, whole),
        number: number(whole),
        will: w.one("move-will", "address", &whole.person.email),
        path,
        targets,
        filled,
        error,
    };
    Ok(Page::html(&page)?.status(status))
}

/// The dates to change to.
pub async fn move_form(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    move_page(&portal, &visit, &whole, &asked, Filled::default(), String::new()).await
}

/// Changes to another date.
pub async fn move_to(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let w = visit.words();
    let Ok(to) = posted.get("session").parse::<SessionId>() else {
        let mut filled = Filled::default();
        filled.wrong("session", w.t("move-choose-first"));
        return move_page(&portal, &visit, &whole, &Asked::default(), filled, String::new()).await;
    };
    let (application, by) = (whole.application.id, visit.actor.label());
    let key = posted.key(&portal, &visit);
    let outcome =
        portal.db.write(Lane::Public, key, async move |tx, now| verb::move_to(tx, application, to, &by, false, now).await).await?;
    let error = match outcome {
        Ok(_) => return Ok(Page::see_other(&visit.to(&format!("/applications/{application}?done=moved")))),
        Err(NotMoved::Unknown) => return Err(PageError::NotFound),
        Err(refusal) => w.t(not_moved_key(refusal)),
    };
    move_page(&portal, &visit, &whole, &Asked::default(), Filled::default(), error).await
}

/// The key of the words for a move that was refused.
pub const fn not_moved_key(refusal: NotMoved) -> &'static str {
    match refusal {
        NotMoved::Unknown | NotMoved::Cancelled => "not-moved-cancelled",
        NotMoved::TooLate => "not-moved-too-late",
        NotMoved::Same => "not-moved-same",
        NotMoved::OtherCourse => "not-moved-other-course",
        NotMoved::NotOpen => "not-moved-not-open",
        NotMoved::Full => "not-moved-full",
        NotMoved::Already => "not-moved-already",
    }
}

fn cancel_page(portal: &Portal, visit: &Visit, whole: &WholeApplication, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let path = format!("/applications/{}", whole.application.id);
    let is_wrong = !error.is_empty();
    let page = CancelPage {
        frame: Frame::new(portal, visit, w.t("cancel-title")).in_section(Section::Trainings).crumb(w.t("application-title"), &path).here(),
        what: what(Viewer { w, now: visit.now }, whole),
        number: number(whole),
        will: w.one("cancel-will", "address", &whole.person.email),
        path,
        error,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::CONFLICT) } else { page })
}

/// Says exactly what cancelling will do.
pub async fn cancel_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    cancel_page(&portal, &visit, &whole, String::new())
}

/// Cancels.
pub async fn cancel(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let (application, by) = (whole.application.id, visit.actor.label());
    let key = posted.key(&portal, &visit);
    let outcome = portal.db.write(Lane::Public, key, async move |tx, now| cancel::cancel(tx, application, &by, "", now).await).await?;
    match outcome {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("/applications/{application}?done=cancelled")))),
        Err(NotCancelled::Unknown) => Err(PageError::NotFound),
        Err(NotCancelled::Already) => cancel_page(&portal, &visit, &whole, visit.words().t("not-cancelled-already")),
        Err(NotCancelled::TooLate) => cancel_page(&portal, &visit, &whole, visit.words().t("not-cancelled-too-late")),
    }
}

/// Takes a cancellation back.
pub async fn undo(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let (application, by) = (whole.application.id, visit.actor.label());
    let key = posted.key(&portal, &visit);
    let outcome = portal.db.write(Lane::Public, key, async move |tx, now| undo::undo(tx, application, &by, now).await).await?;
    match outcome {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("/applications/{application}?done=restored")))),
        Err(NotUndone::Unknown) => Err(PageError::NotFound),
        Err(NotUndone::TooLate) => cancel_page(&portal, &visit, &whole, visit.words().t("not-undone-too-late")),
        Err(NotUndone::AppliedAgain) => cancel_page(&portal, &visit, &whole, visit.words().t("not-undone-applied-again")),
        Err(NotUndone::CalledOff) => cancel_page(&portal, &visit, &whole, visit.words().t("not-undone-called-off")),
    }
}

/// "I can't attend": a mail when the recordings are public.
pub async fn ask_for_archive(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let (audience, lang) = (whole.course.slug, visit.lang);
    let email: EmailAddress = whole.person.email.parse().map_err(|_| PageError::Bug("a stored address is none"))?;
    let key = posted.key(&portal, &visit);
    let asks = Asks::of(&portal.keys, interest::ASKS, &email);
    let write = async move |tx: &mut db::Tx<'_>, now| ask_to_be_told(tx, Wish::Archive, audience, &email, lang, asks, now).await;
    portal.db.write(Lane::Public, key, write).await?;
    Ok(Page::see_other(&visit.to(&format!("/applications/{}?done=archive#absent-h", whole.application.id))))
}
