//! The desk gives the institution a file.
//!
//! A responder's browser seals it and sends it piece by piece: what comes here is closed already, and only who holds the key of the
//! case can go on with it or open it. A form without script sends it in one go; then the server seals it on its way, as it does the
//! desk's words: to begin a file needs no secret.

use db::Lane;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use vault::Zeroizing;
use vault::frames::SEALED_FRAME_BYTES;
use web::{IncomingFile, PageError, Portal};

use super::file::{About, FRAMES, FileId, PIECE, Whole};
use super::message::Side;
use super::pieces::{self, Added, Begun, NotReceived, hex, keep, keep_next, sealed_piece};
use super::store;
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

/// A piece of the file, counted into both hashes and stored.
struct Giving<'a> {
    portal: &'a Portal,
    case: &'a Case,
    added: Added,
    number: i64,
    bytes: u64,
    plain: Sha256,
    sealed: Sha256,
}

impl Giving<'_> {
    async fn piece(&mut self, is_last: bool, plain: &[u8]) -> Result<Result<(), NotReceived>, PageError> {
        let sealed = sealed_piece(&self.added.sealer, self.number, is_last, plain);
        self.plain.update(plain);
        self.sealed.update(&sealed);
        let kept = keep_next(self.portal, self.case, Side::Desk, self.added.id, self.number, sealed).await?;
        self.number += 1;
        self.bytes += plain.len() as u64;
        Ok(kept)
    }
}

/// Takes a file in one go from somebody of the desk, never whole in memory; the institution is told that there is something.
pub async fn give(portal: &Portal, case: &Case, by: &str, mut coming: IncomingFile) -> Result<Result<Whole, NotReceived>, PageError> {
    if case.closed_at.is_some() {
        return Ok(Err(NotReceived::Closed));
    }
    let mut next = coming.piece().await?;
    while next.as_ref().is_some_and(objects::Bytes::is_empty) {
        next = coming.piece().await?;
    }
    if next.is_none() {
        return Ok(Err(NotReceived::Size));
    }
    let added = match pieces::add(portal, case, (Side::Desk, by), &About::named(coming.name())).await? {
        Ok(added) => added,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let sealed = Sha256::new_with_prefix(added.header);
    let mut giving = Giving { portal, case, added, number: 0, bytes: 0, plain: Sha256::new(), sealed };
    let mut buffer = Zeroizing::new(Vec::with_capacity(2 * PIECE));
    while let Some(bytes) = next {
        buffer.extend_from_slice(&bytes);
        // One byte more than a piece shows that it is not the last.
        while buffer.len() > PIECE {
            if let Err(refusal) = giving.piece(false, &buffer[..PIECE]).await? {
                return Ok(Err(refusal));
            }
            buffer.drain(..PIECE);
        }
        next = coming.piece().await?;
    }
    if let Err(refusal) = giving.piece(true, &buffer).await? {
        return Ok(Err(refusal));
    }
    let whole = Whole { bytes: giving.bytes, sha256: hex(&giving.plain.finalize()) };
    given(portal, case, by, giving.added.id, giving.number, &whole, giving.sealed.finalize().into()).await?;
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
