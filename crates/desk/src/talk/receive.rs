//! Receiving a file of the institution, whose cookie is the key: each piece is sealed in memory before it touches a disk.

use db::Lane;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use vault::frames::{Opener, SEALED_FRAME_BYTES, Sealer};
use web::{IncomingFile, PageError, Portal};

use super::file::{About, CaseFile, FRAMES, FileId, PIECE, Whole};
use super::message::Side;
use super::pieces::{self, Begun, NotReceived, hex, keep, sealed_piece};
use super::{one_go, store};
use crate::cases::{self, Entry, REPORTER, record};
use crate::notices;
use crate::report::Held;

/// Begins a file, or goes on where the same one had come to, be it before the machine was cut off. The same is what has the same
/// contents, whatever it is called now; one that is here already has nothing left to send.
pub async fn begin(portal: &Portal, held: &Held, about: &About) -> Result<Result<Begun, NotReceived>, PageError> {
    if held.case.closed_at.is_some() {
        return Ok(Err(NotReceived::Closed));
    }
    let case = held.case.id;
    let files = portal.db.read(async move |tx| store::files(tx, case).await).await?;
    let ours = files.into_iter().filter(|file| file.side == Side::Institution);
    let known: Vec<(CaseFile, About)> = ours.filter_map(|file| file.about(&held.key).map(|about| (file, about))).collect();
    if let Some((file, _)) = known.iter().find(|(_, known)| known.is_same(about)) {
        return Ok(Ok(pieces::gone_on(portal, file.clone()).await?));
    }
    let is_other = known.iter().any(|(file, known)| file.here_at.is_none() && known.looks_like(about));
    pieces::anew(portal, &held.case, (Side::Institution, REPORTER), about, is_other).await
}

/// Takes one piece.
pub async fn take(portal: &Portal, held: &Held, id: FileId, number: i64, plain: &[u8]) -> Result<Result<(), NotReceived>, PageError> {
    let found = pieces::of(portal, held.case.id, Side::Institution, id).await?;
    let Some(file) = found.filter(|file| file.here_at.is_none()) else { return Ok(Err(NotReceived::Unknown)) };
    let bytes = file.about(&held.key).and_then(|about| about.bytes);
    let (Some(pieces), Some(bytes), Ok(place)) = (file.pieces, bytes, u64::try_from(number)) else {
        return Ok(Err(NotReceived::Unknown));
    };
    if number >= pieces {
        return Ok(Err(NotReceived::Damaged));
    }
    let is_last = number + 1 == pieces;
    let expected = if is_last { bytes - place * PIECE as u64 } else { PIECE as u64 };
    if plain.len() as u64 != expected {
        return Ok(Err(NotReceived::Damaged));
    }
    let sealer = Sealer::again(&held.key, file.case.uuid(), id.uuid(), &file.header)
        .map_err(|_| PageError::Bug("a header of ours does not open"))?;
    keep(portal, id, number, sealed_piece(&sealer, number, is_last, plain)).await
}

/// Every piece is here: the file is read once more, opened and hashed, so that what lies here is known to be what was announced.
/// Who did not hear that it is here asks again, and hears the same.
pub async fn finish(portal: &Portal, held: &Held, id: FileId) -> Result<Result<Whole, NotReceived>, PageError> {
    let Some(file) = pieces::of(portal, held.case.id, Side::Institution, id).await? else { return Ok(Err(NotReceived::Unknown)) };
    if file.here_at.is_some() {
        return Ok(file.whole(&held.key).ok_or(NotReceived::Unknown));
    }
    let Some(pieces) = pieces::all_here(portal, &file).await? else { return Ok(Err(NotReceived::Missing)) };
    let opener =
        Opener::new(&held.key, file.case.uuid(), id.uuid(), &file.header).map_err(|_| PageError::Bug("a header of ours does not open"))?;
    let (mut plain, mut sealed, mut bytes) = (Sha256::new(), Sha256::new_with_prefix(&file.header), 0_u64);
    for number in 0..pieces {
        let whole = pieces::stored(portal, id, number).await?;
        sealed.update(&whole);
        let frames: Vec<&[u8]> = whole.chunks(SEALED_FRAME_BYTES).collect();
        for (at, frame) in frames.iter().enumerate() {
            let index = number.unsigned_abs() * FRAMES + at as u64;
            let is_last = number + 1 == pieces && at + 1 == frames.len();
            let Ok(opened) = opener.frame(index, is_last, frame) else { return Ok(Err(NotReceived::Damaged)) };
            bytes += opened.len() as u64;
            plain.update(&opened);
        }
    }
    let whole = Whole { bytes, sha256: hex(&plain.finalize()) };
    let announced = file.about(&held.key).and_then(|about| about.sha256);
    if announced.is_some_and(|announced| announced != whole.sha256) {
        return Ok(Err(NotReceived::Damaged));
    }
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

/// Takes a file in one go, as a form without script sends it.
pub async fn take_whole(portal: &Portal, held: &Held, coming: IncomingFile) -> Result<Result<Whole, NotReceived>, PageError> {
    let mut coming = match one_go::begin(portal, &held.case, (Side::Institution, REPORTER), coming).await? {
        Ok(coming) => coming,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let pieces = match coming.keep(|_, _| {}).await? {
        Ok(pieces) => pieces,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let id = coming.added.id;
    portal.db.write(Lane::Incident, None, async move |tx, _| store::set_pieces(tx, id, pieces).await).await?;
    finish(portal, held, id).await
}
