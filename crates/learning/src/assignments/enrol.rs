use access::OrganizationId;
use db::{DbResult, Tx};
use journal::{Entry, Job as Later};
use kernel::{EmailAddress, Timestamp};
use serde_json::json;

use super::assignment::StaffId;
use super::job::Job;
use super::{jobs, store};

/// Somebody who is to stand on a list.
#[derive(Clone, PartialEq, Eq)]
pub struct NewStaff {
    /// The address with which they sign in.
    pub email: EmailAddress,
    /// 例示 髙子
    pub name: String,
    /// What they do.
    pub job: Job,
}

/// Puts people on the list of an organization; whoever stands there already gets the name and the job that are given now. What is
/// assigned to their jobs becomes theirs.
pub async fn enrol(tx: &mut Tx<'_>, organization: OrganizationId, people: &[NewStaff], by: &str, now: Timestamp) -> DbResult<i64> {
    store::put_staff(tx, organization, people, by, now).await?;
    let joined = store::join_open(tx, organization, now).await?;
    if joined > 0 {
        let minute = now.as_micros() / 60_000_000;
        journal::job(tx, Later::general(jobs::REMIND).once(format!("{}/{organization}/{minute}", jobs::REMIND)), now).await?;
    }
    let facts = json!({ "people": people.len(), "assigned": joined });
    journal::record(tx, &Entry::by(by).did("assignments.enrolled").on("organization", organization).with(facts), now).await?;
    Ok(joined)
}

/// Takes somebody off the list: what they have learned stays theirs. Twice is the same as once; false if they were never on it.
pub async fn leave(tx: &mut Tx<'_>, organization: OrganizationId, person: StaffId, by: &str, now: Timestamp) -> DbResult<bool> {
    if !store::mark_left(tx, organization, person, now).await? {
        return Ok(false);
    }
    journal::record(tx, &Entry::by(by).did("assignments.left").on("organization", organization), now).await?;
    Ok(true)
}
