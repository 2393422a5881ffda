//! 参加先を切り替える: the meeting has failed, and everybody is to find the other one within a minute.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::meeting::{Meeting, Moment, Provider};
use super::store;
use crate::office::sessions::tell::{News, tell};
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

/// The other meeting.
#[derive(Clone, Debug)]
pub struct Other {
    /// Whose it is.
    pub provider: Provider,
    /// Its link.
    pub link: String,
    /// Number and passcode.
    pub entry: String,
    /// The telephone number into it.
    pub dial_in: String,
}

/// Why nothing was switched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotSwitched {
    /// There is no such session.
    Unknown,
    /// It is called off, or over.
    Over,
    /// It is the link that holds already.
    Same,
}

/// Puts another meeting in place of the one that was: pages that are open show it with their next beat, and whoever holds a seat
/// is told by mail. Says to how many.
pub async fn switch(tx: &mut Tx<'_>, id: SessionId, other: &Other, by: &str, now: Timestamp) -> DbResult<Result<i64, NotSwitched>> {
    let Some(session) = trainings::lock(tx, id).await? else { return Ok(Err(NotSwitched::Unknown)) };
    let was = store::meeting(tx, id).await?;
    if matches!(was.moment(&session, now), Moment::CalledOff | Moment::Over) {
        return Ok(Err(NotSwitched::Over));
    }
    if was.link == other.link && was.entry == other.entry {
        return Ok(Err(NotSwitched::Same));
    }
    let becomes = Meeting {
        provider: other.provider,
        link: other.link.clone(),
        entry: other.entry.clone(),
        dial_in: other.dial_in.clone(),
        switched_at: Some(now),
        ..was
    };
    store::put_meeting(tx, &becomes).await?;
    let told = store::count_seats(tx, id).await?;
    tell(tx, id, News::Switched, now).await?;
    let facts = json!({ "told": told, "provider": other.provider.id() });
    journal::record(tx, &Entry::by(by).did("lobby.switched").on("session", id).with(facts), now).await?;
    tx.public_changed().await?;
    Ok(Ok(told))
}
