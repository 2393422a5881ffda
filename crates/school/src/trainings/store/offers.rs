use db::{DbResult, Tx, sql};
use kernel::{Lang, Timestamp};

use crate::trainings::application::ApplicationId;
use crate::trainings::offer::{Ended, Offer, OfferId};
use crate::trainings::session::SessionId;

/// Whoever waits longest for the session and has not been offered a seat of it.
pub async fn next_to_ask(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Option<(ApplicationId, Lang)>> {
    let find = sql!(
        "SELECT a.id, a.lang FROM applications a
         WHERE a.session = $1 AND a.place = 'waiting' AND a.cancelled_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM seat_offers o WHERE o.application = a.id AND o.session = a.session)
         ORDER BY a.waited LIMIT 1"
    );
    tx.opt(find, &[session.into()]).await
}

/// Adds an offer.
pub async fn add_offer(
    tx: &mut Tx<'_>,
    id: OfferId,
    application: ApplicationId,
    session: SessionId,
    ends: Timestamp,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!("INSERT INTO seat_offers (id, application, session, offered_at, ends_at) VALUES ($1, $2, $3, $4, $5)");
    tx.run(add, &[id.into(), application.into(), session.into(), now.into(), ends.into()]).await?;
    Ok(())
}

/// The offer with this id.
pub async fn offer(tx: &mut Tx<'_>, id: OfferId) -> DbResult<Option<Offer>> {
    let find = sql!("SELECT id, application, session, offered_at, ends_at, ended_at FROM seat_offers WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// The last offer of a seat of this session to the application.
pub async fn last_offer(tx: &mut Tx<'_>, application: ApplicationId, session: SessionId) -> DbResult<Option<Offer>> {
    let find = sql!(
        "SELECT id, application, session, offered_at, ends_at, ended_at FROM seat_offers
         WHERE application = $1 AND session = $2 ORDER BY offered_at DESC, id DESC LIMIT 1"
    );
    tx.opt(find, &[application.into(), session.into()]).await
}

/// Ends an offer. False if it had ended before.
pub async fn end_offer(tx: &mut Tx<'_>, id: OfferId, how: Ended, now: Timestamp) -> DbResult<bool> {
    let end = sql!("UPDATE seat_offers SET ended_at = $2, outcome = $3 WHERE id = $1 AND ended_at IS NULL");
    Ok(tx.run(end, &[id.into(), now.into(), how.id().into()]).await? == 1)
}

/// Gives whoever waits the seat that is theirs by now.
pub async fn seat_waiting(tx: &mut Tx<'_>, id: ApplicationId, now: Timestamp) -> DbResult<()> {
    let seat = sql!("UPDATE applications SET place = 'seat', promoted_at = $2, sequence = sequence + 1 WHERE id = $1");
    tx.run(seat, &[id.into(), now.into()]).await?;
    Ok(())
}
