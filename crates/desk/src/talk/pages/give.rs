//! A file of the desk, in pieces that the responder's browser has sealed.

use axum::extract::{Path, State};
use serde_json::json;
use web::{Page, PageError, Portal, Posted, Visit};

use super::refusal::refused;
use super::upload::{announced, came};
use crate::desk_pages::case_of;
use crate::talk::file::FileId;
use crate::talk::give as giving;
use crate::talk::message::Side;
use crate::talk::pieces::NotReceived;

/// Begins a file, or goes on where it had come to.
pub async fn begin(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let about = match announced(&posted) {
        Ok(about) => about,
        Err(refusal) => return refused(&visit, Side::Desk, refusal),
    };
    let again = posted.get("file").parse::<FileId>().ok();
    match giving::begin(&portal, &case, &visit.actor.label(), &about, again).await? {
        Ok(begun) => Page::json(&begun),
        Err(refusal) => refused(&visit, Side::Desk, refusal),
    }
}

/// Takes a piece, if its bytes are those that were announced.
pub async fn piece(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let came = match came(&posted) {
        Ok(came) => came,
        Err(refusal) => return refused(&visit, Side::Desk, refusal),
    };
    match giving::take(&portal, &case, came.file, came.number, came.bytes).await? {
        Ok(()) => Page::json(&json!({ "number": came.number })),
        Err(refusal) => refused(&visit, Side::Desk, refusal),
    }
}

/// Every piece is here.
pub async fn finish(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let Ok(file) = posted.get("file").parse::<FileId>() else { return refused(&visit, Side::Desk, NotReceived::Unknown) };
    let about = match announced(&posted) {
        Ok(about) => about,
        Err(refusal) => return refused(&visit, Side::Desk, refusal),
    };
    match giving::finish(&portal, &case, &visit.actor.label(), file, &about).await? {
        Ok(()) => Page::json(&json!({ "sha256": about.sha256 })),
        Err(refusal) => refused(&visit, Side::Desk, refusal),
    }
}
