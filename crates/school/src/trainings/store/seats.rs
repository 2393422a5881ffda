use db::{DbResult, Tx, sql};
use kernel::Timestamp;

use crate::trainings::application::ApplicationId;
use crate::trainings::session::{Session, SessionId};

/// Takes a seat; false if none was left. The last seat is decided by this one statement, in the row itself.
pub async fn take_seat(tx: &mut Tx<'_>, session: SessionId) -> DbResult<bool> {
    let take = sql!("UPDATE sessions SET taken = taken + 1 WHERE id = $1 AND (seats IS NULL OR taken < seats)");
    Ok(tx.run(take, &[session.into()]).await? == 1)
}

/// Takes the next place on the waiting list and returns its rank in the order of asking; `None` if the list is full.
pub async fn take_waiting_place(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Option<i64>> {
    let take = sql!(
        "UPDATE sessions SET waiting = waiting + 1, waited = waited + 1
         WHERE id = $1 AND (waiting_places IS NULL OR waiting < waiting_places)
         RETURNING waited"
    );
    tx.opt(take, &[session.into()]).await
}

/// Gives back a place on the waiting list.
pub async fn leave_waiting_place(tx: &mut Tx<'_>, session: SessionId) -> DbResult<()> {
    tx.run(sql!("UPDATE sessions SET waiting = waiting - 1 WHERE id = $1"), &[session.into()]).await?;
    Ok(())
}

/// Takes a place on the waiting list again for whoever left it and keeps their rank; false if others have it by now.
pub async fn retake_waiting_place(tx: &mut Tx<'_>, session: SessionId) -> DbResult<bool> {
    let take = sql!("UPDATE sessions SET waiting = waiting + 1 WHERE id = $1 AND (waiting_places IS NULL OR waiting < waiting_places)");
    Ok(tx.run(take, &[session.into()]).await? == 1)
}

/// The next receipt number of the session.
pub async fn next_number(tx: &mut Tx<'_>, session: SessionId) -> DbResult<i64> {
    tx.one(sql!("UPDATE sessions SET received = received + 1 WHERE id = $1 RETURNING received"), &[session.into()]).await
}

/// Passes a seat that came free to whoever waits longest; `None` if nobody waits, and then the seat is free for all.
///
/// Whoever a seat is kept for already is passed over. `taken` falls only when nobody waits, so that no newcomer slips in between.
pub async fn pass_seat_on(tx: &mut Tx<'_>, session: SessionId, now: Timestamp) -> DbResult<Option<ApplicationId>> {
    let promote = sql!(
        "UPDATE applications SET place = 'seat', promoted_at = $2, sequence = sequence + 1
         WHERE id = (SELECT a.id FROM applications a WHERE a.session = $1 AND a.place = 'waiting' AND a.cancelled_at IS NULL
                 AND NOT EXISTS (SELECT 1 FROM seat_offers o WHERE o.application = a.id AND o.ended_at IS NULL)
             ORDER BY a.waited LIMIT 1)
         RETURNING id"
    );
    let promoted: Option<ApplicationId> = tx.opt(promote, &[session.into(), now.into()]).await?;
    if promoted.is_some() {
        leave_waiting_place(tx, session).await?;
    } else {
        give_seat_back(tx, session).await?;
    }
    Ok(promoted)
}

/// Gives a seat back, free for all.
pub async fn give_seat_back(tx: &mut Tx<'_>, session: SessionId) -> DbResult<()> {
    tx.run(sql!("UPDATE sessions SET taken = taken - 1 WHERE id = $1"), &[session.into()]).await?;
    Ok(())
}

db::row! {
    /// How many places a session has and how many are gone, as its locked row says.
    #[derive(Clone, Copy, Debug)]
    pub struct Places {
        pub seats: Option<i64>,
        pub taken: i64,
        pub waiting_places: Option<i64>,
        pub waiting: i64,
        pub waited: i64,
        pub received: i64,
    }
}

/// Locks the session's row for the rest of the transaction, and says what it counts.
pub async fn lock_places(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Places> {
    let lock = sql!(
        "UPDATE sessions SET taken = taken WHERE id = $1
         RETURNING seats, taken, waiting_places, waiting, waited, received"
    );
    tx.one(lock, &[session.into()]).await
}

/// Writes back what was given away since [`lock_places`]; the row's own constraints look at it once more.
pub async fn put_places(tx: &mut Tx<'_>, session: SessionId, places: &Places) -> DbResult<()> {
    let put = sql!("UPDATE sessions SET taken = $2, waiting = $3, waited = $4, received = $5 WHERE id = $1");
    let args = [session.into(), places.taken.into(), places.waiting.into(), places.waited.into(), places.received.into()];
    tx.run(put, &args).await?;
    Ok(())
}

/// The session as it stands, its row locked for the rest of the transaction: what is decided by it, and passing seats on and
/// taking them, stand in one order.
pub async fn lock(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Option<Session>> {
    let lock = sql!(
        "UPDATE sessions SET taken = taken WHERE id = $1
         RETURNING id, course, number, extra, title, raw, deadline_raw, anomaly, day, starts_at, ends_at, window_raw,
             window_start, window_end, opens_at, closes_at, default_window, tentative, sample, seats, taken,
             waiting_places, waiting, cancelled_at, cancel_reason, moved_from, moved_at, sequence"
    );
    tx.opt(lock, &[session.into()]).await
}
