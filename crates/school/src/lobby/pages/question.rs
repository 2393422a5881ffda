use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::NotText;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::joining::whole;
use super::sight::Own;
use crate::lobby::meeting::Meeting;
use crate::lobby::question::{self as verb, NotAsked};
use crate::trainings::application::Question;
use crate::trainings::store::WholeApplication;

#[derive(Template)]
#[template(path = "lobby/pages/question.html")]
struct QuestionPage {
    frame: Frame,
    own: Own,
    filled: Filled,
    key: String,
    closed: String,
}

/// One's question to the lecturer.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (whole, meeting) = whole(&portal, &visit, &id).await?;
    let mut filled = Filled::default();
    filled.set("question", whole.application.question.as_str());
    page(&portal, &visit, &whole, &meeting, filled)
}

fn page(portal: &Portal, visit: &Visit, whole: &WholeApplication, meeting: &Meeting, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let own = Own::of(portal, visit, whole, meeting);
    let closed = match () {
        () if !whole.application.is_live() => w.t("join-cancelled"),
        () if whole.session.cancelled_at.is_some() => w.t("join-called-off"),
        () if !whole.session.can_still_change(visit.now) => w.t("ask-too-late"),
        () => String::new(),
    };
    let status = match (closed.is_empty(), filled.is_fine()) {
        (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let page =
        QuestionPage { frame: own.frame(portal, visit, w.t("lobby-ask-word")), key: visit.now.uuid().to_string(), own, filled, closed };
    Ok(Page::html(&page)?.status(status))
}

/// Asks it.
pub async fn ask(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, meeting) = whole(&portal, &visit, &id).await?;
    let question = match Question::new(posted.get("question")) {
        Ok(question) => question.into_string(),
        Err(NotText::Empty) => String::new(),
        Err(NotText::TooLong { length, .. }) => {
            let mut filled = Filled::from_posted(&posted);
            filled.wrong("question", visit.words().one("error-question-long", "n", &length));
            return page(&portal, &visit, &whole, &meeting, filled);
        }
    };
    let (application, by, key) = (whole.application.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Public, key, async move |tx, now| verb::ask(tx, application, &question, &by, now).await).await?;
    match outcome {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("/applications/{application}?done=asked")))),
        Err(NotAsked::Unknown | NotAsked::TooLate) => {
            Ok(page(&portal, &visit, &whole, &meeting, Filled::from_posted(&posted))?.status(StatusCode::CONFLICT))
        }
    }
}
