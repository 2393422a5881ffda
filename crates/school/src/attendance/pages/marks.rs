use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::list::{Row, row};
use super::{Ground, ROWS};
use crate::attendance::mark::{self as marking, can_mark};
use crate::attendance::store;
use crate::attendance::verdict::{Mark, Reason};
use crate::attendance::{MarkId, words};
use crate::office::staff_pages::Head;
use crate::trainings::application::ApplicationId;

/// Characters of a note.
const NOTE: usize = 200;

#[derive(Template)]
#[template(path = "attendance/pages/selection.html")]
struct SelectionPage {
    frame: Frame,
    head: Head,
    path: String,
    rows: Vec<Row>,
    will: String,
    mark: &'static str,
    reasons: Vec<(&'static str, String, bool)>,
    button: String,
    filled: Filled,
}

/// What would happen to how many: nothing happens yet.
pub async fn selection(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).unwrap_or_default();
    let ids: Vec<ApplicationId> = pairs.iter().filter(|(name, _)| name == "id").filter_map(|(_, id)| id.parse().ok()).take(ROWS).collect();
    let mark = pairs.iter().find(|(name, _)| name == "do").and_then(|(_, id)| Mark::of(id));
    match mark {
        Some(mark) if !ids.is_empty() && can_mark(&ground.whole.session, visit.now).is_ok() => {
            page(&portal, &visit, &ground, mark, &ids, Filled::default()).await
        }
        _ => Ok(Page::see_other(&visit.to(&ground.path("")))),
    }
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    ground: &Ground,
    mark: Mark,
    ids: &[ApplicationId],
    filled: Filled,
) -> Result<Page, PageError> {
    let (session, is_closed, measure, ids) = (ground.whole.session.id, ground.sheet.is_closed(), ground.measure(), ids.to_vec());
    let lines = portal.db.read(async move |tx| store::chosen_lines(tx, session, is_closed, measure, &ids).await).await?;
    let w = visit.words();
    let word = words::mark(w, mark);
    let (frame, head) = ground.head(portal, visit, w.one("attendance-mark-title", "word", &word));
    let is_wrong = !filled.is_fine();
    let count = lines.len().to_string();
    let page = SelectionPage {
        path: ground.path(""),
        rows: lines.iter().map(|line| row(w, ground, line)).collect(),
        will: w.with(if is_closed { "attendance-mark-will-closed" } else { "attendance-mark-will" }, &[("count", &count), ("word", &word)]),
        mark: mark.id(),
        reasons: Reason::ALL
            .iter()
            .map(|reason| (reason.id(), w.t(&format!("attendance-reason-{}", reason.id())), filled.is("reason", reason.id())))
            .collect(),
        button: w.with("attendance-mark-button", &[("count", &count), ("word", &word)]),
        filled,
        frame,
        head,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Marks several by hand.
pub async fn mark(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let ids: Vec<ApplicationId> = posted.all("id").filter_map(|id| id.parse().ok()).take(ROWS).collect();
    let Some(mark) = Mark::of(posted.get("mark")).filter(|_| !ids.is_empty()) else {
        return Ok(Page::see_other(&visit.to(&ground.path(""))));
    };
    let w = visit.words();
    let note: String = kernel::one_line(posted.get("note"));
    let Some(reason) = Reason::of(posted.get("reason")) else {
        let mut filled = Filled::from_posted(&posted);
        filled.wrong("reason", w.t("attendance-mark-reason-first"));
        return page(&portal, &visit, &ground, mark, &ids, filled).await;
    };
    if note.chars().count() > NOTE || (reason == Reason::Other && note.is_empty()) {
        let mut filled = Filled::from_posted(&posted);
        filled.wrong("note", w.t("attendance-mark-note-needed"));
        return page(&portal, &visit, &ground, mark, &ids, filled).await;
    }
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal
        .db
        .write(Lane::Staff, key, async move |tx, now| marking::mark(tx, session, &ids, (mark, reason, &note), &by, now).await)
        .await?;
    Ok(Page::see_other(&visit.to(&match outcome {
        Ok(marked) => ground.path(&format!("?done=marked&n={}&batch={}", marked.count, marked.batch)),
        Err(_) => ground.path(""),
    })))
}

/// Takes marks back that were made together.
pub async fn undo(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let Ok(batch) = posted.get("batch").parse::<MarkId>() else { return Ok(Page::see_other(&visit.to(&ground.path("")))) };
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let count = portal.db.write(Lane::Staff, key, async move |tx, now| marking::unmark(tx, session, batch, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&ground.path(&format!("?done=unmarked&n={count}")))))
}
