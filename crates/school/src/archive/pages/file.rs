//! Bytes: films with the ranges that players ask for, captions, materials as files to keep.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse as _, Response};
use web::{PageError, Portal, Visit, attachment, send_file};

use super::super::materials;
use super::place;

type Address = Path<(String, String, String)>;

/// How long a browser may go on with a film without asking again.
pub(super) const FOR_A_WHILE: &str = "public, max-age=300";

/// The film of a session, whole or in ranges.
pub async fn film(State(portal): State<Portal>, visit: Visit, path: Address, headers: HeaderMap) -> Result<Response, PageError> {
    let place = place(&portal, &path).await?;
    let film = place.open(visit.now).and_then(super::Recording::film).ok_or(PageError::NotFound)?;
    let more = [(header::CONTENT_TYPE, film.kind.content_type().to_owned()), (header::CACHE_CONTROL, FOR_A_WHILE.to_owned())];
    send_file(&portal, film.hash, &headers, more).await
}

/// Its captions.
pub async fn captions(State(portal): State<Portal>, visit: Visit, path: Address) -> Result<Response, PageError> {
    let place = place(&portal, &path).await?;
    let recording = place.open(visit.now).filter(|recording| !recording.captions.is_empty()).ok_or(PageError::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "text/vtt; charset=utf-8")], recording.captions.clone()).into_response())
}

/// What is said in it, as a text to keep.
pub async fn transcript(State(portal): State<Portal>, visit: Visit, path: Address) -> Result<Response, PageError> {
    let place = place(&portal, &path).await?;
    let recording = place.open(visit.now).filter(|recording| !recording.captions.is_empty()).ok_or(PageError::NotFound)?;
    let name = format!("{}-{}{}.txt", place.programme.year, place.course.slug.letter(), place.session.number);
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, attachment(&name))];
    Ok((headers, recording.captions().transcript()).into_response())
}

/// A material whose moment has come.
pub async fn material(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let now = visit.now;
    let found = portal.db.read(async move |tx| materials::public(tx, id, now).await).await?.ok_or(PageError::NotFound)?;
    send_file(&portal, found.hash(), &headers, to_keep(found.kind(), &found.name)).await
}

/// Any file of a material, for those who put it there.
pub async fn staff(State(portal): State<Portal>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, PageError> {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    let found = portal.db.read(async move |tx| materials::any_file(tx, id).await).await?.ok_or(PageError::NotFound)?;
    send_file(&portal, found.hash(), &headers, to_keep(found.kind(), &found.name)).await
}

/// What somebody sent is kept by the browser, never shown in our name (rule 36).
fn to_keep(kind: objects::Kind, name: &str) -> [(HeaderName, String); 3] {
    [
        (header::CONTENT_TYPE, kind.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, attachment(name)),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ]
}
