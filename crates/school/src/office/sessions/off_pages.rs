use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{NotText, Text};
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::super::staff_pages::{self, Head, Whole};
use super::call_off::{self as verb, NotCalledOff};
use crate::trainings::store;

/// A reason that stands on the public page: at most 200 characters.
type Reason = Text<200>;

#[derive(Template)]
#[template(path = "office/sessions/call_off.html")]
struct CallOffPage {
    frame: Frame,
    head: Head,
    will: String,
    reason: String,
    error: String,
    refused: String,
}

/// What calling the session off would do to how many.
pub async fn call_off_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let refused = match () {
        () if whole.session.cancelled_at.is_some() => visit.words().t("office-called-off-already"),
        () if !whole.session.can_still_change(visit.now) => visit.words().t("office-called-off-begun"),
        () => String::new(),
    };
    page(&portal, &visit, &whole, String::new(), String::new(), refused).await
}

async fn page(portal: &Portal, visit: &Visit, whole: &Whole, reason: String, error: String, refused: String) -> Result<Page, PageError> {
    let id = whole.session.id;
    let living = portal.db.read(async move |tx| store::count_living(tx, id).await).await?;
    let w = visit.words();
    let (frame, head) = whole.head(portal, visit, w.t("office-call-off"), None);
    let status = match (error.is_empty(), refused.is_empty()) {
        (_, false) => StatusCode::CONFLICT,
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let page = CallOffPage { will: w.count("office-call-off-will", living), reason, error, refused, frame, head };
    Ok(Page::html(&page)?.status(status))
}

/// Calls it off.
pub async fn call_off(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let reason = match Reason::new(posted.get("reason")) {
        Ok(reason) => reason.into_string(),
        Err(not) => {
            let words = match not {
                NotText::Empty => w.t("office-call-off-reason-empty"),
                NotText::TooLong { length, .. } => w.one("office-call-off-reason-long", "n", &length),
            };
            return page(&portal, &visit, &whole, posted.get("reason").to_owned(), words, String::new()).await;
        }
    };
    let (session, by, key) = (whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| verb::call_off(tx, session, &reason, &by, now).await).await?;
    let refused = match outcome {
        Ok(told) => return Ok(Page::see_other(&visit.to(&whole.path(&format!("?done=called-off&told={told}"))))),
        Err(NotCalledOff::Unknown) => return Err(PageError::NotFound),
        Err(NotCalledOff::Already) => w.t("office-called-off-already"),
        Err(NotCalledOff::Begun) => w.t("office-called-off-begun"),
    };
    page(&portal, &visit, &whole, String::new(), String::new(), refused).await
}
