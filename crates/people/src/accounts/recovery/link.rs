use access::{Label, SignInId, Strength};
use db::{DbResult, Tx};
use journal::{Entry, Mail, Priority};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use web::Keys;

use super::life::{Recovery, RecoveryId};
use super::need::is_still_met;
use super::store;
use crate::accounts::credentials::Me;
use crate::accounts::tries::Counter;
use crate::accounts::{Browser, sign_in};

journal::kinds! {
    /// The mail with the link.
    pub(super) Mail LINK = "accounts.recovery_link";
}

/// What keys the text of the link is made with.
pub(super) const PURPOSE: &str = "recovery-link";

/// What the counters of tries are called.
pub(super) const TRIES: &str = "recovery";

/// The link opens nothing: it was used, its time is over, or the way back was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NotOpened;

/// Makes a link and sends it. Nothing if it does not stand so.
pub(super) async fn send(tx: &mut Tx<'_>, recovery: &mut Recovery, now: Timestamp) -> DbResult<()> {
    let shown = recovery.sign_in;
    if recovery.make_link(now).is_err() {
        return Ok(());
    }
    store::save(tx, recovery).await?;
    if let Some(earlier) = shown {
        access::end(tx, recovery.account, earlier, now).await?;
    }
    let mail = Mail::of(LINK, recovery.id, recovery.lang).with("generation", recovery.generation);
    let ends_at = recovery.link_ends_at.unwrap_or(now);
    journal::mail(tx, mail.priority(Priority::Awaited).expires(ends_at), now).await?;
    Ok(())
}

/// What the link is made of.
pub(super) fn token(keys: &Keys, recovery: &Recovery, generation: i64) -> String {
    keys.sign(PURPOSE, &format!("{}_{generation}", recovery.id))
}

/// What a link says, if it is one of ours.
pub(super) fn read(keys: &Keys, token: &str) -> Option<(RecoveryId, i64)> {
    let (id, generation) = keys.verify(PURPOSE, token)?.split_once('_')?;
    Some((id.parse().ok()?, generation.parse().ok()?))
}

/// Uses the link up: opens a learner's sign-in, which may register the new way.
pub(super) async fn open(
    tx: &mut Tx<'_>,
    (id, generation): (RecoveryId, i64),
    keys: &Keys,
    browser: &Browser,
    earlier: Option<Me>,
    now: Timestamp,
) -> DbResult<Result<SignInId, NotOpened>> {
    let Some(mut recovery) = store::lock(tx, id).await? else { return Ok(Err(NotOpened)) };
    if !recovery.opens(generation, now) || !is_still_met(tx, id, recovery.account, recovery.approved_at).await? {
        return Ok(Err(NotOpened));
    }
    Counter::of(keys, TRIES, &recovery.email, browser).succeeded(tx, now).await?;
    let opened = sign_in::open(tx, recovery.account, Strength::MailLink, browser, earlier, now).await?;
    if recovery.use_link(generation, opened, now).is_err() {
        return tx.refuse(Err(NotOpened));
    }
    store::save(tx, &recovery).await?;
    let entry = Entry::by(&Label::Account(recovery.account).to_string()).did("recovery.opened").on("account", recovery.account);
    journal::record(tx, &entry.with(serde_json::json!({ "recovery": id })), now).await?;
    Ok(Ok(opened))
}
