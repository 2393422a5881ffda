use axum::extract::{Path, State};
use db::{DbResult, Lane, Tx};
use journal::{Entry, JobId, MailId, jobs, outbox};
use kernel::Timestamp;
use web::{Page, PageError, Portal, Posted, Visit};

use super::super::desk;

/// What a person decides about something that was given up.
#[derive(Clone, Copy)]
enum Decision {
    Retry,
    Retire,
}

async fn decide_mail(tx: &mut Tx<'_>, id: MailId, decision: Decision, by: &str, now: Timestamp) -> DbResult<bool> {
    let (done, act) = match decision {
        Decision::Retry => (outbox::retry(tx, id, now).await?, "mails.retried"),
        Decision::Retire => (outbox::retire(tx, id, now).await?, "mails.retired"),
    };
    if done {
        journal::record(tx, &Entry::by(by).did(act).on("mail", id), now).await?;
    }
    Ok(done)
}

async fn decide_job(tx: &mut Tx<'_>, id: JobId, decision: Decision, by: &str, now: Timestamp) -> DbResult<bool> {
    let (done, act) = match decision {
        Decision::Retry => (jobs::retry(tx, id, now).await?, "jobs.retried"),
        Decision::Retire => (jobs::retire(tx, id, now).await?, "jobs.retired"),
    };
    if done {
        journal::record(tx, &Entry::by(by).did(act).on("job", id), now).await?;
    }
    Ok(done)
}

async fn mail(portal: &Portal, visit: &Visit, id: &str, posted: &Posted, decision: Decision) -> Result<Page, PageError> {
    desk::reaches(visit)?;
    let id: MailId = id.parse().map_err(|_| PageError::NotFound)?;
    let (by, key) = (visit.actor.label(), posted.key(portal, visit));
    let done = portal.db.write(Lane::Staff, key, async move |tx, now| decide_mail(tx, id, decision, &by, now).await).await?;
    Ok(back(visit, done, decision))
}

async fn job(portal: &Portal, visit: &Visit, id: &str, posted: &Posted, decision: Decision) -> Result<Page, PageError> {
    desk::reaches(visit)?;
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
