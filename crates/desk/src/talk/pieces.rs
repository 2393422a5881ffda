//! A file piece by piece, whichever side it comes from: what is announced of it, what has arrived, and how a piece is kept.

use db::Lane;
use futures_util::TryStreamExt as _;
use objects::NotKept;
use vault::frames::{FRAME_BYTES, HEADER_BYTES, Sealer};
use vault::{PublicKey, Zeroizing};
use web::{PageError, Portal};

use super::file::{About, CaseFile, FRAMES, FileId, PIECE, called, piece};
use super::message::Side;
use super::room::{self, More};
use super::{store, unfinished};
use crate::Desk;
use crate::cases::{Case, CaseId, Entry, record};

/// Why a file, or a piece of it, is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NotReceived {
    /// Nothing in it, or more than is taken.
    Size,
    /// No such file is under way.
    Unknown,
    /// Other bytes than were announced.
    Damaged,
    /// Pieces are missing.
    Missing,
    /// The work on the case has ended.
    Closed,
    /// The side has as many files as it may have; so few only until the desk has answered, if it is early.
    TooMany { most: i64, is_early: bool },
    /// The side has not so much room left, in mebibytes; so little only until the desk has answered, if it is early.
    NoRoom { most: i64, left: i64, is_early: bool },
    /// All cases together that nobody has looked at have no room left.
    Crowded,
    /// The disk has no more room than has to stay free.
    Disk,
}

/// A file that is under way.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Begun {
    /// Which.
    pub file: FileId,
    /// How many bytes a piece has.
    pub piece: usize,
    /// How many pieces there will be.
    pub pieces: i64,
    /// Those that are here.
    pub have: Vec<i64>,
    /// What leads to the key of the file, for a browser that has the key of the case.
    #[serde(with = "crate::as_base64")]
    pub header: Vec<u8>,
    /// Whether another file of this name and length is under way: what is here of that one is no part of this.
    pub is_other: bool,
}

/// What is said of a file before its first piece comes: its contents as a whole, so that nothing else is taken for it later.
pub(super) fn announced(name: &str, bytes: u64, sha256: &str) -> Result<About, NotReceived> {
    let most = u64::try_from(super::FILE_BYTES).unwrap_or(u64::MAX);
    if !(1..=most).contains(&bytes) {
        return Err(NotReceived::Size);
    }
    if sha256.len() != 64 || !sha256.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(NotReceived::Damaged);
    }
    Ok(About { name: called(name), bytes: Some(bytes), sha256: Some(sha256.to_owned()) })
}

/// A file that has a row and a way to seal its pieces.
pub(super) struct Added {
    pub id: FileId,
    pub sealer: Sealer,
    pub header: [u8; HEADER_BYTES],
}

/// Begins a file, if there is room for it. Where its length is not known, each of its pieces asks for room of its own.
pub(super) async fn add(
    portal: &Portal,
    case: &Case,
    (side, actor): (Side, &str),
    about: &About,
) -> Result<Result<Added, NotReceived>, PageError> {
    if let Err(refusal) = kept(portal.objects.check_room().await)? {
        return Ok(Err(refusal));
    }
    let room = Desk::of(portal)?.room;
    let (id, case, actor) = (FileId::new(portal.now()), case.clone(), actor.to_owned());
    let (sealer, header) = Sealer::new(&PublicKey::from_bytes(case.public_key), case.id.uuid(), id.uuid());
    let words = Zeroizing::new(serde_json::to_vec(about).map_err(|_| PageError::Bug("a name could not be written as JSON"))?);
    let sealed = case.seal("case_files", id.uuid(), "about", &words);
    let pieces = about.pieces();
    let begun: Result<(), NotReceived> = portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            if let Err(refusal) = room::ask(tx, room, case.id, side, More::file(pieces)).await? {
                return Ok(Err(refusal));
            }
            store::add_file(tx, case.id, id, side, &header, &sealed, pieces, now).await?;
            record(tx, &case, Entry::by(&actor).did("file.begun").about(id), now).await?;
            Ok(Ok(()))
        })
        .await?;
    Ok(begun.map(|()| Added { id, sealer, header }))
}

/// A file that begins now.
pub(super) async fn anew(
    portal: &Portal,
    case: &Case,
    who: (Side, &str),
    about: &About,
    is_other: bool,
) -> Result<Result<Begun, NotReceived>, PageError> {
    let pieces = about.pieces().unwrap_or(0);
    let begun = |added: Added| Begun { file: added.id, piece: PIECE, pieces, have: Vec::new(), header: added.header.to_vec(), is_other };
    Ok(add(portal, case, who, about).await?.map(begun))
}

/// A file that was begun before, with what of it is here.
pub(super) async fn gone_on(portal: &Portal, file: CaseFile) -> Result<Begun, PageError> {
    let id = file.id;
    let have = portal.db.read(async move |tx| store::pieces(tx, id).await).await?;
    Ok(Begun { file: id, piece: PIECE, pieces: file.pieces.unwrap_or(0), have, header: file.header, is_other: false })
}

