use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use xapi::Statement;

use super::experience::{Experience, voiding};
use super::store::{self, Living};
use crate::own::keep_own;

/// Keeps something that happened once for all, under an id of its own: a test that was handed in, a course that was completed. A
/// second time it is there already.
pub async fn keep(tx: &mut Tx<'_>, base_url: &str, id: Uuid, experience: &Experience, now: Timestamp) -> DbResult<()> {
    if store::is_kept(tx, id).await? {
        return Ok(());
    }
    keep_own(tx, base_url, vec![experience.statement(id, base_url)?], now).await
}

/// Has the portal say what is true of each of these registrations now: something, or nothing any more. What it said otherwise before
/// is voided; what it says already stays as it is, and so does what anybody else says.
pub async fn settle(tx: &mut Tx<'_>, base_url: &str, of: &[(Uuid, Option<Experience>)], now: Timestamp) -> DbResult<()> {
    // Whoever settles waits here for whoever did before, so that of two at the same moment the second sees what the first has said.
    store::wait_for_the_room(tx, now).await?;
    let said = store::living(tx, of.iter().map(|(registration, _)| *registration)).await?;
    let mut new = Vec::new();
    for (registration, experience) in of {
        new.extend(differing(said.get(registration), experience.as_ref(), base_url, now)?);
    }
    keep_own(tx, base_url, new, now).await
}

/// What has to be said so that the store says this, and nothing else.
fn differing(said: Option<&Vec<Living>>, experience: Option<&Experience>, base_url: &str, now: Timestamp) -> DbResult<Vec<Statement>> {
    let said = said.map_or(&[][..], Vec::as_slice);
    let mut stays = None;
    if let Some(experience) = experience {
        for living in said {
            if living.statement.same_as(&experience.statement(living.id, base_url)?) {
                stays = Some(living.id);
            }
        }
    }
    let mut new = Vec::new();
    for living in said.iter().filter(|living| Some(living.id) != stays) {
        new.push(voiding(now.uuid(), living.id, base_url, now)?);
    }
    if let (Some(experience), None) = (experience, stays) {
        new.push(experience.statement(now.uuid(), base_url)?);
    }
    Ok(new)
}
