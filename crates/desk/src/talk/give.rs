//! The desk gives the institution a file.
//!
//! A responder's browser seals it and sends it piece by piece: what comes here is closed already, and only who holds the key of the
//! case can go on with it or open it. A form without script sends it in one go; then the server seals it on its way, as it does the
//! desk's words: to begin a file needs no secret.

use db::Lane;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use vault::frames::SEALED_FRAME_BYTES;
use web::{IncomingFile, PageError, Portal};

use super::file::{About, FRAMES, FileId, Whole};
use super::message::Side;
use super::pieces::{self, Begun, NotReceived, hex, keep};
use super::{one_go, store};
use crate::cases::{self, Case, Entry, record};
use crate::{clocks, notices};

/// Begins a file, or goes on with the one that the browser has found by its contents, which stand nowhere in clear.
pub async fn begin(
    portal: &Portal,
    case: &Case,
    by: &str,
    about: &About,
    again: Option<FileId>,
) -> Result<Result<Begun, NotReceived>, PageError> {
    if case.closed_at.is_some() {
        return Ok(Err(NotReceived::Closed));
    }
    let before = match again {
        Some(id) => pieces::of(portal, case.id, Side::Desk, id).await?,
        None => None,
    };
    // One that nobody went on with may be gone since the page was opened: then it begins anew.
    match before.filter(|file| file.pieces == about.pieces()) {
        Some(file) => Ok(Ok(pieces::gone_on(portal, file).await?)),
        None => pieces::anew(portal, case, (Side::Desk, by), about, false).await,
    }
}

/// Takes one piece, sealed: as many whole frames as belong to its place.
pub async fn take(portal: &Portal, case: &Case, id: FileId, number: i64, sealed: &[u8]) -> Result<Result<(), NotReceived>, PageError> {
    if case.closed_at.is_some() {
        return Ok(Err(NotReceived::Closed));
    }
    let found = pieces::of(portal, case.id, Side::Desk, id).await?;
    let pieces = found.filter(|file| file.here_at.is_none()).and_then(|file| file.pieces);
    let Some(pieces) = pieces else { return Ok(Err(NotReceived::Unknown)) };
    let frames = (sealed.len() / SEALED_FRAME_BYTES) as u64;
    let is_whole = sealed.len().is_multiple_of(SEALED_FRAME_BYTES);
    let least = if number.checked_add(1) == Some(pieces) { 1 } else { FRAMES };
    if !(0..pieces).contains(&number) || !is_whole || !(least..=FRAMES).contains(&frames) {
        return Ok(Err(NotReceived::Damaged));
    }
    keep(portal, id, number, sealed.to_vec()).await
}

/// Every piece is here: what lies here is hashed, and the institution is told that there is something. Whether the frames are the
/// right ones shows where they are opened, at the institution. Who did not hear that it is here asks again, and hears the same.
pub async fn finish(portal: &Portal, case: &Case, by: &str, id: FileId, about: &About) -> Result<Result<(), NotReceived>, PageError> {
    if case.closed_at.is_some() {
        return Ok(Err(NotReceived::Closed));
    }
    let Some(file) = pieces::of(portal, case.id, Side::Desk, id).await? else { return Ok(Err(NotReceived::Unknown)) };
    if file.here_at.is_some() {
        return Ok(Ok(()));
    }
    let (Some(bytes), Some(sha256)) = (about.bytes, about.sha256.clone()) else { return Ok(Err(NotReceived::Damaged)) };
    if file.pieces != about.pieces() {
        return Ok(Err(NotReceived::Damaged));
    }
    let Some(count) = pieces::all_here(portal, &file).await? else { return Ok(Err(NotReceived::Missing)) };
    let mut sealed = Sha256::new_with_prefix(&file.header);
    for number in 0..count {
        sealed.update(pieces::stored(portal, id, number).await?);
    }
    given(portal, case, by, id, count, &Whole { bytes, sha256 }, sealed.finalize().into()).await?;
    Ok(Ok(()))
}

/// Takes a file in one go from somebody of the desk; the institution is told that there is something.
pub async fn give(portal: &Portal, case: &Case, by: &str, coming: IncomingFile) -> Result<Result<Whole, NotReceived>, PageError> {
    let mut coming = match one_go::begin(portal, case, (Side::Desk, by), coming).await? {
        Ok(coming) => coming,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (mut bytes, mut plain, mut sealed) = (0, Sha256::new(), Sha256::new_with_prefix(coming.added.header));
    let counted = |piece: &[u8], frames: &[u8]| {
        bytes += piece.len() as u64;
        plain.update(piece);
        sealed.update(frames);
    };
    let pieces = match coming.keep(counted).await? {
        Ok(pieces) => pieces,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let whole = Whole { bytes, sha256: hex(&plain.finalize()) };
    given(portal, case, by, coming.added.id, pieces, &whole, sealed.finalize().into()).await?;
    Ok(Ok(whole))
}

async fn given(
    portal: &Portal,
    case: &Case,
    by: &str,
    id: FileId,
    pieces: i64,
    whole: &Whole,
    sealed_hash: [u8; 32],
) -> Result<(), PageError> {
    let words = serde_json::to_vec(whole).map_err(|_| PageError::Bug("a hash could not be written as JSON"))?;
    let (case, by) = (case.clone(), by.to_owned());
    let hashes = case.seal("case_files", id.uuid(), "hashes", &words);
    portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            store::set_pieces(tx, id, pieces).await?;
            if store::complete(tx, id, &hashes, sealed_hash, now).await? {
                cases::store::answered(tx, case.id, now).await?;
                clocks::word_sent(tx, case.id, &by, now).await?;
                notices::notify(tx, &case, "message", now).await?;
                let facts = json!({ "sealed_sha256": hex(&sealed_hash) });
                record(tx, &case, Entry::by(&by).did("file.given").about(id).with(facts), now).await?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}
