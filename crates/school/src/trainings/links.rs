//! Mailing an address all its links.

use db::{DbResult, Tx};
use journal::Mail;
use kernel::{EmailAddress, Lang, Timestamp};
use people::persons;

/// Mails an address the links of every application under it, for all names that share it. An unknown address gets nothing, and nobody is told.
pub async fn send_links(tx: &mut Tx<'_>, email: &EmailAddress, lang: Lang, now: Timestamp) -> DbResult<()> {
    if let Some(first) = persons::by_email(tx, email.as_str()).await?.first() {
        journal::mail(tx, Mail::of("trainings.links", first.id, lang), now).await?;
    }
    Ok(())
}
