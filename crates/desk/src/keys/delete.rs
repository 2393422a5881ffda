//! Deletion: every way in is destroyed, so that what lies in the database, in files and in backups opens no more; then the files go.

use access::AccountId;
use db::{DbResult, Tx};
use journal::audit::SYSTEM;
use journal::{Entry, Job};
use kernel::{Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{shred, store};
use crate::cases::{self, Case, CaseId, CaseNumber};
use crate::{clocks, work};

journal::kinds! {
    /// That a case was deleted: whoever keeps a record outside the database notes it there, so that a restore can do it again.
    pub Job DELETED = "desk.deleted";
}

/// How a case ended that a backup still had open, and that is deleted again.
const OUTCOME: &str = "deleted";

/// A file that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DestroyedFile {
    /// Which.
    pub file: Uuid,
    /// The SHA-256 of its sealed bytes in hexadecimal; none if it had arrived in part only.
    pub sealed_sha256: Option<String>,
}

/// What was destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The number of the case.
    pub number: CaseNumber,
    /// How many ways in there were.
    pub wraps: u64,
    /// How many entries the case has; they stay, sealed for good.
    pub entries: i64,
    /// The hash at the end of their chain, in hexadecimal.
    pub chain_end: String,
    /// The files.
    pub files: Vec<DestroyedFile>,
    /// When.
    pub deleted_at: Timestamp,
}

/// Why a case was not deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotDeleted {
    /// There is no case with this number.
    NoCase,
    /// It is still open.
    Open,
    /// Nobody can open it any more.
    Gone,
    /// No reason was given.
    NoReason,
}

/// Destroys every way into a closed case for good, and queues the end of its files. What waited to open it anew has ended.
pub async fn delete_case(
    tx: &mut Tx<'_>,
    number: CaseNumber,
    reason: &str,
    account: AccountId,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<Certificate, NotDeleted>> {
    if reason.trim().is_empty() {
        return Ok(Err(NotDeleted::NoReason));
    }
    let Some(found) = cases::store::by_number(tx, number).await? else { return Ok(Err(NotDeleted::NoCase)) };
    // Whoever makes a way into it at this moment holds it, too.
    cases::store::hold(tx, found.id).await?;
    let Some(case) = cases::store::case(tx, found.id).await? else { return Ok(Err(NotDeleted::NoCase)) };
    if case.closed_at.is_none() {
        return Ok(Err(NotDeleted::Open));
    }
    if store::deletion(tx, case.id).await?.is_some() {
        return Ok(Err(NotDeleted::Gone));
    }
    let entry = cases::Entry::by(by).did("case.deleted").saying(reason.trim());
    destroy(tx, &case, (Some(account), entry), by, now).await.map(Ok)
}

/// Deletes a case once more that came back with a backup of before its deletion; nobody is told. False if it is not there, or came
/// back deleted.
pub async fn delete_again(tx: &mut Tx<'_>, id: CaseId, now: Timestamp) -> DbResult<bool> {
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(false) };
    if store::deletion(tx, id).await?.is_some() {
        return Ok(false);
    }
    if work::store::close(tx, id, OUTCOME, now).await? {
        let entry = cases::Entry::by(SYSTEM).did("case.closed").with(json!({ "outcome": OUTCOME }));
        cases::record(tx, &case, entry, now).await?;
        clocks::keep(tx, id, SYSTEM, now).await?;
    }
    let entry = cases::Entry::by(SYSTEM).did("case.deleted").with(json!({ "again": true }));
    destroy(tx, &case, (None, entry), SYSTEM, now).await?;
    Ok(true)
}

/// Destroys what opens a case, by whom it is known that they asked for it.
async fn destroy(
    tx: &mut Tx<'_>,
    case: &Case,
    (account, entry): (Option<AccountId>, cases::Entry),
    by: &str,
    now: Timestamp,
) -> DbResult<Certificate> {
    let files = store::files(tx, case.id).await?;
    cases::record(tx, case, entry, now).await?;
    let end = cases::entries(tx, case.id).await?.pop();
    store::end_rebinding(tx, case.id, now).await?;
    let wraps = store::destroy_wraps(tx, case.id).await?;
    let (entries, hash) = end.map_or((0, [0; 32]), |end| (end.seq, end.hash));
    let certificate = Certificate { number: case.number, wraps, entries, chain_end: hex::encode(hash), files, deleted_at: now };
    store::add_deletion(tx, case.id, account, &certificate, now).await?;
    for job in [shred::JOB, DELETED] {
        journal::job(tx, Job::of(job, case.id), now).await?;
    }
    journal::record(tx, &Entry::by(by).did("desk_keys.case_deleted").on("case", case.id), now).await?;
    Ok(certificate)
}

/// The certificate of a case that was deleted.
pub async fn certificate(tx: &mut Tx<'_>, number: CaseNumber) -> DbResult<Option<Certificate>> {
    match cases::store::by_number(tx, number).await? {
        Some(case) => store::deletion(tx, case.id).await,
        None => Ok(None),
    }
}
