//! Writing to whoever has not finished: first everybody is noted down by the key of the table, then the mails are queued, in one
//! transaction. Doing it twice, or stopping in the middle, writes to nobody twice.

use db::{DbResult, Tx};
use journal::{Mail, MailId, Priority, mail_all_as};
use kernel::{Span, Timestamp};
use web::{load_settings, mail_hours};

use super::assignment::AssignmentId;
use super::mail::KIND;
use super::store::{self, Noted};

/// How many are noted down at each moment in one transaction.
const BATCH: i64 = 400;

/// When somebody is written to about a last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A week before.
    Week,
    /// On the day before.
    Day,
    /// On the day after.
    Over,
    /// A week after.
    Later,
}

impl Moment {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Week, Self::Day, Self::Over, Self::Later];

    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Day => "day",
            Self::Over => "over",
            Self::Later => "later",
        }
    }

    /// From when until when, counted from the midnight with which the last day ends, it is worth a mail.
    pub const fn span(self) -> (Span, Span) {
        match self {
            Self::Week => (Span::days(-8), Span::days(-2)),
            Self::Day => (Span::days(-2), Span::ZERO),
            Self::Over => (Span::ZERO, Span::days(7)),
            Self::Later => (Span::days(7), Span::days(30)),
        }
    }
}

/// Queues the mails for some of those whose moment has come; false once there is nobody more, or outside the hours of mails.
pub async fn some(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<bool> {
    let minutes = now.since(Timestamp::in_japan(now.day(), 0, 0)).as_minutes();
    if !mail_hours(&load_settings(tx).await?).contains(&minutes) {
        return Ok(false);
    }
    let run = MailId::new(now).to_string();
    let mut noted = store::note_assigned(tx, &run, BATCH, now).await?;
    for moment in Moment::ALL {
        noted += store::note_due(tx, moment, &run, BATCH, now).await?;
    }
    if noted == 0 {
        return Ok(false);
    }
    let people = store::noted(tx, &run).await?;
    let mails: Vec<(MailId, Mail)> =
        people.chunk_by(|one, other| one.email == other.email).filter_map(|together| Some((MailId::new(now), mail(together)?))).collect();
    mail_all_as(tx, &mails, now).await?;
    Ok(true)
}

/// One mail for everything that somebody is to be told now.
fn mail(together: &[Noted]) -> Option<Mail> {
    let first = together.first()?;
    let mut assignments: Vec<AssignmentId> = together.iter().map(|one| one.assignment).collect();
    assignments.dedup();
    let mail = Mail::of(KIND, first.person, first.lang.unwrap_or(kernel::Lang::Ja)).with("assignments", assignments);
    Some(mail.priority(Priority::Bulk))
}
