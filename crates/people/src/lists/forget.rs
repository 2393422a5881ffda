use db::{DbResult, Tx};
use kernel::{Span, Timestamp};

use super::store;

/// How long a list is kept: the file holds people's names, and whoever sent it has it anyway.
const LASTS: Span = Span::hours(24);

/// Forgets the lists that were sent more than a day ago, with everything in them.
pub async fn forget_old(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    store::forget(tx, now.minus(LASTS)).await.map(|_| ())
}
