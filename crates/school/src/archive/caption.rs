//! Putting captions under a film.

use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

use super::captions::Captions;
use super::store;
use crate::trainings::session::SessionId;

/// What stands below the film.
#[derive(Clone, Debug)]
pub enum Below {
    /// What is said in it.
    Captions(Captions),
    /// Nothing, for a reason.
    Nothing(String),
}

/// Puts captions under a film, or says why it goes without.
pub async fn caption(tx: &mut Tx<'_>, session: SessionId, below: &Below, by: &str, now: Timestamp) -> DbResult<()> {
    let recording = store::ensure_recording(tx, session, now).await?;
    let (captions, without) = match below {
        Below::Captions(captions) => (captions.vtt(), ""),
        Below::Nothing(why) => (String::new(), why.as_str()),
    };
    store::put_captions(tx, recording.id, &captions, without).await?;
    journal::record(tx, &Entry::by(by).did("archive.captions_changed").on("session", session).because(without), now).await?;
    tx.public_changed().await
}
