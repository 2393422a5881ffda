use db::{DbResult, Tx, sql};

use crate::archive::encode::Piece;
use crate::archive::recording::RecordingId;

db::row! {
    /// A piece of a film in one quality.
    #[derive(Clone, Debug)]
    pub struct KeptPiece {
        pub hash: [u8; 32],
        pub playlist: String,
    }
}

/// Notes that the next piece is there in every quality; false if another was faster, or the film is another by now.
pub async fn add_pieces(tx: &mut Tx<'_>, id: RecordingId, edition: i64, number: i64, pieces: &[Piece]) -> DbResult<bool> {
    let next = sql!("UPDATE recordings SET pieces = pieces + 1 WHERE id = $1 AND edition = $2 AND pieces = $3");
    if tx.run(next, &[id.into(), edition.into(), number.into()]).await? != 1 {
        return Ok(false);
    }
    // As many as there are qualities.
    for piece in pieces {
        let add = sql!("INSERT INTO film_pieces (recording, edition, height, number, hash, playlist) VALUES ($1, $2, $3, $4, $5, $6)");
        let args =
            [id.into(), edition.into(), piece.height.into(), number.into(), piece.hash.bytes().into(), piece.playlist.as_str().into()];
        tx.run(add, &args).await?;
    }
    Ok(true)
}

/// Notes that the film stays in its own quality alone.
pub async fn give_up_pieces(tx: &mut Tx<'_>, id: RecordingId, edition: i64) -> DbResult<()> {
    tx.run(sql!("UPDATE recordings SET pieces = -1 WHERE id = $1 AND edition = $2"), &[id.into(), edition.into()]).await.map(|_| ())
}

/// The pieces of a film in one quality, in order.
pub async fn pieces(tx: &mut Tx<'_>, id: RecordingId, edition: i64, height: i64) -> DbResult<Vec<KeptPiece>> {
    let list =
        sql!("SELECT hash, playlist FROM film_pieces WHERE recording = $1 AND edition = $2 AND height = $3 ORDER BY number LIMIT 2000");
    tx.all(list, &[id.into(), edition.into(), height.into()]).await
}

/// One of them.
pub async fn piece(tx: &mut Tx<'_>, id: RecordingId, edition: i64, height: i64, number: i64) -> DbResult<Option<KeptPiece>> {
    let one = sql!("SELECT hash, playlist FROM film_pieces WHERE recording = $1 AND edition = $2 AND height = $3 AND number = $4");
    tx.opt(one, &[id.into(), edition.into(), height.into(), number.into()]).await
}
