use db::{DbResult, Engine, Tx, sql};
use journal::MailId;
use kernel::{Lang, Timestamp, Uuid};
use people::persons::PersonId;
use serde_json::json;

use crate::reminders::rule::Rule;
use crate::trainings::application::ApplicationId;
use crate::trainings::programme::Audience;
use crate::trainings::session::SessionId;

db::row! {
    /// What somebody is to be told, and is in no mail yet.
    #[derive(Clone, Copy, Debug)]
    pub struct Waiting {
        pub application: ApplicationId,
        pub session: SessionId,
        pub rule: Rule,
        pub edition: i64,
        pub person: PersonId,
        pub lang: Lang,
    }
}

db::row! {
    /// What is known of one rule's mail to one application: noted down, in a mail, sent, or come back.
    #[derive(Clone, Debug)]
    pub struct Told {
        pub session: SessionId,
        pub rule: Rule,
        pub due_at: Timestamp,
        pub mail: Option<Uuid>,
        pub parts: i64,
        /// Nothing once the outbox has forgotten the mail.
        pub queued_at: Option<Timestamp>,
        pub sent_at: Option<Timestamp>,
        pub failed_at: Option<Timestamp>,
        pub dropped_at: Option<Timestamp>,
        pub bounced_at: Option<Timestamp>,
        pub last_error: Option<String>,
    }
}

db::row! {
    /// How far a rule's mails of a session have gone.
    #[derive(Clone, Debug)]
    pub struct Gone {
        pub rule: Rule,
        pub edition: i64,
        pub noted: i64,
        pub sent: i64,
        pub undelivered: i64,
    }
}

/// What is due and in no mail yet, all for one person together.
pub async fn waiting(tx: &mut Tx<'_>, limit: i64, now: Timestamp) -> DbResult<Vec<Waiting>> {
    let list = sql!(
        "SELECT r.application, r.session, r.rule, r.edition, r.person, a.lang FROM reminders r JOIN applications a ON a.id = r.application
         WHERE r.mail IS NULL AND r.due_at <= $1 ORDER BY r.person, r.due_at, r.application, r.rule LIMIT $2"
    );
    tx.all(list, &[now.into(), limit.into()]).await
}

/// Those that were just noted down, for a mail that does not wait for others.
pub async fn waiting_of(tx: &mut Tx<'_>, session: SessionId, rule: Rule, edition: i64, limit: i64) -> DbResult<Vec<Waiting>> {
    let list = sql!(
        "SELECT r.application, r.session, r.rule, r.edition, r.person, a.lang FROM reminders r JOIN applications a ON a.id = r.application
         WHERE r.session = $1 AND r.rule = $2 AND r.edition = $3 AND r.mail IS NULL ORDER BY r.application LIMIT $4"
    );
    tx.all(list, &[session.into(), rule.into(), edition.into(), limit.into()]).await
}

/// Puts what waits into the mails that are to be, and gives back what was still in none: somebody else may have been faster.
pub async fn put_into(tx: &mut Tx<'_>, these: &[(MailId, Waiting)], parts: &[i64]) -> DbResult<Vec<(MailId, Waiting)>> {
    let mut taken = Vec::with_capacity(these.len());
    if tx.engine() == Engine::Postgres {
        let put = sql!(postgres
            "UPDATE reminders SET mail = n.mail, parts = n.parts
             FROM jsonb_to_recordset($1) AS n (at bigint, application uuid, session uuid, rule text, edition bigint, mail uuid, parts bigint)
             WHERE reminders.application = n.application AND reminders.session = n.session AND reminders.rule = n.rule
                 AND reminders.edition = n.edition AND reminders.mail IS NULL
             RETURNING n.at"
        );
        let rows = these.iter().zip(parts).enumerate().map(|(at, ((mail, one), parts))| {
            json!({
                "at": at, "application": one.application, "session": one.session, "rule": one.rule.id(), "edition": one.edition,
                "mail": mail, "parts": parts,
            })
        });
        let rows: serde_json::Value = rows.collect();
        let mut at: Vec<i64> = tx.all(put, &[rows.into()]).await?;
        at.sort_unstable();
        taken.extend(at.into_iter().filter_map(|at| these.get(usize::try_from(at).ok()?).copied()));
        return Ok(taken);
    }
    let put = sql!(
        "UPDATE reminders SET mail = $5, parts = $6
         WHERE application = $1 AND session = $2 AND rule = $3 AND edition = $4 AND mail IS NULL"
    );
    for ((mail, one), parts) in these.iter().zip(parts) {
        let args = [one.application.into(), one.session.into(), one.rule.into(), one.edition.into(), (*mail).into(), (*parts).into()];
        if tx.run(put, &args).await? == 1 {
            taken.push((*mail, *one));
        }
    }
    Ok(taken)
}

/// What an application was told by rules, in order.
pub async fn told(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Vec<Told>> {
    let list = sql!(
        "SELECT r.session, r.rule, r.due_at, r.mail, r.parts, o.created_at, o.sent_at, o.failed_at, o.dropped_at, o.bounced_at, o.last_error
         FROM reminders r LEFT JOIN outbox o ON o.id = r.mail WHERE r.application = $1 ORDER BY r.due_at, r.rule LIMIT 100"
    );
    tx.all(list, &[application.into()]).await
}

/// How far the mails of a session have gone, rule by rule.
pub async fn gone(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<Gone>> {
    let count = sql!(
        "SELECT r.rule, r.edition, COUNT(*), COUNT(o.sent_at),
             COUNT(CASE WHEN o.failed_at IS NOT NULL OR o.bounced_at IS NOT NULL THEN 1 END)
         FROM reminders r LEFT JOIN outbox o ON o.id = r.mail WHERE r.session = $1 GROUP BY r.rule, r.edition"
    );
    tx.all(count, &[session.into()]).await
}

/// How many wait to be told that applications for a course have opened.
pub async fn count_to_tell_opening(tx: &mut Tx<'_>, audience: Audience, opens: Timestamp) -> DbResult<i64> {
    let count = sql!(
        "SELECT COUNT(*) FROM interests WHERE kind = 'opening' AND audience = $1 AND ended_at IS NULL AND (told_at IS NULL OR told_at < $2)"
    );
    tx.one(count, &[audience.slug().into(), opens.into()]).await
}
