use db::{DbResult, Tx};
use kernel::{Span, Timestamp};

use super::browser::DEVICE_LASTS;
use super::{recovery, store};

/// Counters are empty of meaning after a day; links are kept as long, so that a late click is answered in words.
const KEPT: Span = Span::days(1);

/// Sign-ins and invitations are kept after their end, for whoever has to find out whether somebody else was there.
const ENDED_KEPT: Span = Span::days(90);

/// Ends links, invitations and recoveries that wait: after a restore, what was used up since must not open again.
pub async fn end_waiting(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    store::end_waiting(tx, now).await?;
    recovery::lapse_all(tx, now).await
}

// Each of these forgets at most a piece of what is over and says how much: to be called from time to time, until there is none left.

/// Forgets links, questions to passkeys and counters whose time is over.
pub async fn forget_old(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    store::forget(tx, now, now.minus(KEPT)).await
}

/// Forgets sign-ins 90 days after their end.
pub async fn forget_sign_ins(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    access::forget_ended(tx, now.minus(ENDED_KEPT)).await
}

/// Forgets browsers in which nobody has signed in for as long as their cookie lasts.
pub async fn forget_browsers(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    store::forget_devices(tx, now.minus(DEVICE_LASTS)).await
}

/// Forgets invitations 90 days after their end. One that was accepted stays for as long as its role waits for a proof.
pub async fn forget_invitations(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    store::forget_invitations(tx, now.minus(ENDED_KEPT)).await
}

/// Closes recoveries that nobody approved or used in time.
pub async fn lapse_recoveries(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    recovery::lapse(tx, now).await
}
