use access::ApiTokenId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

/// Ends a token at once; false if it is over already, or was never there.
pub async fn end(tx: &mut Tx<'_>, id: ApiTokenId, by: &str, now: Timestamp) -> DbResult<bool> {
    let ended = access::revoke(tx, id, now).await?;
    if ended {
        journal::record(tx, &Entry::by(by).did("tokens.ended").on("token", id), now).await?;
    }
    Ok(ended)
}
