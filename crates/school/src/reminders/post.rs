//! Putting what people are to be told into mails: everything for one person and one morning goes into one.

use db::{DbResult, Tx};
use journal::{Mail, MailId, Priority, mail_all_as};
use kernel::Timestamp;
use people::persons::PersonId;
use serde::{Deserialize, Serialize};

use super::rule::{Due, Given, Rule};
use super::store::{self, Waiting};
use super::why::KIND;
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

journal::kinds! {
    /// The job that puts what is due into mails.
    pub(crate) Job POST = "reminders.post";
}

/// How many go into mails in one transaction.
const BATCH: i64 = 400;

/// One of the things that a mail tells, as the outbox keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// To whom.
    pub application: ApplicationId,
    /// Of which session: the application may have moved since.
    pub session: SessionId,
    /// By which rule.
    pub rule: Rule,
}

impl From<&Waiting> for Part {
    fn from(one: &Waiting) -> Self {
        Self { application: one.application, session: one.session, rule: one.rule }
    }
}

/// Puts some of what is due into mails; false once there is nothing more.
pub async fn some(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<bool> {
    let mut found = store::waiting(tx, BATCH, now).await?;
    if found.is_empty() {
        return Ok(false);
    }
    let is_full = i64::try_from(found.len()).is_ok_and(|count| count == BATCH);
    if is_full {
        // The last person may have more: they come with the next ones, unless they are the only one.
        let last = found.last().map(|one| one.person);
        if found.first().map(|one| one.person) != last {
            found.retain(|one| Some(one.person) != last);
        }
    }
    let mut groups: Vec<(PersonId, MailId)> = Vec::new();
    let mut these = Vec::with_capacity(found.len());
    for one in found {
        if groups.last().is_none_or(|(person, _)| *person != one.person) {
            groups.push((one.person, MailId::new(now)));
        }
        if let Some((_, mail)) = groups.last() {
            these.push((*mail, one));
        }
    }
    put(tx, &these, |mail| mail.priority(Priority::Bulk), now).await?;
    Ok(true)
}

/// Mails of their own for those just noted down: what leads into a meeting waits for nothing else.
pub async fn at_once(tx: &mut Tx<'_>, session: SessionId, given: &Given, due: Due, limit: i64, now: Timestamp) -> DbResult<()> {
    let found = store::waiting_of(tx, session, given.rule, given.edition(due), limit).await?;
    let these: Vec<_> = found.into_iter().map(|one| (MailId::new(now), one)).collect();
    put(tx, &these, |mail| mail.expires(due.useless), now).await
}

async fn put(tx: &mut Tx<'_>, these: &[(MailId, Waiting)], stamp: impl Fn(Mail) -> Mail, now: Timestamp) -> DbResult<()> {
    let parts: Vec<i64> = these
        .chunk_by(|one, other| one.0 == other.0)
        .flat_map(|group| std::iter::repeat_n(i64::try_from(group.len()).unwrap_or(i64::MAX), group.len()))
        .collect();
    let taken = store::put_into(tx, these, &parts).await?;
    let mails = taken.chunk_by(|one, other| one.0 == other.0).filter_map(|group| {
        let (id, first) = group.first()?;
        let parts: Vec<Part> = group.iter().map(|(_, one)| Part::from(one)).collect();
        Some((*id, stamp(Mail::of(KIND, first.application, first.lang).with("parts", parts))))
    });
    let mails: Vec<_> = mails.collect();
    mail_all_as(tx, &mails, now).await
}
