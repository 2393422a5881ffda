use db::{DbResult, Lane, Tx};
use journal::Workshop;
use kernel::{FiscalYear, Span, Timestamp, Uuid};
use school::certificates::{self, Attended, Way};
use school::trainings::application::ApplicationId;
use school::trainings::session::Session;
use school::trainings::store;
use web::Portal;

use crate::failure::Failure;
use crate::program;

/// People of the latest session that is over who have attended it: enough to look at, few enough to start quickly.
const ATTENDED: i64 = 3;

/// Gives those who attended the latest session of this year their certificates, the day after it.
pub(super) async fn issue(portal: &Portal) -> Result<(), Failure> {
    let now = portal.now();
    portal.db.write(Lane::Staff, None, async move |tx, _| give(tx, now).await).await?;
    Workshop::new(portal.db.clone(), program::handlers(portal)).run_due(now).await?;
    Ok(())
}

async fn give(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let Some(programme) = store::programme(tx, FiscalYear::of(now.day())).await? else { return Ok(()) };
    let mut over: Vec<Session> = store::sessions(tx, programme.id).await?;
    over.retain(|session| session.taken > 0 && session.ends_at.is_some_and(|ends| ends.plus(Span::days(1)) < now));
    let Some(session) = over.into_iter().max_by_key(|session| session.ends_at) else { return Ok(()) };
    let (Some(starts), Some(ends)) = (session.starts_at, session.ends_at) else { return Ok(()) };
    let of = ends.since(starts).as_micros() / 60_000_000;
    for (late, who) in (1..).zip(store::addressees(tx, session.id, ApplicationId::from_uuid(Uuid::nil()), ATTENDED).await?) {
        let attended = Attended { way: Way::Live { minutes: of - late, of }, day: ends.day(), keyword: true, check: None, seen: None };
        // Who waits for a seat has not attended.
        let _ = certificates::issue(tx, who.id, &attended, journal::audit::SYSTEM, ends.plus(Span::days(1))).await?;
    }
    Ok(())
}
