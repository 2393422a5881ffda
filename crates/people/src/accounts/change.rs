use access::{Label, SignInId};
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::credentials::Me;
use super::{invitation, store};

journal::kinds! {
    /// The mail that says that something of an account has changed.
    pub(super) Mail CHANGED = "accounts.changed";
}

/// A change of what an account proves itself by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Change {
    PasskeyAdded,
    PasskeyRemoved,
    PassphraseSet,
    CodesSet,
    CodesRemoved,
    /// A new way in place of all that was lost.
    Recovered,
}

impl Change {
    /// In the audit trail, and as the end of the key of its words in the mail.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::PassphraseSet => "passphrase-set",
            Self::CodesSet => "codes-set",
            Self::CodesRemoved => "codes-removed",
            Self::Recovered => "recovered",
        }
    }
}

/// What follows from every such change: all other sign-ins end, the owner is told, and invitations that waited for it come into force.
pub(super) async fn follow_up(tx: &mut Tx<'_>, me: Me, kept: SignInId, change: Change, now: Timestamp) -> DbResult<()> {
    let ended = access::end_others(tx, me.account, Some(kept), now).await?;
    let entry = Entry::by(&Label::Account(me.account).to_string()).did("accounts.changed").on("account", me.account);
    journal::record(tx, &entry.with(serde_json::json!({ "change": change.id(), "sign_ins_ended": ended })), now).await?;
    if let Some(account) = store::find(tx, me.account).await? {
        let at = now.as_micros();
        journal::mail(tx, Mail::of(CHANGED, me.account, account.lang).with("change", change.id()).with("at", at), now).await?;
    }
    invitation::finish(tx, me.account, now).await?;
    Ok(())
}
