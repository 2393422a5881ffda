//! Files: in pieces by the script of the page, or in one go by a plain form.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use web::{Page, PageError, Portal, Posted, Visit};

use super::refusal::{refused, said};
use super::view;
use crate::report::{Cookie, Held, come_back};
use crate::talk::fetch;
use crate::talk::file::{About, FileId};
use crate::talk::message::Side;
use crate::talk::pieces::{self, NotReceived, hex};
use crate::talk::receive;

/// What the form says of a file that is to come.
pub(super) fn announced(posted: &Posted) -> Result<About, NotReceived> {
    pieces::announced(posted.get("name"), posted.get("bytes").parse().unwrap_or(0), posted.get("sha256"))
}

/// A piece as it came.
pub(super) struct Came<'a> {
    pub file: FileId,
    pub number: i64,
    pub bytes: &'a [u8],
}

/// The piece of a form, if its bytes are those that the form announces.
pub(super) fn came(posted: &Posted) -> Result<Came<'_>, NotReceived> {
    let (Ok(file), Ok(number)) = (posted.get("file").parse(), posted.get("number").parse()) else { return Err(NotReceived::Unknown) };
    let part = posted.file("piece").ok_or(NotReceived::Damaged)?;
    if hex(&Sha256::digest(&part.bytes)) != posted.get("hash") {
        return Err(NotReceived::Damaged);
    }
    Ok(Came { file, number, bytes: &part.bytes })
}

async fn held(portal: &Portal, headers: &HeaderMap) -> Result<Held, PageError> {
    Cookie::Case.held(portal, headers).await?.ok_or(PageError::NotFound)
}

/// Begins a file, or goes on where it had come to.
pub async fn begin(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let held = held(&portal, &headers).await?;
    let about = match announced(&posted) {
        Ok(about) => about,
        Err(refusal) => return refused(&visit, Side::Institution, refusal),
    };
    match receive::begin(&portal, &held, &about).await? {
        Ok(begun) => Page::json(&begun),
        Err(refusal) => refused(&visit, Side::Institution, refusal),
    }
}

/// Takes a piece, if its bytes are those that were announced.
pub async fn piece(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let held = held(&portal, &headers).await?;
    let came = match came(&posted) {
        Ok(came) => came,
        Err(refusal) => return refused(&visit, Side::Institution, refusal),
    };
    match receive::take(&portal, &held, came.file, came.number, came.bytes).await? {
        Ok(()) => Page::json(&json!({ "number": came.number })),
        Err(refusal) => refused(&visit, Side::Institution, refusal),
    }
}

/// Every piece is here.
pub async fn finish(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let held = held(&portal, &headers).await?;
    let Ok(file) = posted.get("file").parse::<FileId>() else { return refused(&visit, Side::Institution, NotReceived::Unknown) };
    match receive::finish(&portal, &held, file).await? {
        Ok(whole) => Page::json(&json!({ "sha256": whole.sha256 })),
        Err(refusal) => refused(&visit, Side::Institution, refusal),
    }
}

/// Takes a file in one go.
pub async fn whole_file(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let Some(held) = Cookie::Case.held(&portal, &headers).await? else { return Ok(come_back(&visit)) };
    let Some(file) = posted.take_file() else {
        return view::page(&portal, &visit, &held, "", &visit.words().t("desk-wrong-file-none"), "").await;
    };
    match receive::take_whole(&portal, &held, file).await? {
        Ok(_) => Ok(Page::see_other(&visit.to("/incident/case?done=file"))),
        Err(refusal) => {
            let error = said(refusal, Side::Institution, visit.words());
            view::page(&portal, &visit, &held, "", &error, "").await
        }
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
