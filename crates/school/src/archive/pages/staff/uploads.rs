//! Films: in parts by the script of the page, or in one piece by a plain form.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use objects::{Hash, Kind};
use serde::Serialize;
use web::{Filled, Page, PageError, Portal, Posted, Visit};

use super::super::super::receive::{self, NotReceived};
use super::super::super::upload::{PLAIN_BYTES, UploadId};
use super::super::super::{jobs, take};
use super::{busy, received, show};
use crate::office::staff_pages;

/// Why a part was not taken, in words for the page.
#[derive(Serialize)]
struct Refused {
    error: String,
}

fn refused(visit: &Visit, refusal: NotReceived) -> Result<Page, PageError> {
    let key = match refusal {
        NotReceived::NoFilm => "file-kind-film",
        NotReceived::Size => "file-large",
        NotReceived::Unknown => "upload-unknown",
        NotReceived::Damaged => "upload-damaged",
        NotReceived::Missing => "upload-missing",
        NotReceived::Working => "upload-working",
    };
    Ok(Page::json(&Refused { error: visit.words().t(key) })?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// Begins to receive a film, or goes on where the same file had come to.
pub async fn begin(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let (session, by) = (whole.session.id, visit.actor.label());
    let name: String = kernel::one_line(posted.get("name")).chars().take(200).collect();
    let bytes = posted.get("bytes").parse().unwrap_or(0);
    let write = async move |tx: &mut db::Tx<'_>, now| receive::begin(tx, session, &name, bytes, &by, now).await;
    match portal.db.write(Lane::Staff, None, write).await? {
        Ok(begun) => Page::json(&begun),
        Err(refusal) => refused(&visit, refusal),
    }
}

/// Takes a part, if its bytes are those that were announced.
pub async fn part(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let session = whole.session.id;
    let (Ok(upload), Ok(number)) = (posted.get("upload").parse::<UploadId>(), posted.get("number").parse::<i64>()) else {
        return refused(&visit, NotReceived::Unknown);
    };
    let Some(file) = posted.file("part") else { return refused(&visit, NotReceived::Damaged) };
    let hash = Hash::of(&file.bytes);
    if hash.to_string() != posted.get("hash") {
        return refused(&visit, NotReceived::Damaged);
    }
    let bytes = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    let expected = portal.db.read(async move |tx| receive::expects(tx, session, upload, number, bytes).await).await?;
    let expected = match expected {
        Ok(expected) => expected,
        Err(refusal) => return refused(&visit, refusal),
    };
    // The bytes first: a part that is noted is there.
    portal.objects.put_piece(&expected.piece(number), file.bytes.clone()).await.map_err(busy)?;
    let write = async move |tx: &mut db::Tx<'_>, _| receive::part(tx, upload, number, hash, bytes).await;
    portal.db.write(Lane::Staff, None, write).await?;
    Page::json(&serde_json::json!({ "number": number }))
}

/// Every part is here.
pub async fn finish(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let session = whole.session.id;
    let Ok(upload) = posted.get("upload").parse::<UploadId>() else { return refused(&visit, NotReceived::Unknown) };
    let write = async move |tx: &mut db::Tx<'_>, now| receive::finish(tx, session, upload, now).await;
    match portal.db.write(Lane::Staff, None, write).await? {
        Ok(()) => Page::json(&serde_json::json!({ "sent": true })),
        Err(refusal) => refused(&visit, refusal),
    }
}

/// Takes a film in one piece, straight to the disk.
pub async fn film(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let refuse = async |key: &str| show::page(&portal, &visit, &whole, String::new(), Filled::default(), w.t(key)).await;
    let Some(file) = posted.take_file() else { return refuse("file-none").await };
    let most = u64::try_from(PLAIN_BYTES).unwrap_or(u64::MAX);
    let coming = match received(&portal, file, most, Kind::is_film).await? {
        Ok(coming) => coming,
        Err("file-kind") => return refuse("file-kind-film").await,
        Err(key) => return refuse(key).await,
    };
    let film = match jobs::film(&portal.objects, coming.kind, coming.draft).await.map_err(busy)? {
        Ok(film) => film,
        Err(key) => return refuse(key).await,
    };
    let (session, by, key) = (whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let write = async move |tx: &mut db::Tx<'_>, now| take::take(tx, session, &film, &by, now).await;
    portal.db.write(Lane::Staff, key, write).await?;
    Ok(Page::see_other(&visit.to(&whole.path("/archive?done=film"))))
}