/// A file of the case that comes from this side.
pub(super) async fn of(portal: &Portal, case: CaseId, side: Side, id: FileId) -> Result<Option<CaseFile>, PageError> {
    Ok(portal.db.read(async move |tx| store::file(tx, case, id).await).await?.filter(|file| file.side == side))
}

/// Lays down the bytes of a piece.
async fn put(portal: &Portal, id: FileId, number: i64, sealed: Vec<u8>) -> Result<Result<(), NotReceived>, PageError> {
    kept(portal.objects.put_piece(&piece(id, number), sealed.into()).await)
}

/// What became of bytes that were to be kept: a disk that is nearly full is a refusal in words, not a fault.
fn kept(outcome: Result<(), NotKept>) -> Result<Result<(), NotReceived>, PageError> {
    match outcome {
        Ok(()) => Ok(Ok(())),
        Err(NotKept::Full) => {
            tracing::warn!("the disk is nearly full: no file of a case is taken");
            Ok(Err(NotReceived::Disk))
        }
        Err(error) => Err(busy(error)),
    }
}

/// Keeps the next piece of a file whose length nobody knows, if there is room for it. If not, the file is taken off the list:
/// it cannot go on later, and what came of it is not to stand in the way of a smaller one.
pub(super) async fn keep_next(
    portal: &Portal,
    case: &Case,
    side: Side,
    id: FileId,
    number: i64,
    sealed: Vec<u8>,
) -> Result<Result<(), NotReceived>, PageError> {
    let (room, whose, bytes) = (Desk::of(portal)?.room, case.id, i64::try_from(sealed.len()).unwrap_or(i64::MAX));
    let mut outcome = put(portal, id, number, sealed).await?;
    if outcome.is_ok() {
        outcome = portal
            .db
            .write(Lane::Incident, None, async move |tx, now| {
                if let Err(refusal) = room::ask(tx, room, whose, side, More::piece(number)).await? {
                    return Ok(Err(refusal));
                }
                let is_under_way = store::add_piece(tx, id, number, bytes, now).await?;
                Ok(if is_under_way { Ok(()) } else { Err(NotReceived::Unknown) })
            })
            .await?;
    }
    if outcome.is_err() {
        let case = case.clone();
        let give_up = async move |tx: &mut db::Tx<'_>, now| unfinished::give_up(tx, &case, id, number + 1, now).await;
        portal.db.write(Lane::Incident, None, give_up).await?;
        // Of a case that was deleted meanwhile nothing stays either.
        portal.objects.remove_piece(&piece(id, number)).await.map_err(busy)?;
    }
    Ok(outcome)
}

/// Keeps a piece: its bytes first, so that one that is noted is there. A piece that has come is never written over, and a file that
/// was taken away meanwhile gets none.
pub(super) async fn keep(portal: &Portal, id: FileId, number: i64, sealed: Vec<u8>) -> Result<Result<(), NotReceived>, PageError> {
    if portal.db.read(async move |tx| store::has_piece(tx, id, number).await).await? {
        return Ok(Ok(()));
    }
    let bytes = i64::try_from(sealed.len()).unwrap_or(i64::MAX);
    if let Err(refusal) = put(portal, id, number, sealed).await? {
        return Ok(Err(refusal));
    }
    let note = async move |tx: &mut db::Tx<'_>, now| store::add_piece(tx, id, number, bytes, now).await;
    if portal.db.write(Lane::Incident, None, note).await? {
        return Ok(Ok(()));
    }
    if !portal.db.read(async move |tx| store::is_there(tx, id).await).await? {
        portal.objects.remove_piece(&piece(id, number)).await.map_err(busy)?;
    }
    Ok(Err(NotReceived::Unknown))
}

/// A piece as it lies here.
pub(super) async fn stored(portal: &Portal, id: FileId, number: i64) -> Result<Vec<u8>, PageError> {
    let content = portal.objects.get_piece(&piece(id, number)).await.map_err(busy)?;
    let parts: Vec<_> = content.stream.try_collect().await.map_err(|error| busy(NotKept::Disk(error)))?;
    Ok(parts.concat())
}

/// How many pieces a file has, if all of them are here.
pub(super) async fn all_here(portal: &Portal, file: &CaseFile) -> Result<Option<i64>, PageError> {
    let id = file.id;
    let have = portal.db.read(async move |tx| store::pieces(tx, id).await).await?;
    Ok(file.pieces.filter(|pieces| (0..*pieces).eq(have.iter().copied())))
}

/// The frames of a piece. Each is sealed for its number and for whether it is the last: none of them opens at another place.
pub(super) fn sealed_piece(sealer: &Sealer, number: i64, is_last: bool, plain: &[u8]) -> Vec<u8> {
    let first = number.unsigned_abs() * FRAMES;
    let chunks: Vec<&[u8]> = if plain.is_empty() { vec![&[]] } else { plain.chunks(FRAME_BYTES).collect() };
    let end = chunks.len() - 1;
    let frames = chunks.into_iter().enumerate().map(|(at, chunk)| sealer.frame(first + at as u64, is_last && at == end, chunk));
    frames.flatten().collect()
}

pub(super) fn busy(error: NotKept) -> PageError {
    tracing::error!(%error, "a file of a case could not be kept");
    PageError::Busy
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
