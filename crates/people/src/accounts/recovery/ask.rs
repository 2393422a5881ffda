use access::{AccountId, Label};
use db::{DbResult, Tx};
use journal::{Entry, Mail, Priority};
use kernel::{EmailAddress, Lang, Timestamp};

use super::life::{Outcome, Recovery, RecoveryId, State};
use super::need::{Need, is_still_met};
use super::{link, store};
use crate::accounts::tries::Counter;
use crate::accounts::{Next, mail_link};

journal::kinds! {
    /// The mail that says that a way back was asked for.
    pub(super) Mail ASKED = "accounts.recovery_asked";
    /// The mail that says that it was approved, and until when it is held.
    pub(super) Mail HELD = "accounts.recovery_held";
}

/// Begins the way back of whoever reads mail at this address, or tells them how it stands. Says nothing about whether anybody does:
/// whatever is to be said is said in a mail. Asking too often sends nothing (rules 28, 29).
pub(super) async fn ask(tx: &mut Tx<'_>, email: &EmailAddress, lang: Lang, counter: &Counter, now: Timestamp) -> DbResult<()> {
    if counter.begin(tx, now).await?.is_err() {
        return Ok(());
    }
    let account = crate::accounts::by_email(tx, email).await?.map(|account| account.id);
    let role_holder = match account {
        Some(account) => Need::of(&store::reaches_of(tx, account).await?).map(|_| account),
        None => None,
    };
    match role_holder {
        Some(account) => begin(tx, account, lang, now).await.map(|_| ()),
        // A learner needs nothing but the link that signs in.
        None => mail_link::send(tx, email, &Next::of(""), lang, now).await,
    }
}

/// Begins the way back of somebody who holds a role; if it has begun, goes on from where it stands.
async fn begin(tx: &mut Tx<'_>, account: AccountId, lang: Lang, now: Timestamp) -> DbResult<Option<RecoveryId>> {
    if let Some(before) = store::open_of(tx, account).await?
        && let Some(mut before) = store::lock(tx, before.id).await?
    {
        match before.state(now) {
            State::Asked => return tell(tx, &before, ASKED, now).await.map(|()| Some(before.id)),
            State::Held => return tell(tx, &before, HELD, now).await.map(|()| Some(before.id)),
            State::Ready | State::Opened if is_still_met(tx, before.id, account, before.approved_at).await? => {
                link::send(tx, &mut before, now).await?;
                return Ok(Some(before.id));
            }
            // Nobody used it in time, or the person's roles are others by now: it begins anew.
            State::Ready | State::Opened | State::Over(_) => {
                if before.close(Outcome::Lapsed, now).is_ok() {
                    store::save(tx, &before).await?;
                }
            }
        }
    }
    let Some(id) = store::add(tx, account, lang, now).await? else { return Ok(None) };
    journal::record(tx, &Entry::by(&Label::Visitor.to_string()).did("recovery.asked").on("account", account), now).await?;
    if let Some(recovery) = store::find(tx, id).await? {
        tell(tx, &recovery, ASKED, now).await?;
    }
    Ok(Some(id))
}

/// Tells the owner of the mailbox.
pub(super) async fn tell(tx: &mut Tx<'_>, recovery: &Recovery, kind: &'static str, now: Timestamp) -> DbResult<()> {
    let mail = Mail::of(kind, recovery.id, recovery.lang).priority(Priority::Awaited).expires(recovery.ends_at());
    journal::mail(tx, mail, now).await?;
    Ok(())
}

/// Begins the way back of an account without its owner's asking: for the demo, which shows one that waits.
pub async fn ask_for_demo(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> DbResult<Option<RecoveryId>> {
    begin(tx, account, Lang::Ja, now).await
}
