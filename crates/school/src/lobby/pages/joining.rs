use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::Uuid;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::sight::Own;
use crate::lobby::join::{self as verb, NotJoined};
use crate::lobby::meeting::{Meeting, Moment};
use crate::lobby::store;
use crate::trainings::mine;
use crate::trainings::store::WholeApplication;

#[derive(Template)]
#[template(path = "lobby/pages/join.html")]
struct JoinPage {
    frame: Frame,
    own: Own,
    key: String,
    refused: String,
    kind: &'static str,
    is_early: bool,
    can_join: bool,
    asks: bool,
}

/// The button that lets one in.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (whole, meeting) = whole(&portal, &visit, &id).await?;
    let refusal = match meeting.moment(&whole.session, visit.now) {
        _ if !whole.application.is_live() => Some(NotJoined::Cancelled),
        Moment::CalledOff => Some(NotJoined::CalledOff),
        _ if whole.application.is_waiting() => Some(NotJoined::Waiting),
        Moment::Undated => Some(NotJoined::Undated),
        Moment::Before => Some(NotJoined::Early),
        Moment::Over => Some(NotJoined::Over),
        Moment::Open | Moment::Running => None,
    };
    page(&portal, &visit, &whole, &meeting, refusal)
}

/// One's own application with the meeting of its session.
pub(super) async fn whole(portal: &Portal, visit: &Visit, id: &str) -> Result<(WholeApplication, Meeting), PageError> {
    let whole = mine(portal, visit, id).await?;
    let session = whole.session.id;
    let meeting = portal.db.read(async move |tx| store::meeting(tx, session).await).await?;
    Ok((whole, meeting))
}

fn page(
    portal: &Portal,
    visit: &Visit,
    whole: &WholeApplication,
    meeting: &Meeting,
    refusal: Option<NotJoined>,
) -> Result<Page, PageError> {
    let w = visit.words();
    let own = Own::of(portal, visit, whole, meeting);
    let hours = meeting.hours(&whole.session);
    let refused = match refusal {
        None => String::new(),
        Some(NotJoined::Early) => w.one("join-early", "at", &own.sight.opens),
        Some(NotJoined::Over) => w.t("join-over"),
        Some(NotJoined::Waiting) => w.t("join-waiting"),
        Some(NotJoined::CalledOff) => w.t("join-called-off"),
        Some(NotJoined::Undated) => w.t("lobby-undated-text"),
        Some(NotJoined::Cancelled | NotJoined::Unknown) => w.t("join-cancelled"),
    };
    let page = JoinPage {
        frame: own.frame(portal, visit, w.t("join-title")),
        key: visit.now.uuid().to_string(),
        kind: if refusal == Some(NotJoined::Early) { "" } else { "care" },
        is_early: refusal == Some(NotJoined::Early),
        can_join: refusal.is_none(),
        asks: refusal == Some(NotJoined::Over)
            && !meeting.questionnaire.is_empty()
            && hours.is_some_and(|hours| hours.takes_answers(visit.now)),
        refused,
        own,
    };
    Page::html(&page)
}

/// Lets one in, and goes on to the page that keeps the presence.
pub async fn join(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, meeting) = whole(&portal, &visit, &id).await?;
    // The form's key is the device: pressing twice lets one in once, a second computer is a second one.
    let device: Uuid = posted.get("key").parse().unwrap_or_else(|_| visit.now.uuid());
    let application = whole.application.id;
    let outcome = portal.db.write(Lane::Public, None, async move |tx, now| verb::join(tx, application, device, now).await).await?;
    match outcome {
        Ok(()) => Ok(Page::see_other(&visit.to(&format!("/applications/{application}/joined?d={device}")))),
        Err(NotJoined::Unknown) => Err(PageError::NotFound),
        Err(refusal) => Ok(page(&portal, &visit, &whole, &meeting, Some(refusal))?.status(StatusCode::CONFLICT)),
    }
}
