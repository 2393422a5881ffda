//! What a page says of a file of which not everything is here.

use kernel::size;
use web::Visit;

use super::moment;
use crate::talk::file::{CaseFile, PIECE};
use crate::talk::store::Arrived;
use crate::talk::unfinished::WAITS;

/// How far a file has come.
pub struct Coming {
    /// In words, with what to do.
    pub said: String,
    /// How many pieces are here.
    pub have: i64,
    /// Of how many; none of a file that cannot go on.
    pub pieces: i64,
}

impl Coming {
    /// Nothing of a file that is here whole. `whole` are the bytes of one that can go on; the words are those for it, and those for
    /// one that was cut off for good.
    pub fn of(file: &CaseFile, arrived: &[Arrived], whole: Option<u64>, [goes_on, cut]: [&str; 2], visit: &Visit) -> Option<Self> {
        if file.here_at.is_some() {
            return None;
        }
        let w = visit.words();
        let have = arrived.iter().find(|one| one.file == file.id).map_or(0, |one| one.pieces);
        let bytes = have.unsigned_abs() * PIECE as u64;
        let (Some(pieces), Some(whole)) = (file.pieces, whole) else {
            return Some(Self { said: w.one(cut, "have", &size(bytes)), have, pieces: 0 });
        };
        let bytes = bytes.min(whole);
        let percent = bytes * 100 / whole.max(1);
        let until = moment(file.heard_at.plus(WAITS), visit.lang);
        let values = [("have", size(bytes)), ("whole", size(whole)), ("percent", percent.to_string()), ("until", until)];
        Some(Self { said: w.fill(goes_on, values), have, pieces })
    }
}
