//! How much is taken of files: of each side of a case, and of all cases together at which nobody of the desk has looked.

use db::{DbResult, Tx};
use serde::{Deserialize, Serialize};

use super::message::Side;
use super::pieces::NotReceived;
use super::store;
use crate::cases::{self, Case, CaseId};

/// How much an installation takes. A piece of a file has a mebibyte, so its pieces are counted; those of a file under way are
/// counted as soon as they are announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Room {
    /// Files of each side of a case.
    pub files: u32,
    /// Mebibytes of each side of a case.
    pub megabytes: u32,
    /// Files of an institution that the desk has neither answered nor called: anybody may report, and say anything.
    pub early_files: u32,
    /// Mebibytes of such an institution.
    pub early_megabytes: u32,
    /// Mebibytes of the institutions of all cases together that nobody has taken, answered, called or closed.
    pub unseen_megabytes: u32,
}

impl Default for Room {
    fn default() -> Self {
        Self { files: 100, megabytes: 4096, early_files: 30, early_megabytes: 1024, unseen_megabytes: 20_480 }
    }
}

/// No side of a case has more files, whatever is set: a page shows all of them.
const MOST_FILES: u32 = 250;

/// What one side may have.
struct Quota {
    files: i64,
    pieces: i64,
    is_early: bool,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub(super) struct More {
    /// Further files.
    pub files: i64,
    /// Further pieces.
    pub pieces: i64,
    /// Pieces that are counted already of the same file, and that go where it is not taken.
    pub of_this: i64,
}

impl More {
    /// A file of so many pieces, or one of which nobody knows how many: then there has to be room for the first.
    pub(super) fn file(pieces: Option<i64>) -> Self {
        Self { files: 1, pieces: pieces.unwrap_or(1), of_this: 0 }
    }

    /// The next piece of a file of which nobody knows how many there will be; so many are here.
    pub(super) const fn piece(here: i64) -> Self {
        Self { files: 0, pieces: 1, of_this: here }
    }
}

impl Room {
    fn of(self, case: &Case, side: Side) -> Quota {
        let is_early = side == Side::Institution && case.answered_at.is_none() && case.called_at.is_none();
        let (files, pieces) = if is_early { (self.early_files, self.early_megabytes) } else { (self.files, self.megabytes) };
        Quota { files: files.min(MOST_FILES).into(), pieces: pieces.into(), is_early }
    }
}

/// Whether nobody of the desk has done anything with the case yet.
fn is_unseen(case: &Case) -> bool {
    [case.taken_at, case.answered_at, case.called_at, case.closed_at].iter().all(Option::is_none)
}

/// Whether there is room for more. To be asked in the transaction that writes it down: until its end nobody else gets any in this case.
/// Two cases of which neither was looked at may get theirs at the same moment, and go beyond what all have together by a file each.
pub(super) async fn ask(tx: &mut Tx<'_>, room: Room, case: CaseId, side: Side, more: More) -> DbResult<Result<(), NotReceived>> {
    cases::store::hold(tx, case).await?;
    // Read anew: the desk may have answered since the request came.
    let Some(case) = cases::store::case(tx, case).await? else { return Ok(Err(NotReceived::Unknown)) };
    let (quota, used) = (room.of(&case, side), store::used(tx, case.id, side).await?);
    let is_early = quota.is_early;
    if used.files + more.files > quota.files {
        return Ok(Err(NotReceived::TooMany { most: quota.files, is_early }));
    }
    if used.pieces + more.pieces > quota.pieces {
        let left = (quota.pieces - used.pieces + more.of_this).max(0);
        return Ok(Err(NotReceived::NoRoom { most: quota.pieces, left, is_early }));
    }
    let all = i64::from(room.unseen_megabytes);
    if side == Side::Institution && is_unseen(&case) && store::used_by_unseen(tx).await? + more.pieces > all {
        tracing::warn!(case = %case.id, megabytes = all, "cases that nobody has looked at have no room for more files");
        return Ok(Err(NotReceived::Crowded));
    }
    Ok(Ok(()))
}
