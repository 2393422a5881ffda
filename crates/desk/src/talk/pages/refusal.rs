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

/// 4 GB, 300 MB
fn room(megabytes: i64) -> String {
    if megabytes > 0 && megabytes % 1024 == 0 { format!("{} GB", megabytes / 1024) } else { format!("{megabytes} MB") }
}
