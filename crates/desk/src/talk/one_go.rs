//! A file in one go, as a form without script sends it: sealed piece by piece on its way, never whole in memory.

use objects::Bytes;
use vault::Zeroizing;
use web::{IncomingFile, PageError, Portal};

use super::file::{About, PIECE};
use super::message::Side;
use super::pieces::{self, Added, NotReceived, keep_next, sealed_piece};
use crate::cases::Case;

/// A file on its way.
pub(super) struct Coming<'a> {
    portal: &'a Portal,
    case: &'a Case,
    side: Side,
    /// What has been written down of it.
    pub added: Added,
    first: Bytes,
    rest: IncomingFile,
    /// How many pieces of it are kept.
    pieces: i64,
}

/// Begins a file that has something in it, if there is room for it.
pub(super) async fn begin<'a>(
    portal: &'a Portal,
    case: &'a Case,
    (side, actor): (Side, &str),
    mut rest: IncomingFile,
) -> Result<Result<Coming<'a>, NotReceived>, PageError> {
    if case.closed_at.is_some() {
        return Ok(Err(NotReceived::Closed));
    }
    let first = loop {
        match rest.piece().await? {
            Some(bytes) if bytes.is_empty() => {}
            Some(bytes) => break bytes,
            None => return Ok(Err(NotReceived::Size)),
        }
    };
    let added = pieces::add(portal, case, (side, actor), &About::named(rest.name())).await?;
    Ok(added.map(|added| Coming { portal, case, side, added, first, rest, pieces: 0 }))
}

impl Coming<'_> {
    /// Keeps all of its pieces, and says how many they are. `each` sees every piece, in clear and sealed, before it is kept.
    pub(super) async fn keep(&mut self, mut each: impl FnMut(&[u8], &[u8]) + Send) -> Result<Result<i64, NotReceived>, PageError> {
        let mut buffer = Zeroizing::new(Vec::with_capacity(2 * PIECE));
        let mut next = Some(std::mem::take(&mut self.first));
        while let Some(bytes) = next {
            buffer.extend_from_slice(&bytes);
            // One byte more than a piece shows that it is not the last.
            while buffer.len() > PIECE {
                if let Err(refusal) = self.keep_piece(false, &buffer[..PIECE], &mut each).await? {
                    return Ok(Err(refusal));
                }
                buffer.drain(..PIECE);
            }
            next = self.rest.piece().await?;
        }
        Ok(self.keep_piece(true, &buffer, &mut each).await?.map(|()| self.pieces))
    }

    async fn keep_piece(
        &mut self,
        is_last: bool,
        plain: &[u8],
        each: &mut (impl FnMut(&[u8], &[u8]) + Send),
    ) -> Result<Result<(), NotReceived>, PageError> {
        let sealed = sealed_piece(&self.added.sealer, self.pieces, is_last, plain);
        each(plain, &sealed);
        let kept = keep_next(self.portal, self.case, self.side, self.added.id, self.pieces, sealed).await?;
        self.pieces += 1;
        Ok(kept)
    }
}
