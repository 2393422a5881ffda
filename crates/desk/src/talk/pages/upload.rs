//! Files: in pieces by the script of the page, or in one go by a plain form.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use web::{Page, PageError, Portal, Posted, Visit};

use super::view;
use crate::report::{Cookie, Held, come_back};
use crate::talk::fetch;
use crate::talk::file::FileId;
use crate::talk::receive::{self, NotReceived};

pub(super) const fn words(refusal: NotReceived) -> &'static str {
    match refusal {
        NotReceived::Size => "desk-wrong-file-size",
        NotReceived::Unknown => "desk-wrong-file-unknown",
        NotReceived::Damaged => "desk-wrong-file-damaged",
        NotReceived::Missing => "desk-wrong-file-missing",
    }
}

fn refused(visit: &Visit, refusal: NotReceived) -> Result<Page, PageError> {
    Ok(Page::json(&json!({ "error": visit.words().t(words(refusal)) }))?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

async fn held(portal: &Portal, headers: &HeaderMap) -> Result<Held, PageError> {
    Cookie::Case.held(portal, headers).await?.ok_or(PageError::NotFound)
}

/// Begins a file, or goes on where it had come to.
pub async fn begin(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let held = held(&portal, &headers).await?;
    let name: String = kernel::one_line(posted.get("name")).chars().take(200).collect();
    match receive::begin(&portal, &held, &name, posted.get("bytes").parse().unwrap_or(0)).await? {
        Ok(begun) => Page::json(&begun),
        Err(refusal) => refused(&visit, refusal),
    }
}

/// Takes a piece, if its bytes are those that were announced.
pub async fn piece(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let held = held(&portal, &headers).await?;
    let (Ok(file), Ok(number)) = (posted.get("file").parse::<FileId>(), posted.get("number").parse::<i64>()) else {
        return refused(&visit, NotReceived::Unknown);
    };
    let Some(part) = posted.file("piece") else { return refused(&visit, NotReceived::Damaged) };
    let hash = Sha256::digest(&part.bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    if hash != posted.get("hash") {
        return refused(&visit, NotReceived::Damaged);
    }
    match receive::take(&portal, &held, file, number, &part.bytes).await? {
        Ok(()) => Page::json(&json!({ "number": number })),
        Err(refusal) => refused(&visit, refusal),
    }
}

/// Every piece is here.
pub async fn finish(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let held = held(&portal, &headers).await?;
    let Ok(file) = posted.get("file").parse::<FileId>() else { return refused(&visit, NotReceived::Unknown) };
    match receive::finish(&portal, &held, file).await? {
        Ok(whole) => Page::json(&json!({ "sha256": whole.sha256 })),
        Err(refusal) => refused(&visit, refusal),
    }
}

/// Takes a file in one go.
pub async fn whole_file(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let Some(held) = Cookie::Case.held(&portal, &headers).await? else { return Ok(come_back(&visit)) };
    let Some(file) = posted.take_file() else { return view::page(&portal, &visit, &held, "", "desk-wrong-file-none", "").await };
    match receive::take_whole(&portal, &held, file).await? {
        Ok(_) => Ok(Page::see_other(&visit.to("/incident/case?done=file"))),
        Err(refusal) => view::page(&portal, &visit, &held, "", words(refusal), "").await,
    }
}

/// A file that the desk sent, in clear for whoever holds the case.
pub async fn desk_file(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
    Path(file): Path<String>,
) -> Result<Response, PageError> {
    let Some(held) = Cookie::Case.held(&portal, &headers).await? else { return Ok(come_back(&visit).into_response()) };
    let file: FileId = file.parse().map_err(|_| PageError::NotFound)?;
    fetch::opened(&portal, &held, file).await
}
