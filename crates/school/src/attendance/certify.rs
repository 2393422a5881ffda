//! The certificates of a day on which many were there: queued by the transaction that decides, issued some at a time, so that
//! nobody waits for thousands of them.

use db::{Db, DbResult, Lane, Tx};
use journal::{Handlers, Job, JobError, JobItem};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

use super::store;
use super::verdict::Verdict;
use crate::certificates::{self, Attended};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

journal::kinds! {
    /// The job that issues some of them, and queues the rest.
    Job CERTIFY = "attendance.certify";
}

/// Certificates in one transaction.
const AT_ONCE: usize = 200;

/// A certificate that is to be issued.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Due {
    pub(super) application: ApplicationId,
    pub(super) attended: Attended,
}

/// Who issues those that were queued.
pub fn handlers() -> Handlers {
    Handlers::new().on(CERTIFY, certify)
}

/// Issues certificates, the first of them at once.
pub(super) async fn issue(tx: &mut Tx<'_>, session: SessionId, due: &[Due], now: Timestamp) -> DbResult<()> {
    let (first, rest) = due.split_at(due.len().min(AT_ONCE));
    for one in first {
        issue_one(tx, one, now).await?;
    }
    for some in rest.chunks(AT_ONCE) {
        journal::job(tx, Job::of(CERTIFY, session).with(json!(some)), now).await?;
    }
    Ok(())
}

async fn issue_one(tx: &mut Tx<'_>, due: &Due, now: Timestamp) -> DbResult<()> {
    // Who has given up the seat since keeps the verdict, but there is nothing to certify.
    let _ = certificates::issue_with_its_mail(tx, due.application, &due.attended, journal::audit::SYSTEM, now).await?;
    Ok(())
}

async fn certify(db: Db, item: JobItem) -> Result<(), JobError> {
    let due: Vec<Due> = serde_json::from_value(item.payload).map_err(|_| JobError::Never("payload"))?;
    let issue = async move |tx: &mut Tx<'_>, now: Timestamp| {
        // Another decision may have come in between.
        let applications: Vec<ApplicationId> = due.iter().map(|one| one.application).collect();
        let known = store::known_of_these(tx, &applications).await?;
        let present: BTreeSet<ApplicationId> =
            known.into_iter().filter(|known| known.verdict == Some(Verdict::Present)).map(|known| known.application).collect();
        for one in due.iter().filter(|one| present.contains(&one.application)) {
            issue_one(tx, one, now).await?;
        }
        Ok(())
    };
    Ok(db.write(Lane::Staff, None, issue).await?)
}
