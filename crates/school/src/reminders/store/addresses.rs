//! What an address does not want, and whether mail came back from it.

use db::{DbResult, Tx, sql};
use journal::MailId;
use kernel::Timestamp;

use crate::reminders::rule::Rule;

/// What an address does not want.
pub async fn declined(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<Rule>> {
    tx.all(sql!("SELECT rule FROM mail_declined WHERE email = $1 ORDER BY rule LIMIT 100"), &[email.into()]).await
}

/// Notes that an address does not want a rule's mails.
pub async fn decline(tx: &mut Tx<'_>, email: &str, rule: Rule, now: Timestamp) -> DbResult<()> {
    let note = sql!("INSERT INTO mail_declined (email, rule, declined_at) VALUES ($1, $2, $3) ON CONFLICT (email, rule) DO NOTHING");
    tx.run(note, &[email.into(), rule.into(), now.into()]).await.map(|_| ())
}

/// Notes that it wants them again.
pub async fn accept(tx: &mut Tx<'_>, email: &str, rule: Rule) -> DbResult<()> {
    tx.run(sql!("DELETE FROM mail_declined WHERE email = $1 AND rule = $2"), &[email.into(), rule.into()]).await.map(|_| ())
}

db::row! {
    /// That mail to an address came back for good.
    #[derive(Clone, Debug)]
    pub struct Returned {
        pub class: String,
        pub bounced_at: Timestamp,
        pub confirmed_at: Option<Timestamp>,
    }
}

/// Whether mail to an address came back, and nobody has said since that it is right.
pub async fn returned(tx: &mut Tx<'_>, email: &str) -> DbResult<Option<Returned>> {
    let find = sql!("SELECT class, bounced_at, confirmed_at FROM mail_bounces WHERE email = $1 AND confirmed_at IS NULL");
    tx.opt(find, &[email.into()]).await
}

/// Notes that mail to an address came back for good.
pub async fn note_returned(tx: &mut Tx<'_>, email: &str, class: &str, now: Timestamp) -> DbResult<()> {
    let note = sql!(
        "INSERT INTO mail_bounces (email, class, bounced_at) VALUES ($1, $2, $3)
         ON CONFLICT (email) DO UPDATE SET class = excluded.class, bounced_at = excluded.bounced_at, confirmed_at = NULL"
    );
    tx.run(note, &[email.into(), class.into(), now.into()]).await.map(|_| ())
}

/// Notes that the address is right after all.
pub async fn confirm(tx: &mut Tx<'_>, email: &str, now: Timestamp) -> DbResult<()> {
    let note = sql!("UPDATE mail_bounces SET confirmed_at = $2 WHERE email = $1 AND confirmed_at IS NULL");
    tx.run(note, &[email.into(), now.into()]).await.map(|_| ())
}

/// The address of the person whom a mail was about.
pub async fn address_of(tx: &mut Tx<'_>, mail: MailId) -> DbResult<Option<String>> {
    let find =
        sql!("SELECT p.email FROM outbox o JOIN applications a ON a.id = o.object_id JOIN persons p ON p.id = a.person WHERE o.id = $1");
    tx.opt(find, &[mail.into()]).await
}
