//! Receiving a file piece by piece. Each piece is sealed in memory before it touches a disk; one that has come need not come again.

use db::Lane;
use futures_util::TryStreamExt as _;
use objects::NotKept;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use vault::frames::{FRAME_BYTES, HEADER_BYTES, Opener, Sealer};
use vault::{PublicKey, Zeroizing};
use web::{IncomingFile, PageError, Portal};

use super::file::{About, CaseFile, FRAMES, FileId, PIECE, Whole, piece};
use super::message::Side;
use super::store;
use crate::cases::{self, Case, Entry, REPORTER, record};
use crate::notices;
use crate::report::Held;

/// Why a file, or a piece of it, is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReceived {
    /// Nothing in it, or more than is taken.
    Size,
    /// No such file is under way.
    Unknown,
    /// Other bytes than were announced.
    Damaged,
    /// Pieces are missing.
    Missing,
}

/// A file that is under way.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Begun {
    /// Which.
    pub file: FileId,
    /// How many bytes a piece has.
    pub piece: usize,
    /// How many pieces there will be.
    pub pieces: u64,
    /// Those that are here.
    pub have: Vec<i64>,
}

/// Begins a file, or goes on where the same one had come to, be it before the machine was cut off.
pub async fn begin(portal: &Portal, held: &Held, name: &str, bytes: u64) -> Result<Result<Begun, NotReceived>, PageError> {
    let most = u64::try_from(super::FILE_BYTES).unwrap_or(u64::MAX);
    if !(1..=most).contains(&bytes) {
        return Ok(Err(NotReceived::Size));
    }
    let about = About { name: name.to_owned(), bytes: Some(bytes) };
    let pieces = bytes.div_ceil(PIECE as u64);
    let case = held.case.id;
    let files = portal.db.read(async move |tx| store::files(tx, case).await).await?;
    let before = files.into_iter().find(|file| file.here_at.is_none() && file.about(&held.key).as_ref() == Some(&about));
    let (id, have) = match before {
        Some(file) => {
            let id = file.id;
            (id, portal.db.read(async move |tx| store::pieces(tx, id).await).await?)
        }
        None => (add(portal, &held.case, (Side::Institution, REPORTER), &about, Some(pieces)).await?.id, Vec::new()),
    };
    Ok(Ok(Begun { file: id, piece: PIECE, pieces, have }))
}

/// A file that has a row and a way to seal its pieces.
pub(super) struct Added {
    pub id: FileId,
    pub sealer: Sealer,
    pub header: [u8; HEADER_BYTES],
}

pub(super) async fn add(
    portal: &Portal,
    case: &Case,
    (side, actor): (Side, &str),
    about: &About,
    pieces: Option<u64>,
) -> Result<Added, PageError> {
    let (id, case, actor) = (FileId::new(portal.now()), case.clone(), actor.to_owned());
    let (sealer, header) = Sealer::new(&PublicKey::from_bytes(case.public_key), case.id.uuid(), id.uuid());
    let words = Zeroizing::new(serde_json::to_vec(about).map_err(|_| PageError::Bug("a name could not be written as JSON"))?);
    let sealed = case.seal("case_files", id.uuid(), "about", &words);
    let pieces = pieces.map(|pieces| i64::try_from(pieces).unwrap_or(i64::MAX));
    portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            store::add_file(tx, case.id, id, side, &header, &sealed, pieces, now).await?;
            record(tx, &case, Entry::by(&actor).did("file.begun").about(id), now).await.map(|_| ())
        })
        .await?;
    Ok(Added { id, sealer, header })
}

/// Takes one piece.
pub async fn take(portal: &Portal, held: &Held, id: FileId, number: i64, plain: &[u8]) -> Result<Result<(), NotReceived>, PageError> {
    let Some(file) = under_way(portal, held, id).await? else { return Ok(Err(NotReceived::Unknown)) };
    let bytes = file.about(&held.key).and_then(|about| about.bytes);
    let (Some(pieces), Some(bytes), Ok(place)) = (file.pieces, bytes, u64::try_from(number)) else {
        return Ok(Err(NotReceived::Unknown));
    };
    let is_last = number + 1 == pieces;
    let expected = if is_last { bytes - place * PIECE as u64 } else { PIECE as u64 };
    if number >= pieces || plain.len() as u64 != expected {
        return Ok(Err(NotReceived::Damaged));
    }
    let sealer = Sealer::again(&held.key, file.case.uuid(), id.uuid(), &file.header)
        .map_err(|_| PageError::Bug("a header of ours does not open"))?;
    store_piece(portal, id, number, sealed_piece(&sealer, number, is_last, plain), plain.len()).await?;
    Ok(Ok(()))
}

async fn under_way(portal: &Portal, held: &Held, id: FileId) -> Result<Option<CaseFile>, PageError> {
    let case = held.case.id;
    Ok(portal.db.read(async move |tx| store::file(tx, case, id).await).await?.filter(|file| file.here_at.is_none()))
}

