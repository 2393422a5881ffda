use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::Ground;
use crate::attendance::close::{self as closing, NotClosed, NotReopened, Tally, can_close, foretell};
use crate::attendance::store;
use crate::office::staff_pages::{self, Head};

/// Why attendance is opened again, as the trail keeps it. The words are `office-reason-…`.
const REASONS: [&str; 3] = ["file", "setting", "other"];

#[derive(Template)]
#[template(path = "attendance/pages/closing.html")]
struct ClosingPage {
    frame: Frame,
    head: Head,
    path: String,
    is_closed: bool,
    closed: String,
    refusal: String,
    tally: Tally,
    open: i64,
    rule: String,
    reasons: Vec<(&'static str, String)>,
    error: String,
}

/// What closing would do, or what was done and can be opened again.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    ground.follow_the_day(&portal).await?;
    page(&portal, &visit, &ground, String::new()).await
}

async fn page(portal: &Portal, visit: &Visit, ground: &Ground, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let session = ground.whole.session.id;
    let (known, piles) =
        portal.db.read(async move |tx| Ok((store::known_of_all(tx, session).await?, store::count_piles(tx, session).await?))).await?;
    let is_closed = ground.sheet.is_closed();
    let can = can_close(&ground.whole.session, &ground.sheet, visit.now);
    let title = if is_closed { "attendance-reopen-title" } else { "attendance-close-title" };
    let (frame, head) = ground.head(portal, visit, w.t(title));
    let is_wrong = !error.is_empty();
    let page = Page::html(&ClosingPage {
        path: ground.path(""),
        closed: ground.sheet.closed_at.map_or_else(String::new, |at| staff_pages::long_moment(at, visit.lang)),
        refusal: match can {
            Err(not) if !is_closed => w.t(not.key()),
            _ => String::new(),
        },
        tally: ground.held.map_or_else(Tally::default, |held| foretell(&known, ground.sheet.rule, held)),
        open: piles.0,
        rule: ground.rule_words(visit),
        reasons: REASONS.map(|reason| (reason, w.t(&format!("office-reason-{reason}")))).into(),
        is_closed,
        error,
        frame,
        head,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Closes attendance.
pub async fn close(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| closing::close(tx, session, &by, now).await).await?;
    match outcome {
        Ok(tally) => Ok(Page::see_other(&visit.to(&ground.path(&format!("?done=closed&n={}", tally.told))))),
        Err(NotClosed::Unknown) => Err(PageError::NotFound),
        Err(_) => {
            let ground = Ground::of(&portal, &visit, &id).await?;
            Ok(page(&portal, &visit, &ground, String::new()).await?.status(StatusCode::CONFLICT))
        }
    }
}

/// Opens attendance again.
pub async fn reopen(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let reason = REASONS.into_iter().find(|reason| *reason == posted.get("reason")).unwrap_or("");
    if reason.is_empty() && ground.sheet.is_closed() {
        return page(&portal, &visit, &ground, visit.words().t("attendance-reopen-reason-first")).await;
    }
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| closing::reopen(tx, session, reason, &by, now).await).await?;
    match outcome {
        Ok(()) => Ok(Page::see_other(&visit.to(&ground.path("?done=reopened")))),
        Err(NotReopened::Open | NotReopened::NoReason) => Ok(Page::see_other(&visit.to(&ground.path("")))),
    }
}
