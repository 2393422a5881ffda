use access::{AccountId, Label};
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::life::{Outcome, Recovery, RecoveryId, State};
use super::store;

journal::kinds! {
    /// The mail that says how it ended.
    pub(super) Mail OVER = "accounts.recovery_over";
}

/// What keys the text of the link is made with that stops it.
pub(super) const PURPOSE: &str = "recovery-cancel";

/// There is nothing to stop any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NotCancelled;

/// Stops it, for the owner of the mailbox. What was registered before stays as it is.
pub(super) async fn cancel(tx: &mut Tx<'_>, id: RecoveryId, now: Timestamp) -> DbResult<Result<(), NotCancelled>> {
    let Some(mut recovery) = store::lock(tx, id).await? else { return Ok(Err(NotCancelled)) };
    if recovery.close(Outcome::Cancelled, now).is_err() {
        return Ok(Err(NotCancelled));
    }
    let opened = recovery.sign_in;
    store::save(tx, &recovery).await?;
    let entry = Entry::by(&Label::Visitor.to_string()).did("recovery.cancelled").on("account", recovery.account);
    journal::record(tx, &entry.with(serde_json::json!({ "recovery": id, "was_opened": opened.is_some() })), now).await?;
    shut(tx, &recovery, now).await?;
    Ok(Ok(()))
}

/// What follows when it was ended before its time: the sign-in of the link ends, and the owner of the mailbox is told.
pub(super) async fn shut(tx: &mut Tx<'_>, recovery: &Recovery, now: Timestamp) -> DbResult<()> {
    if let Some(sign_in) = recovery.sign_in {
        access::end(tx, recovery.account, sign_in, now).await?;
    }
    let outcome = recovery.outcome.map_or("", Outcome::id);
    let mail = Mail::of(OVER, recovery.id, recovery.lang).with("outcome", outcome).with("at", now.as_micros());
    journal::mail(tx, mail, now).await?;
    Ok(())
}

/// The way back that is under way for this account, for the note on its own pages.
pub(in crate::accounts) async fn running_for(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> DbResult<Option<RecoveryId>> {
    let running = store::open_of(tx, account).await?.filter(|recovery| !matches!(recovery.state(now), State::Over(_)));
    Ok(running.map(|recovery| recovery.id))
}