/// The bytes first: a piece that is noted is there.
pub(super) async fn store_piece(portal: &Portal, id: FileId, number: i64, sealed: Vec<u8>, bytes: usize) -> Result<(), PageError> {
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    portal.objects.put_piece(&piece(id, number), sealed.into()).await.map_err(busy)?;
    portal.db.write(Lane::Incident, None, async move |tx, now| store::add_piece(tx, id, number, bytes, now).await).await?;
    Ok(())
}

pub(super) fn sealed_piece(sealer: &Sealer, number: i64, is_last: bool, plain: &[u8]) -> Vec<u8> {
    let first = number.unsigned_abs() * FRAMES;
    let chunks: Vec<&[u8]> = if plain.is_empty() { vec![&[]] } else { plain.chunks(FRAME_BYTES).collect() };
    let end = chunks.len() - 1;
    let frames = chunks.into_iter().enumerate().map(|(at, chunk)| sealer.frame(first + at as u64, is_last && at == end, chunk));
    frames.flatten().collect()
}

/// Every piece is here: the file is read once more, opened and hashed, so that what lies here is known to be what was sent.
pub async fn finish(portal: &Portal, held: &Held, id: FileId) -> Result<Result<Whole, NotReceived>, PageError> {
    let Some(file) = under_way(portal, held, id).await? else { return Ok(Err(NotReceived::Unknown)) };
    let have = portal.db.read(async move |tx| store::pieces(tx, id).await).await?;
    let Some(pieces) = file.pieces.filter(|pieces| (0..*pieces).eq(have.iter().copied())) else { return Ok(Err(NotReceived::Missing)) };
    let opener =
        Opener::new(&held.key, file.case.uuid(), id.uuid(), &file.header).map_err(|_| PageError::Bug("a header of ours does not open"))?;
    let (mut plain, mut sealed, mut bytes) = (Sha256::new(), Sha256::new_with_prefix(&file.header), 0_u64);
    for number in 0..pieces {
        let content = portal.objects.get_piece(&piece(id, number)).await.map_err(busy)?;
        let whole: Vec<_> = content.stream.try_collect().await.map_err(|error| busy(NotKept::Disk(error)))?;
        let whole = whole.concat();
        sealed.update(&whole);
        let frames: Vec<&[u8]> = whole.chunks(vault::frames::SEALED_FRAME_BYTES).collect();
        for (at, frame) in frames.iter().enumerate() {
            let index = number.unsigned_abs() * FRAMES + at as u64;
            let is_last = number + 1 == pieces && at + 1 == frames.len();
            let Ok(opened) = opener.frame(index, is_last, frame) else { return Ok(Err(NotReceived::Damaged)) };
            bytes += opened.len() as u64;
            plain.update(&opened);
        }
    }
    let whole = Whole { bytes, sha256: hex(&plain.finalize()) };
    complete(portal, held, id, &whole, sealed.finalize().into()).await?;
    Ok(Ok(whole))
}

async fn complete(portal: &Portal, held: &Held, id: FileId, whole: &Whole, sealed_hash: [u8; 32]) -> Result<(), PageError> {
    let case = held.case.clone();
    let words = serde_json::to_vec(whole).map_err(|_| PageError::Bug("a hash could not be written as JSON"))?;
    let hashes = case.seal("case_files", id.uuid(), "hashes", &words);
    portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            if store::complete(tx, id, &hashes, sealed_hash, now).await? {
                cases::store::heard(tx, case.id, now).await?;
                notices::notify(tx, &case, "file-arrived", now).await?;
                let facts = json!({ "sealed_sha256": hex(&sealed_hash) });
                record(tx, &case, Entry::by(REPORTER).did("file.arrived").about(id).with(facts), now).await?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}

/// Takes a file in one go, as a form without script sends it: sealed piece by piece on its way, never whole in memory.
pub async fn take_whole(portal: &Portal, held: &Held, mut coming: IncomingFile) -> Result<Result<Whole, NotReceived>, PageError> {
    let about = About::named(coming.name());
    let Added { id, sealer, .. } = add(portal, &held.case, (Side::Institution, REPORTER), &about, None).await?;
    let (mut number, mut buffer) = (0, Zeroizing::new(Vec::with_capacity(2 * PIECE)));
    while let Some(bytes) = coming.piece().await? {
        buffer.extend_from_slice(&bytes);
        // One byte more than a piece shows that it is not the last.
        while buffer.len() > PIECE {
            store_piece(portal, id, number, sealed_piece(&sealer, number, false, &buffer[..PIECE]), PIECE).await?;
            buffer.drain(..PIECE);
            number += 1;
        }
    }
    if number == 0 && buffer.is_empty() {
        return Ok(Err(NotReceived::Size));
    }
    store_piece(portal, id, number, sealed_piece(&sealer, number, true, &buffer), buffer.len()).await?;
    let pieces = number + 1;
    portal.db.write(Lane::Incident, None, async move |tx, _| store::set_pieces(tx, id, pieces).await).await?;
    finish(portal, held, id).await
}

pub(super) fn busy(error: NotKept) -> PageError {
    tracing::error!(%error, "a file of a case could not be kept");
    PageError::Busy
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
