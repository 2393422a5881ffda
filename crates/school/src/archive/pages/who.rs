//! Who watches: by the link of an application, or by signing in.

use db::{DbResult, Tx};
use kernel::Timestamp;
use web::{Held, PageError, Portal, Proof, Visit};

use super::super::store::{self, Viewer};
use crate::trainings::application::ApplicationId;
use crate::trainings::pages::link_is_over;
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

/// Who watches a recording.
pub enum Who {
    /// Somebody we do not know, or who did not apply.
    Anybody,
    /// Somebody whose browser holds an application for another session that was only typed. Whether that person has a record here is
    /// not said, and nothing is put down in it: anybody can type a name.
    Unproven {
        /// The address that was typed, to which the links go.
        email: String,
    },
    /// Somebody for whose application what is seen is put down.
    One(Viewer),
    /// Several share the address: one has to be chosen.
    Several(Vec<Viewer>),
}

/// Finds out who watches; `wanted` is the application that was chosen where several share an address.
pub async fn who(portal: &Portal, visit: &Visit, session: SessionId, wanted: &str) -> Result<Who, PageError> {
    let held = visit.actor.application.map(|held| ApplicationId::from_uuid(held.0)).zip(visit.held);
    let (account, now) = (visit.actor.account(), visit.now);
    let wanted: Option<ApplicationId> = wanted.parse().ok();
    let (found, unproven) = portal
        .db
        .read(async move |tx| {
            let (mut found, unproven) = match held {
                Some((application, held)) => by_link(tx, session, application, held, now).await?,
                None => (Vec::new(), None),
            };
            if let Some(account) = account {
                add_signed_in(tx, session, account, &mut found).await?;
            }
            Ok((found, unproven))
        })
        .await?;
    let chosen = found.iter().find(|viewer| Some(viewer.application) == wanted).cloned();
    let only = if found.len() == 1 { found.first().cloned() } else { None };
    Ok(match (chosen.or(only), unproven) {
        (Some(one), _) => Who::One(one),
        (None, Some(email)) if found.is_empty() => Who::Unproven { email },
        (None, _) if found.is_empty() => Who::Anybody,
        (None, _) => Who::Several(found),
    })
}

/// Who holds this application, as far as they have proved it; and their address, if they would have to prove more.
async fn by_link(
    tx: &mut Tx<'_>,
    session: SessionId,
    application: ApplicationId,
    held: Held,
    now: Timestamp,
) -> DbResult<(Vec<Viewer>, Option<String>)> {
    let whole = trainings::whole_application(tx, application).await?;
    let Some(whole) = whole.filter(|whole| whole.application.generation == held.generation && !link_is_over(whole, now)) else {
        return Ok((Vec::new(), None));
    };
    let is_elsewhere = whole.session.id != session;
    Ok(match held.proof {
        Proof::Mailed => (store::viewer_like(tx, session, application).await?.into_iter().collect(), None),
        Proof::Typed if is_elsewhere => (Vec::new(), Some(whole.person.email)),
        Proof::Typed => (store::viewer_itself(tx, session, application).await?.into_iter().collect(), None),
    })
}

/// Those who have applied with the address of an account, beside whoever was found.
async fn add_signed_in(tx: &mut Tx<'_>, session: SessionId, account: access::AccountId, found: &mut Vec<Viewer>) -> DbResult<()> {
    let Some(account) = people::accounts::find(tx, account).await? else { return Ok(()) };
    for viewer in store::viewers_of_address(tx, session, account.email.as_str()).await? {
        if found.iter().all(|known| known.application != viewer.application) {
            found.push(viewer);
        }
    }
    Ok(())
}
