use axum::extract::{Path, State};
use db::Lane;
use web::{Page, PageError, Portal, Posted, Visit};

use super::super::staff_pages::{self, Whole};
use super::selection::{self, Task};
use super::several::{cancel_each, move_each, restore_each};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;
use crate::trainings::store::CHOSEN;

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
    let whole = staff_pages::session(portal, visit, id).await?;
    let ids: Vec<ApplicationId> = posted.all("id").filter_map(|id| id.parse().ok()).take(CHOSEN).collect();
    let known = selection::people(portal, visit, whole.session.id, &ids).await?;
    Ok((whole, known.iter().map(|line| line.id).collect()))
}
