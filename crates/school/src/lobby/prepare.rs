//! Setting up the meeting of a session.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::meeting::{Meeting, Moment};
use super::store;
use crate::trainings::store as trainings;

/// Why nothing was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotPrepared {
    /// There is no such session.
    Unknown,
    /// People have come in by the link that is: a new one has to be told to everybody, by [`super::switch`].
    InUse,
    /// Somebody else changed it since the form was opened.
    Meanwhile,
}

/// Writes everything about the meeting of a session, seen at `version`.
pub async fn prepare(tx: &mut Tx<'_>, becomes: &Meeting, by: &str, now: Timestamp) -> DbResult<Result<(), NotPrepared>> {
    let Some(session) = trainings::lock(tx, becomes.session).await? else { return Ok(Err(NotPrepared::Unknown)) };
    let was = store::meeting(tx, session.id).await?;
    if was.version != becomes.version {
        return Ok(Err(NotPrepared::Meanwhile));
    }
    let is_in_use = matches!(was.moment(&session, now), Moment::Open | Moment::Running) && !was.link.is_empty();
    if is_in_use && (was.link.as_str(), was.entry.as_str()) != (becomes.link.as_str(), becomes.entry.as_str()) {
        return Ok(Err(NotPrepared::InUse));
    }
    store::put_meeting(tx, &Meeting { switched_at: was.switched_at, ..becomes.clone() }).await?;
    // The link and the keyword stay out of the trail.
    let facts = json!({
        "provider": becomes.provider.id(), "opens_minutes": becomes.opens_minutes, "link_changed": was.link != becomes.link,
        "keyword_set": !becomes.keyword.is_empty(), "questionnaire": becomes.questionnaire,
    });
    journal::record(tx, &Entry::by(by).did("lobby.prepared").on("session", session.id).with(facts), now).await?;
    tx.public_changed().await?;
    Ok(Ok(()))
}
