//! Reading a file again: sealed for the desk, whose browser opens it; opened for the institution, whose cookie is the key.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use db::Lane;
use futures_util::{Stream, StreamExt as _, TryStreamExt as _};
use objects::{NotKept, Objects};
use std::io;
use vault::frames::{Opener, SEALED_FRAME_BYTES};
use web::{PageError, Portal, attachment};

use super::file::{CaseFile, FRAMES, FileId, piece};
use super::message::Side;
use super::pieces::busy;
use super::store;
use crate::cases::{Case, Entry, REPORTER, record};
use crate::report::Held;

/// The sealed bytes of a file that is here, as they lie in the store: header and frames. Who fetched it stands in the chain.
pub async fn sealed(portal: &Portal, case: &Case, id: FileId, by: &str) -> Result<Response, PageError> {
    let (file, pieces) = here(portal, case, id).await?.ok_or(PageError::NotFound)?;
    note(portal, case, id, by).await?;
    let header = futures_util::stream::iter([Ok(axum::body::Bytes::from(file.header))]);
    Ok(to_keep("sealed.bin", Body::from_stream(header.chain(stored(portal.objects.clone(), id, pieces)))))
}

/// A file of the desk, opened piece by piece on its way to the institution.
pub async fn opened(portal: &Portal, held: &Held, id: FileId) -> Result<Response, PageError> {
    let found = here(portal, &held.case, id).await?.filter(|(file, _)| file.side == Side::Desk);
    let (file, pieces) = found.ok_or(PageError::NotFound)?;
    let name = file.about(&held.key).ok_or(PageError::Bug("a name of ours does not open"))?.name;
    let opener =
        Opener::new(&held.key, file.case.uuid(), id.uuid(), &file.header).map_err(|_| PageError::Bug("a header of ours does not open"))?;
    note(portal, &held.case, id, REPORTER).await?;
    Ok(to_keep(&name, Body::from_stream(in_clear(portal.objects.clone(), opener, id, pieces))))
}

async fn here(portal: &Portal, case: &Case, id: FileId) -> Result<Option<(CaseFile, i64)>, PageError> {
    let case = case.id;
    let file = portal.db.read(async move |tx| store::file(tx, case, id).await).await?;
    Ok(file.filter(|file| file.here_at.is_some()).and_then(|file| file.pieces.map(|pieces| (file, pieces))))
}

async fn note(portal: &Portal, case: &Case, id: FileId, by: &str) -> Result<(), PageError> {
    let (case, by) = (case.clone(), by.to_owned());
    let write =
        async move |tx: &mut db::Tx<'_>, now| record(tx, &case, Entry::by(&by).did("file.fetched").about(id), now).await.map(|_| ());
    portal.db.write(Lane::Incident, None, write).await?;
    Ok(())
}

/// The pieces one after the other; the next is asked for when the one before has gone.
fn stored(objects: Objects, id: FileId, pieces: i64) -> impl Stream<Item = io::Result<axum::body::Bytes>> + Send + use<> {
    futures_util::stream::iter(0..pieces)
        .then(move |number| {
            let objects = objects.clone();
            async move { Ok::<_, io::Error>(objects.get_piece(&piece(id, number)).await.map_err(io::Error::other)?.stream) }
        })
        .try_flatten()
}

fn in_clear(objects: Objects, opener: Opener, id: FileId, pieces: i64) -> impl Stream<Item = io::Result<Vec<u8>>> + Send + use<> {
    let state = (objects, opener, 0);
    futures_util::stream::try_unfold(state, move |(objects, opener, number): (Objects, Opener, i64)| async move {
        if number == pieces {
            return Ok(None);
        }
        let plain = open_piece(&objects, &opener, id, number, pieces).await?;
        Ok(Some((plain, (objects, opener, number + 1))))
    })
}

/// A piece in clear. A frame that was moved or changed ends the download: the browser keeps no half file as a whole one.
async fn open_piece(objects: &Objects, opener: &Opener, id: FileId, number: i64, pieces: i64) -> io::Result<Vec<u8>> {
    let content = objects.get_piece(&piece(id, number)).await.map_err(|error: NotKept| io::Error::other(busy(error)))?;
    let sealed: Vec<_> = content.stream.try_collect().await?;
    let sealed = sealed.concat();
    let frames: Vec<&[u8]> = sealed.chunks(SEALED_FRAME_BYTES).collect();
    let mut plain = Vec::with_capacity(sealed.len());
    for (at, frame) in frames.iter().enumerate() {
        let is_last = number + 1 == pieces && at + 1 == frames.len();
        let opened = opener.frame(number.unsigned_abs() * FRAMES + at as u64, is_last, frame).map_err(io::Error::other)?;
        plain.extend_from_slice(&opened);
    }
    Ok(plain)
}

/// Kept by the browser, never shown in our name, and by nobody between (rule 36).
fn to_keep(name: &str, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if let Ok(value) = HeaderValue::from_str(&attachment(name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
