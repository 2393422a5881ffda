use db::{DbResult, Tx};
use kernel::{Span, Timestamp};

use super::{recovery, store};

/// Counters are empty of meaning after a day; links are kept as long, so that a late click is answered in words.
const KEPT: Span = Span::days(1);

/// Ends links, invitations and recoveries that wait: after a restore, what was used up since must not open again.
pub async fn end_waiting(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    store::end_waiting(tx, now).await?;
    recovery::lapse_all(tx, now).await
}

/// Forgets links, questions to passkeys and counters, and closes recoveries, whose time is over. To be called from time to time.
pub async fn forget_old(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    store::forget(tx, now, now.minus(KEPT)).await?;
    recovery::lapse(tx, now).await
}
