use access::{AccountId, Label, NewSignIn, SignInId, Strength};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use std::cmp::Ordering;

use super::credentials::Me;
use super::{Browser, store};

/// Opens a sign-in of the account in this browser. The one that was there before ends, whoever's it was.
pub(super) async fn open(
    tx: &mut Tx<'_>,
    account: AccountId,
    strength: Strength,
    browser: &Browser,
    earlier: Option<Me>,
    now: Timestamp,
) -> DbResult<SignInId> {
    if let Some(earlier) = earlier {
        access::end(tx, earlier.account, earlier.sign_in, now).await?;
    }
    let new = NewSignIn { account, strength, secret: &browser.secret, device: &browser.name, network: &browser.network };
    let id = access::open(tx, &new, now).await?;
    if strength == Strength::Passphrase {
        // It opens no role, but it may be the strongest proof that this account has, and it is fresh.
        access::step_up(tx, id, strength, &browser.secret, now).await?;
    }
    store::remember_device(tx, account, browser.fingerprint(), now).await?;
    let entry = Entry::by(&Label::Account(account).to_string()).did("accounts.signed_in").on("sign_in", id);
    journal::record(tx, &entry.with(serde_json::json!({ "strength": strength })), now).await?;
    Ok(id)
}

/// Notes what the person has just proved: the sign-in gets a new secret, which the browser must be given, and its proof is fresh.
///
/// A stronger proof than before opens a new sign-in, since its limits are stricter; a weaker one changes nothing and gives `None`.
pub(super) async fn prove(tx: &mut Tx<'_>, me: Me, proved: Strength, browser: &Browser, now: Timestamp) -> DbResult<Option<SignInId>> {
    let id = match proved.cmp(&me.strength) {
        Ordering::Less => return Ok(None),
        Ordering::Equal => me.sign_in,
        Ordering::Greater => open(tx, me.account, proved, browser, Some(me), now).await?,
    };
    access::step_up(tx, id, proved, &browser.secret, now).await?;
    Ok(Some(id))
}
