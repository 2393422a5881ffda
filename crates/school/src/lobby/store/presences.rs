use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid, id};

use super::super::viewing::ViewingId;
use crate::trainings::application::{ApplicationId, Spot};
use crate::trainings::session::SessionId;

id!(
    /// One line of somebody's presence.
    PresenceId
);

db::row! {
    /// What a beat needs to know, in one row.
    #[derive(Clone, Debug)]
    pub struct Pulse {
        pub generation: i64,
        pub place: Spot,
        pub cancelled_at: Option<Timestamp>,
        pub session: SessionId,
    }
}

db::row! {
    /// A stretch of presence.
    #[derive(Clone, Copy, Debug)]
    pub struct Stretch {
        pub application: ApplicationId,
        pub group: bool,
        pub began_at: Timestamp,
        pub last_at: Timestamp,
    }
}

/// What a beat of an application needs to know.
pub async fn pulse(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Option<Pulse>> {
    tx.opt(sql!("SELECT generation, place, cancelled_at, session FROM applications WHERE id = $1"), &[application.into()]).await
}

/// Makes the latest stretch on this device last until now; false if its last beat lies before `since`, or there is none.
pub async fn extend(tx: &mut Tx<'_>, application: ApplicationId, device: Uuid, since: Timestamp, now: Timestamp) -> DbResult<bool> {
    let extend = sql!(
        "UPDATE presences SET last_at = $4 WHERE last_at >= $3 AND last_at <= $4 AND id = (
             SELECT id FROM presences WHERE application = $1 AND device = $2 ORDER BY began_at DESC, id DESC LIMIT 1)"
    );
    Ok(tx.run(extend, &[application.into(), device.into(), since.into(), now.into()]).await? == 1)
}

/// Begins a stretch of presence.
pub async fn begin(tx: &mut Tx<'_>, application: ApplicationId, device: Uuid, is_group: bool, now: Timestamp) -> DbResult<()> {
    let begin = sql!("INSERT INTO presences (id, application, device, kind, began_at, last_at) VALUES ($1, $2, $3, $4, $5, $5)");
    let kind = if is_group { "group" } else { "own" };
    tx.run(begin, &[PresenceId::new(now).into(), application.into(), device.into(), kind.into(), now.into()]).await?;
    Ok(())
}

/// Whether the application was ever joined on this device.
pub async fn has_joined(tx: &mut Tx<'_>, application: ApplicationId, device: Uuid) -> DbResult<bool> {
    let find = sql!("SELECT 1 FROM presences WHERE application = $1 AND device = $2 LIMIT 1");
    Ok(tx.opt::<i64>(find, &[application.into(), device.into()]).await?.is_some())
}

/// Makes everybody's latest stretch before one screen last until now, and says how many there were.
pub async fn extend_all(tx: &mut Tx<'_>, viewing: ViewingId, since: Timestamp, now: Timestamp) -> DbResult<u64> {
    let extend = sql!("UPDATE presences SET last_at = $3 WHERE device = $1 AND last_at >= $2 AND last_at <= $3");
    tx.run(extend, &[viewing.into(), since.into(), now.into()]).await
}

/// Those before one screen whose latest beat lies before `since`.
pub async fn interrupted(tx: &mut Tx<'_>, viewing: ViewingId, since: Timestamp) -> DbResult<Vec<ApplicationId>> {
    let list = sql!(
        "SELECT v.application FROM viewers v WHERE v.viewing = $1 AND NOT EXISTS (
             SELECT 1 FROM presences p WHERE p.application = v.application AND p.device = $1 AND p.last_at >= $2)
         ORDER BY v.application LIMIT 1000"
    );
    tx.all(list, &[viewing.into(), since.into()]).await
}

/// Every stretch of everybody of a session, each person's in order of time.
pub async fn stretches(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<Stretch>> {
    let list = sql!(
        "SELECT p.application, p.kind = 'group', p.began_at, p.last_at
         FROM presences p JOIN applications a ON a.id = p.application WHERE a.session = $1
         ORDER BY p.application, p.began_at, p.id LIMIT 1000000"
    );
    tx.all(list, &[session.into()]).await
}
