use access::AccountId;
use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store::{self, ShiftId};
use crate::alarm;

journal::kinds! {
    /// The job that begins a shift with its test alarm.
    pub Job JOB = "desk.shift";
}

/// Longer is no shift but a slip of the date.
const LONGEST: Span = Span::hours(48);

/// A shift that is to be.
#[derive(Clone, Copy, Debug)]
pub struct NewShift {
    /// Whose.
    pub account: AccountId,
    /// 1 is rung first.
    pub place: i64,
    /// From.
    pub from: Timestamp,
    /// Until.
    pub until: Timestamp,
}

/// Why nobody was put on the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotPlanned {
    /// They do not work at the desk.
    NotOfTheDesk,
    /// It ends before it begins, or is over, or is longer than two days.
    Times,
    /// They are on duty at that time already.
    Meets,
}

/// Puts somebody on the roster. When the shift begins, its alarm is tested.
pub async fn plan(tx: &mut Tx<'_>, new: &NewShift, by: &str, now: Timestamp) -> DbResult<Result<ShiftId, NotPlanned>> {
    if new.until <= new.from || new.until <= now || new.until.since(new.from) > LONGEST {
        return Ok(Err(NotPlanned::Times));
    }
    if !alarm::store::members(tx).await?.iter().any(|hand| hand.account == new.account) {
        return Ok(Err(NotPlanned::NotOfTheDesk));
    }
    if store::meets(tx, new.account, new.from, new.until).await? {
        return Ok(Err(NotPlanned::Meets));
    }
    let id = store::add(tx, new, by, now).await?;
    journal::job(tx, Job::of(JOB, id).at(new.from.max(now)), now).await?;
    let facts = json!({ "account": new.account, "place": new.place, "from": new.from, "until": new.until });
    journal::record(tx, &Entry::by(by).did("roster.planned").on("shift", id).with(facts), now).await?;
    Ok(Ok(id))
}

/// Takes a shift off the roster. False if it is not there.
pub async fn remove(tx: &mut Tx<'_>, id: ShiftId, by: &str, now: Timestamp) -> DbResult<bool> {
    if !store::remove(tx, id, now).await? {
        return Ok(false);
    }
    journal::record(tx, &Entry::by(by).did("roster.removed").on("shift", id), now).await?;
    Ok(true)
}
