//! Reckoning how long people were there, whenever something is known that was not known before.

use db::{DbResult, Tx};
use std::collections::BTreeMap;

use super::rule::Held;
use super::store;
use crate::trainings::application::ApplicationId;
use crate::trainings::session::Session;

/// Reckons everybody of a session, and writes what has changed.
pub async fn reckon_all(tx: &mut Tx<'_>, session: &Session) -> DbResult<()> {
    let Some(held) = Held::of(session) else { return Ok(()) };
    let noted: BTreeMap<ApplicationId, i64> = store::noted_seconds(tx, session.id).await?.into_iter().collect();
    let mut now: BTreeMap<ApplicationId, i64> = noted.keys().map(|application| (*application, 0)).collect();
    for (application, presence) in store::presences(tx, session.id).await? {
        now.insert(application, presence.seconds(held));
    }
    now.retain(|application, seconds| noted.get(application) != Some(seconds));
    let changed: Vec<(ApplicationId, i64)> = now.into_iter().collect();
    store::put_seconds(tx, session.id, &changed).await
}

/// Reckons one applicant.
pub async fn reckon(tx: &mut Tx<'_>, session: &Session, application: ApplicationId) -> DbResult<()> {
    let Some(held) = Held::of(session) else { return Ok(()) };
    let seconds = store::presence(tx, application).await?.seconds(held);
    store::put_seconds(tx, session.id, &[(application, seconds)]).await
}
