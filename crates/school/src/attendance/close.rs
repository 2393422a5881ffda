//! Closing attendance (締める): everybody who holds a seat is 出席, 欠席 or 確認中 from now on, and what follows from it follows.

use db::{DbResult, Tx};
use journal::outbox::Priority;
use journal::{Entry, Mail};
use kernel::{Lang, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::certify::{self, Due};
use super::changed;
use super::from_the_day::from_the_day;
use super::rule::{Held, Rule};
use super::store::{self, Known, Sheet};
use super::verdict::{Evidence, Proof, Source, Verdict};
use crate::certificates::{self, Attended, Way};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::{Session, SessionId};

journal::kinds! {
    /// The mail that says what was decided.
    pub(super) Mail DECIDED = "attendance.decided";
}

/// Why attendance was not closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotClosed {
    /// There is no such session.
    Unknown,
    /// It does not take place.
    CalledOff,
    /// Its hours are not set.
    NoHours,
    /// It has not ended.
    NotEnded,
    /// It is closed.
    Already,
}

impl NotClosed {
    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown | Self::CalledOff => "attendance-not-called-off",
            Self::NoHours => "attendance-not-hours",
            Self::NotEnded => "attendance-not-ended",
            Self::Already => "attendance-not-closed",
        }
    }
}

/// How many became, or would become, what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// 出席
    pub present: usize,
    /// 欠席
    pub absent: usize,
    /// 確認中
    pub review: usize,
    /// 受講済み（アーカイブ視聴）, which stays.
    pub archive: usize,
    /// Who is told: whoever got a verdict, or another one than before.
    pub told: usize,
    /// Of them, who is 出席 now and was not before.
    pub completed: usize,
}

/// Somebody who is 出席 now and was not before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Whose.
    pub application: ApplicationId,
    /// The language of their mails.
    pub lang: Lang,
    /// What it rests on.
    pub evidence: Evidence,
    /// Whole minutes of presence.
    pub minutes: i64,
}

/// A verdict that differs from the one before.
struct Change {
    known: Known,
    verdict: Verdict,
    evidence: Option<Evidence>,
}

/// Whether attendance can be closed now.
pub fn can_close(session: &Session, sheet: &Sheet, now: Timestamp) -> Result<Held, NotClosed> {
    match Held::of(session) {
        _ if session.cancelled_at.is_some() => Err(NotClosed::CalledOff),
        None => Err(NotClosed::NoHours),
        Some(held) if now < held.ends => Err(NotClosed::NotEnded),
        Some(_) if sheet.is_closed() => Err(NotClosed::Already),
        Some(held) => Ok(held),
    }
}

/// What closing would do.
pub fn foretell(known: &[Known], rule: Rule, held: Held) -> Tally {
    tally(known, rule, held).0
}

fn tally(known: &[Known], rule: Rule, held: Held) -> (Tally, Vec<Change>) {
    let (mut tally, mut changes) = (Tally::default(), Vec::new());
    for known in known {
        // Who has seen the recording has done what was asked, whatever was known of the day.
        if known.verdict == Some(Verdict::Archive) && known.facts.verdict(rule, held).0 != Verdict::Present {
            tally.archive += 1;
            continue;
        }
        let (verdict, evidence) = known.facts.verdict(rule, held);
        match verdict {
            Verdict::Present => tally.present += 1,
            Verdict::Absent => tally.absent += 1,
            Verdict::Review => tally.review += 1,
            Verdict::Archive => tally.archive += 1,
        }
        if (known.verdict, known.evidence) != (Some(verdict), evidence) {
            if known.verdict != Some(verdict) {
                tally.told += usize::from(verdict != Verdict::Review);
                tally.completed += usize::from(verdict == Verdict::Present);
            }
            changes.push(Change { known: *known, verdict, evidence });
        }
    }
    (tally, changes)
}

/// Closes attendance: decides about everybody, with a mail to each about whom something new was decided.
pub async fn close(tx: &mut Tx<'_>, session: SessionId, by: &str, now: Timestamp) -> DbResult<Result<Tally, NotClosed>> {
    let Some(whole) = crate::trainings::store::lock(tx, session).await? else { return Ok(Err(NotClosed::Unknown)) };
    let sheet = store::sheet(tx, session).await?;
    let held = match can_close(&whole, &sheet, now) {
        Ok(held) => held,
        Err(refusal) => return Ok(Err(refusal)),
    };
    from_the_day(tx, &whole, now).await?;
    store::put_closed(tx, session, by, now).await?;
    let known = store::known_of_all(tx, session).await?;
    let (tally, changes) = tally(&known, sheet.rule, held);
    follow(tx, session, held, &changes, by, Some(Priority::Bulk), now).await?;
    tell(tx, session, &known, now).await?;
    let detail = json!({ "present": tally.present, "absent": tally.absent, "review": tally.review, "archive": tally.archive });
    journal::record(tx, &Entry::by(by).did("attendance.closed").on("session", session).with(detail), now).await?;
    Ok(Ok(tally))
}

/// Why attendance was not opened again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotReopened {
    /// It is not closed.
    Open,
    /// No reason was given.
    NoReason,
}

