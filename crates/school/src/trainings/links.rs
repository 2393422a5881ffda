//! The personal links of applications, and mailing an address all of them.

use db::{DbResult, Tx};
use journal::Mail;
use kernel::{EmailAddress, Lang, Timestamp};
use people::accounts::Asks;
use people::persons;
use web::{Keys, Proof};

use super::application::ApplicationId;

journal::kinds! {
    /// The mail with the links of all applications of an address.
    pub(super) Mail LINKS = "trainings.links";
}

/// What mails that somebody asks for here are counted as.
pub(crate) const ASKS: &str = "links";

/// The path of an application's link as a mail to the person's own address has it: whoever opens it has proved that they read there.
pub(crate) fn mailed(keys: &Keys, id: ApplicationId, generation: i64) -> String {
    shown(keys, id, generation, Proof::Mailed)
}

/// The same as a page has it: it proves no more than whoever sees that page has proved themselves.
pub(crate) fn shown(keys: &Keys, id: ApplicationId, generation: i64, proof: Proof) -> String {
    format!("/a/{}", keys.application_token(id.uuid(), generation, proof))
}

/// Mails an address the links of every application under it, for all names that share it. An unknown address gets nothing, and nobody
/// is told. Asking too often sends nothing either: the mail that went has everything that another would have.
pub async fn send_links(tx: &mut Tx<'_>, email: &EmailAddress, lang: Lang, asks: Asks, now: Timestamp) -> DbResult<()> {
    if !asks.may_mail(tx, now).await? {
        return Ok(());
    }
    if let Some(first) = persons::by_email(tx, email.as_str()).await?.first() {
        journal::mail(tx, Mail::of(LINKS, first.id, lang), now).await?;
    }
    Ok(())
}
