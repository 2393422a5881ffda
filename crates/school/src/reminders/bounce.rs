//! Mail that came back: noted with the mail, and with the address if it will never do.

use db::{DbResult, Tx};
use journal::delivery::Bounce;
use journal::{Entry, outbox};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::store;
use super::why::BOUNCE;

/// What was made of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Noted {
    /// The mail is marked; so is the address if `hard`.
    Bounced {
        /// Whether the address will never do.
        hard: bool,
    },
    /// It is merely late.
    Late,
    /// No mail that was sent.
    Unknown,
}

/// Notes that a mail came back. Doing it twice changes nothing.
pub async fn note(tx: &mut Tx<'_>, bounce: &Bounce, by: &str, now: Timestamp) -> DbResult<Noted> {
    if !bounce.failed {
        return Ok(Noted::Late);
    }
    let class = format!("{BOUNCE}{}", bounce.status);
    if !outbox::bounced(tx, bounce.mail, &class, now).await? {
        return Ok(Noted::Unknown);
    }
    let hard = bounce.is_hard();
    // Our own address for the person counts, not the one in the notification, which may have been forwarded to.
    if let Some(email) = store::address_of(tx, bounce.mail).await?.filter(|_| hard) {
        store::note_returned(tx, &email, &bounce.status, now).await?;
    }
    let entry = Entry::by(by).did("mails.bounced").on("mail", bounce.mail).with(serde_json::json!({ "status": bounce.status }));
    journal::record(tx, &entry, now).await?;
    Ok(Noted::Bounced { hard })
}
