//! What is said where a file is not taken: what happened, why, and what to do.

use axum::http::StatusCode;
use serde_json::json;
use web::{Page, PageError, Visit, Words};

use crate::talk::message::Side;
use crate::talk::pieces::NotReceived;

/// The words of a refusal, for whoever sends from this side.
pub(super) fn said(refusal: NotReceived, side: Side, w: Words) -> String {
    let key = match (refusal, side) {
        (NotReceived::Size, _) => "desk-wrong-file-size",
        (NotReceived::Unknown, _) => "desk-wrong-file-unknown",
        (NotReceived::Damaged, _) => "desk-wrong-file-damaged",
        (NotReceived::Missing, _) => "desk-wrong-file-missing",
        (NotReceived::Closed, _) => "desk-wrong-file-closed",
        (NotReceived::TooMany { is_early: true, .. }, _) => "desk-wrong-file-many-early",
        (NotReceived::TooMany { .. }, Side::Institution) => "desk-wrong-file-many",
        (NotReceived::TooMany { .. }, Side::Desk) => "desk-wrong-file-many-desk",
        (NotReceived::NoRoom { is_early: true, .. }, _) => "desk-wrong-file-room-early",
        (NotReceived::NoRoom { .. }, Side::Institution) => "desk-wrong-file-room",
        (NotReceived::NoRoom { .. }, Side::Desk) => "desk-wrong-file-room-desk",
        (NotReceived::Crowded, _) => "desk-wrong-file-crowded",
        (NotReceived::Disk, Side::Institution) => "desk-wrong-file-disk",
        (NotReceived::Disk, Side::Desk) => "desk-wrong-file-disk-desk",
    };
    match refusal {
        NotReceived::TooMany { most, .. } => w.one(key, "most", &most),
        NotReceived::NoRoom { most, left, .. } => w.fill(key, [("most", room(most)), ("left", room(left))]),
        _ => w.t(key),
    }
}

/// What a script is told in the words of the page.
pub(super) fn refused(visit: &Visit, side: Side, refusal: NotReceived) -> Result<Page, PageError> {
    Ok(Page::json(&json!({ "error": said(refusal, side, visit.words()) }))?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// 4.2 GB, 314.5 MB: room is counted in mebibytes, and said as every other size is.
fn room(mebibytes: i64) -> String {
    match u64::try_from(mebibytes) {
        Ok(some @ 1..) => kernel::size(some.saturating_mul(1024 * 1024)),
        _ => "0 MB".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Lang;

    use super::*;

    #[test]
    fn room_is_said_as_the_sizes_of_files_are() {
        let refusal = NotReceived::NoRoom { most: 4096, left: 300, is_early: false };
        let words = said(refusal, Side::Institution, Words::of(Lang::Ja));
        assert!(words.contains("4.2 GB") && words.contains("314.5 MB"), "{words}");
        let nothing = NotReceived::NoRoom { most: 1024, left: 0, is_early: true };
        let words = said(nothing, Side::Institution, Words::of(Lang::En));
        assert!(words.contains("1.0 GB") && words.contains("0 MB"), "{words}");
    }
}
