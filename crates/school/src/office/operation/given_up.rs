//! What a person decides about a mail or a job that was given up.

use db::{DbResult, Tx};
use journal::{Entry, JobId, MailId, jobs, outbox};
use kernel::Timestamp;

/// What a person decides about something that was given up.
#[derive(Clone, Copy)]
pub enum Decision {
    /// Try it again.
    Retry,
    /// Leave it.
    Retire,
}

/// Tries a mail again or leaves it; says whether it was still given up.
pub async fn decide_mail(tx: &mut Tx<'_>, id: MailId, decision: Decision, by: &str, now: Timestamp) -> DbResult<bool> {
    let (done, act) = match decision {
        Decision::Retry => (outbox::retry(tx, id, now).await?, "mails.retried"),
        Decision::Retire => (outbox::retire(tx, id, now).await?, "mails.retired"),
    };
    if done {
        journal::record(tx, &Entry::by(by).did(act).on("mail", id), now).await?;
    }
    Ok(done)
}

/// Tries a job again or leaves it; says whether it was still given up.
pub async fn decide_job(tx: &mut Tx<'_>, id: JobId, decision: Decision, by: &str, now: Timestamp) -> DbResult<bool> {
    let (done, act) = match decision {
        Decision::Retry => (jobs::retry(tx, id, now).await?, "jobs.retried"),
        Decision::Retire => (jobs::retire(tx, id, now).await?, "jobs.retired"),
    };
    if done {
        journal::record(tx, &Entry::by(by).did(act).on("job", id), now).await?;
    }
    Ok(done)
}
