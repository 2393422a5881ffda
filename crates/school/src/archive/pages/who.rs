//! Who watches: by the link of an application, or by signing in.

use db::{DbResult, Tx};
use web::{PageError, Portal, Visit};

use super::super::store::{self, Viewer};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

/// Who watches a recording.
pub enum Who {
    /// Somebody we do not know, or who did not apply.
    Anybody,
    /// Somebody for whose application what is seen is put down.
    One(Viewer),
    /// Several share the address: one has to be chosen.
    Several(Vec<Viewer>),
}

/// Finds out who watches; `wanted` is the application that was chosen where several share an address.
pub async fn who(portal: &Portal, visit: &Visit, session: SessionId, wanted: &str) -> Result<Who, PageError> {
    let held = visit.actor.application.map(|held| ApplicationId::from_uuid(held.0)).zip(visit.held_generation);
    let account = visit.actor.account();
    let wanted: Option<ApplicationId> = wanted.parse().ok();
    let found = portal.db.read(async move |tx| viewers(tx, session, held, account).await).await?;
    let chosen = found.iter().find(|viewer| Some(viewer.application) == wanted).cloned();
    let only = if found.len() == 1 { found.first().cloned() } else { None };
    Ok(match chosen.or(only) {
        Some(one) => Who::One(one),
        None if found.is_empty() => Who::Anybody,
        None => Who::Several(found),
    })
}

async fn viewers(
    tx: &mut Tx<'_>,
    session: SessionId,
    held: Option<(ApplicationId, i64)>,
    account: Option<access::AccountId>,
) -> DbResult<Vec<Viewer>> {
    let mut found = Vec::new();
    if let Some((id, generation)) = held
        && trainings::application(tx, id).await?.is_some_and(|application| application.generation == generation)
    {
        found.extend(store::viewer_like(tx, session, id).await?);
    }
    if let Some(account) = account
        && let Some(account) = people::accounts::find(tx, account).await?
    {
        for viewer in store::viewers_of_address(tx, session, account.email.as_str()).await? {
            if found.iter().all(|known| known.application != viewer.application) {
                found.push(viewer);
            }
        }
    }
    Ok(found)
}
