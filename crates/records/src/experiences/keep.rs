use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use xapi::Statement;

use super::experience::{Experience, voiding};
use super::store::{self, Living};
use crate::own::keep_own;

/// Keeps something that happened once for all, under an id of its own: a test that was handed in, a course that was completed. A
/// second time it is there already.
///
/// Such an id is no secret: the way through a course is the registration of its tests. Where another program has said something under
/// it before, the portal says it under an id that nobody foresees.
pub async fn keep(tx: &mut Tx<'_>, base_url: &str, id: Uuid, experience: &Experience, now: Timestamp) -> DbResult<()> {
    let id = match store::is_own(tx, id).await? {
        Some(true) => return Ok(()),
        Some(false) => {
            if is_said(tx, base_url, experience, now).await? {
                return Ok(());
            }
            now.uuid()
        }
        None => id,
    };
    keep_own(tx, base_url, vec![experience.statement(id, base_url)?], now).await
}

/// Whether the portal has said this, under whichever id.
async fn is_said(tx: &mut Tx<'_>, base_url: &str, experience: &Experience, now: Timestamp) -> DbResult<bool> {
    store::wait_for_the_room(tx, now).await?;
    let said = store::living(tx, std::iter::once(experience.registration)).await?;
    let said = said.get(&experience.registration).map_or(&[][..], Vec::as_slice);
    Ok(saying(said, experience, base_url)?.is_some())
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
    let stays = match experience {
        Some(experience) => saying(said, experience, base_url)?,
        None => None,
    };
    let mut new = Vec::new();
    for living in said.iter().filter(|living| Some(living.id) != stays) {
        new.push(voiding(now.uuid(), living.id, base_url, now)?);
    }
    if let (Some(experience), None) = (experience, stays) {
        new.push(experience.statement(now.uuid(), base_url)?);
    }
    Ok(new)
}

/// Which of these says this; the last, where several do.
fn saying(said: &[Living], experience: &Experience, base_url: &str) -> DbResult<Option<Uuid>> {
    let mut found = None;
    for living in said {
        if living.statement.same_as(&experience.statement(living.id, base_url)?) {
            found = Some(living.id);
        }
    }
    Ok(found)
}
