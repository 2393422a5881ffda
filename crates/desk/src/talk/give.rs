//! The desk gives the institution a file. It is sealed by the server on its way, as words of the desk are: writing needs no secret.

use db::Lane;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use vault::Zeroizing;
use web::{IncomingFile, PageError, Portal};

use super::file::{About, FileId, PIECE, Whole};
use super::message::Side;
use super::receive::{Added, NotReceived, add, hex, sealed_piece, store_piece};
use super::store;
use crate::cases::{self, Case, Entry, record};
use crate::{clocks, notices};

/// A piece of the file, counted into both hashes and stored.
struct Giving<'a> {
    portal: &'a Portal,
    added: Added,
    number: i64,
    bytes: u64,
    plain: Sha256,
    sealed: Sha256,
}

impl Giving<'_> {
    async fn piece(&mut self, is_last: bool, plain: &[u8]) -> Result<(), PageError> {
        let sealed = sealed_piece(&self.added.sealer, self.number, is_last, plain);
        self.plain.update(plain);
        self.sealed.update(&sealed);
        store_piece(self.portal, self.added.id, self.number, sealed, plain.len()).await?;
        self.number += 1;
        self.bytes += plain.len() as u64;
        Ok(())
    }
}

/// Takes a file from somebody of the desk, never whole in memory; the institution is told that there is something.
pub async fn give(portal: &Portal, case: &Case, by: &str, mut coming: IncomingFile) -> Result<Result<Whole, NotReceived>, PageError> {
    let mut next = coming.piece().await?;
    while next.as_ref().is_some_and(objects::Bytes::is_empty) {
        next = coming.piece().await?;
    }
    if next.is_none() {
        return Ok(Err(NotReceived::Size));
    }
    let added = add(portal, case, (Side::Desk, by), &About::named(coming.name()), None).await?;
    let sealed = Sha256::new_with_prefix(added.header);
    let mut giving = Giving { portal, added, number: 0, bytes: 0, plain: Sha256::new(), sealed };
    let mut buffer = Zeroizing::new(Vec::with_capacity(2 * PIECE));
    while let Some(bytes) = next {
        buffer.extend_from_slice(&bytes);
        // One byte more than a piece shows that it is not the last.
        while buffer.len() > PIECE {
            giving.piece(false, &buffer[..PIECE]).await?;
            buffer.drain(..PIECE);
        }
        next = coming.piece().await?;
    }
    giving.piece(true, &buffer).await?;
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
