//! 「受けました」

use access::{AccountId, Label};
use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::store::{self, AlarmId};
use crate::cases::{self, CaseId, Entry};
use crate::{clocks, notices, work};

/// Why nothing was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotTaken {
    /// There is no such case, or no such alarm.
    Unknown,
    /// Somebody has taken it, or it is closed.
    Already,
}

/// Takes a case: its alarm stops, and the institution sees that somebody is on it.
pub async fn take_case(tx: &mut Tx<'_>, id: CaseId, by: AccountId, now: Timestamp) -> DbResult<Result<(), NotTaken>> {
    if !store::take_case(tx, id, by, now).await? {
        let is_there = cases::store::case(tx, id).await?.is_some();
        return Ok(Err(if is_there { NotTaken::Already } else { NotTaken::Unknown }));
    }
    store::take_of_case(tx, id, Some(by), now).await?;
    let Some(case) = cases::store::case(tx, id).await? else { return Ok(Err(NotTaken::Unknown)) };
    let actor = Label::Account(by).to_string();
    cases::record(tx, &case, Entry::by(&actor).did("case.taken"), now).await?;
    notices::notify(tx, &case, "assigned", now).await?;
    clocks::keep(tx, id, &actor, now).await?;
    work::tasks::keep(tx, id, &actor, now).await?;
    work::tasks::did(tx, id, "c-take", &actor, now).await?;
    Ok(Ok(()))
}

/// Answers a test alarm.
pub async fn take_test(tx: &mut Tx<'_>, id: AlarmId, by: AccountId, now: Timestamp) -> DbResult<Result<(), NotTaken>> {
    let Some(alarm) = store::alarm(tx, id).await?.filter(|alarm| alarm.shift.is_some()) else { return Ok(Err(NotTaken::Unknown)) };
    Ok(if store::take(tx, alarm.id, Some(by), now).await? { Ok(()) } else { Err(NotTaken::Already) })
}
