use axum::extract::{Path, State};
use db::{DbResult, Lane, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use web::{Page, PageError, Portal, Posted, Visit};

use super::super::desk::{self, Whole};
use super::selection::{self, Task};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;
use crate::trainings::store::CHOSEN;
use crate::trainings::{cancel, move_to, undo};

/// How many were done, and how many stand as they stood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Done.
    pub done: usize,
    /// As before.
    pub left: usize,
}

impl Outcome {
    fn count<T, E>(&mut self, one: &Result<T, E>) {
        match one {
            Ok(_) => self.done += 1,
            Err(_) => self.left += 1,
        }
    }
}

/// Cancels each of them, with a mail to each. One that cannot be cancelled stands in nobody's way.
pub async fn cancel_each(tx: &mut Tx<'_>, ids: &[ApplicationId], by: &str, reason: &str, now: Timestamp) -> DbResult<Outcome> {
    let mut outcome = Outcome::default();
    for id in ids {
        outcome.count(&cancel::cancel(tx, *id, by, reason, now).await?);
    }
    Ok(outcome)
}

/// Takes back each cancellation whose place is still held.
pub async fn restore_each(tx: &mut Tx<'_>, ids: &[ApplicationId], by: &str, now: Timestamp) -> DbResult<Outcome> {
    let mut outcome = Outcome::default();
    for id in ids {
        outcome.count(&undo::undo(tx, *id, by, now).await?);
    }
    Ok(outcome)
}

/// Moves each of them to another session of the course, in the order of applying, as long as there are places.
pub async fn move_each(tx: &mut Tx<'_>, ids: &[ApplicationId], to: SessionId, by: &str, now: Timestamp) -> DbResult<Outcome> {
    let mut outcome = Outcome::default();
    for id in ids {
        outcome.count(&move_to::move_to(tx, *id, to, by, true, now).await?);
    }
    Ok(outcome)
}

/// `POST /staff/sessions/{id}/cancellations`
pub async fn cancel_them(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, ids) = chosen(&portal, &visit, &id, &posted).await?;
    let Some(reason) = selection::REASONS.into_iter().find(|reason| *reason == posted.get("reason")) else {
        return selection::page(&portal, &visit, &whole, Task::Cancel, &ids, None, visit.words().t("office-reason-first")).await;
    };
    let (by, these, key) = (visit.actor.label(), ids.clone(), posted.key(&portal, &visit));
    portal.db.write(Lane::Staff, key, async move |tx, now| cancel_each(tx, &these, &by, reason, now).await).await?;
    Ok(Page::see_other(&visit.to(&selection::done_path(whole.session.id, Task::Cancel, None, &ids))))
}

/// `POST /staff/sessions/{id}/restorations`
pub async fn restore_them(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, ids) = chosen(&portal, &visit, &id, &posted).await?;
    let (by, these, key) = (visit.actor.label(), ids.clone(), posted.key(&portal, &visit));
    portal.db.write(Lane::Staff, key, async move |tx, now| restore_each(tx, &these, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&selection::done_path(whole.session.id, Task::Restore, None, &ids))))
}

/// `POST /staff/sessions/{id}/moves`
pub async fn move_them(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, ids) = chosen(&portal, &visit, &id, &posted).await?;
    let Ok(to) = posted.get("to").parse::<SessionId>() else {
        return selection::page(&portal, &visit, &whole, Task::Move, &ids, None, visit.words().t("move-choose-first")).await;
    };
    let (by, these, key) = (visit.actor.label(), ids.clone(), posted.key(&portal, &visit));
    portal.db.write(Lane::Staff, key, async move |tx, now| move_each(tx, &these, to, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&selection::done_path(to, Task::Move, Some(whole.session.id), &ids))))
}

/// The session of the address, and those of the posted ids that belong to it.
async fn chosen(portal: &Portal, visit: &Visit, id: &str, posted: &Posted) -> Result<(Whole, Vec<ApplicationId>), PageError> {
    let whole = desk::session(portal, visit, id).await?;
    let ids: Vec<ApplicationId> = posted.all("id").filter_map(|id| id.parse().ok()).take(CHOSEN).collect();
    let known = selection::people(portal, visit, whole.session.id, &ids).await?;
    Ok((whole, known.iter().map(|line| line.id).collect()))
}
