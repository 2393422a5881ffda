use axum::extract::{Path, State};
use db::Lane;
use journal::{JobId, MailId};
use web::{Page, PageError, Portal, Posted, Visit};

use super::super::staff_pages;
use super::given_up::{Decision, decide_job, decide_mail};

async fn mail(portal: &Portal, visit: &Visit, id: &str, posted: &Posted, decision: Decision) -> Result<Page, PageError> {
    staff_pages::reaches(visit)?;
    let id: MailId = id.parse().map_err(|_| PageError::NotFound)?;
    let (by, key) = (visit.actor.label(), posted.key(portal, visit));
    let done = portal.db.write(Lane::Staff, key, async move |tx, now| decide_mail(tx, id, decision, &by, now).await).await?;
    Ok(back(visit, done, decision))
}

async fn job(portal: &Portal, visit: &Visit, id: &str, posted: &Posted, decision: Decision) -> Result<Page, PageError> {
    staff_pages::reaches(visit)?;
    let id: JobId = id.parse().map_err(|_| PageError::NotFound)?;
    let (by, key) = (visit.actor.label(), posted.key(portal, visit));
    let done = portal.db.write(Lane::Staff, key, async move |tx, now| decide_job(tx, id, decision, &by, now).await).await?;
    Ok(back(visit, done, decision))
}

fn back(visit: &Visit, done: bool, decision: Decision) -> Page {
    let word = match (done, decision) {
        (false, _) => "gone",
        (true, Decision::Retry) => "retried",
        (true, Decision::Retire) => "retired",
    };
    Page::see_other(&visit.to(&format!("/staff/operation?done={word}")))
}

/// Sends a mail again.
pub async fn retry_mail(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    mail(&portal, &visit, &id, &posted, Decision::Retry).await
}

/// Gives a mail up for good.
pub async fn retire_mail(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    mail(&portal, &visit, &id, &posted, Decision::Retire).await
}

/// Does a job again.
pub async fn retry_job(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    job(&portal, &visit, &id, &posted, Decision::Retry).await
}

/// Gives a job up for good.
pub async fn retire_job(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    job(&portal, &visit, &id, &posted, Decision::Retire).await
}