/// Opens attendance again. What was decided is remembered, so that only what comes out differently is told when it is closed anew.
pub async fn reopen(tx: &mut Tx<'_>, session: SessionId, reason: &str, by: &str, now: Timestamp) -> DbResult<Result<(), NotReopened>> {
    if reason.trim().is_empty() {
        return Ok(Err(NotReopened::NoReason));
    }
    let known = crate::trainings::store::lock(tx, session).await?.is_some();
    if !known || !store::sheet(tx, session).await?.is_closed() {
        return Ok(Err(NotReopened::Open));
    }
    store::put_open(tx, session).await?;
    journal::record(tx, &Entry::by(by).did("attendance.reopened").on("session", session).because(reason), now).await?;
    Ok(Ok(()))
}

/// After closing, decides anew about these; before, nothing is decided yet. `tells` is whether a mail of its own says so.
pub(super) async fn decide_again(
    tx: &mut Tx<'_>,
    session: &Session,
    applications: &[ApplicationId],
    by: &str,
    tells: bool,
    now: Timestamp,
) -> DbResult<()> {
    let sheet = store::sheet(tx, session.id).await?;
    let Some(held) = Held::of(session).filter(|_| sheet.is_closed()) else { return Ok(()) };
    let known = store::known_of_these(tx, applications).await?;
    let (_, changes) = tally(&known, sheet.rule, held);
    follow(tx, session.id, held, &changes, by, tells.then_some(Priority::Ordinary), now).await?;
    tell(tx, session.id, &known, now).await
}

/// Has whoever keeps records ask anew about all who were decided about: minutes may have changed where the verdict did not. Of whom
/// nothing has changed, nothing is said again.
async fn tell(tx: &mut Tx<'_>, session: SessionId, known: &[Known], now: Timestamp) -> DbResult<()> {
    changed::tell(tx, session, known.iter().map(|one| one.application), now).await
}

/// Writes what was decided, and everything that follows from it.
async fn follow(
    tx: &mut Tx<'_>,
    session: SessionId,
    held: Held,
    changes: &[Change],
    by: &str,
    tells: Option<Priority>,
    now: Timestamp,
) -> DbResult<()> {
    let decided: Vec<_> = changes.iter().map(|change| (change.known.application, change.verdict, change.evidence)).collect();
    store::put_verdicts(tx, session, &decided, now).await?;
    let news = || changes.iter().filter(|change| change.known.verdict != Some(change.verdict));
    let entry = |change: &Change| {
        let detail = json!({
            "verdict": change.verdict.id(), "was": change.known.verdict.map(Verdict::id),
            "evidence": change.evidence.map(Evidence::id), "minutes": change.known.facts.minutes(),
        });
        Entry::by(by).did("attendance.decided").on("application", change.known.application).with(detail)
    };
    journal::record_all(tx, news().map(entry).collect(), now).await?;
    let completions: Vec<Completion> = news()
        .filter(|change| change.verdict == Verdict::Present)
        .map(|change| Completion {
            application: change.known.application,
            lang: change.known.lang,
            evidence: change.evidence.unwrap_or(Evidence::Hand),
            minutes: change.known.facts.minutes(),
        })
        .collect();
    completed(tx, session, held, &completions, now).await?;
    let lost: Vec<ApplicationId> =
        news().filter(|change| change.known.verdict == Some(Verdict::Present)).map(|change| change.known.application).collect();
    no_longer_completed(tx, &lost, by, now).await?;
    if let Some(priority) = tells {
        // Whoever is still looked for among the participants is told when they are found.
        let told = news().filter(|change| change.verdict != Verdict::Review);
        let mail = |change: &Change| {
            let known = &change.known;
            Mail::of(DECIDED, known.application, known.lang).with("verdict", change.verdict.id()).priority(priority)
        };
        journal::mail_all(tx, told.map(mail).collect(), now).await?;
    }
    Ok(())
}

/// What follows for everybody who is 出席 now and was not before, in the transaction that decided it: the one place from which
/// certificates of a day are issued.
pub async fn completed(tx: &mut Tx<'_>, session: SessionId, held: Held, completions: &[Completion], now: Timestamp) -> DbResult<()> {
    let entry = |completion: &Completion| {
        let detail = json!({ "evidence": completion.evidence.id(), "minutes": completion.minutes });
        Entry::by(journal::audit::SYSTEM).did("attendance.completed").on("application", completion.application).with(detail)
    };
    journal::record_all(tx, completions.iter().map(entry).collect(), now).await?;
    let gave_keyword = store::who_proved(tx, session, Proof::Keyword).await?;
    let shared_screen = store::who_stayed(tx, session, Source::Group).await?;
    let due = |completion: &Completion| {
        let way = match completion.evidence {
            Evidence::Hand => Way::Hand,
            _ if shared_screen.contains(&completion.application) => Way::Group {},
            _ => Way::Live { minutes: completion.minutes, of: held.length().as_seconds() / 60 },
        };
        let keyword = gave_keyword.contains(&completion.application);
        Due { application: completion.application, attended: Attended { way, day: held.starts.day(), keyword, check: None, seen: None } }
    };
    certify::issue(tx, session, &completions.iter().map(due).collect::<Vec<_>>(), now).await
}

/// What follows for everybody who was 出席 and is not any more: the one place from which their certificates are revoked.
pub async fn no_longer_completed(tx: &mut Tx<'_>, applications: &[ApplicationId], by: &str, now: Timestamp) -> DbResult<()> {
    let entry = |application: &ApplicationId| Entry::by(by).did("attendance.no_longer_completed").on("application", *application);
    journal::record_all(tx, applications.iter().map(entry).collect(), now).await?;
    for application in applications {
        certificates::withdraw(tx, *application, "", by, now).await?;
    }
    Ok(())
}
