use access::{Label, Strength};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;

use super::credentials::Me;
use super::{Browser, sign_in, store};

/// Notes that the person has proved the strongest thing the account has. False if this was not it: then nothing has changed.
pub(super) async fn step_up(tx: &mut Tx<'_>, me: Me, proved: Strength, browser: &Browser, now: Timestamp) -> DbResult<bool> {
    let strongest = store::credentials(tx, me.account).await?.strongest();
    if strongest.is_none_or(|strongest| proved < strongest) || sign_in::prove(tx, me, proved, browser, now).await?.is_none() {
        return Ok(false);
    }
    let entry = Entry::by(&Label::Account(me.account).to_string()).did("accounts.stepped_up").on("account", me.account);
    journal::record(tx, &entry, now).await?;
    Ok(true)
}
