//! An alarm rings the first on duty, then the next too, then the leads, and does not stop before somebody says 「受けました」.

use db::{DbResult, Tx};
use journal::{Entry, Job, JobError, JobItem, Mail, Priority};
use kernel::{Span, Timestamp};
use serde_json::json;

use super::call;
use super::store::{self, Alarm, AlarmId, Hand};
use crate::cases::{self, Case};
use crate::clocks::{Rule, clocks};
use crate::roster::{self, ShiftId};

journal::kinds! {
    /// The job that rings once more: one for each round, which it names.
    pub Job JOB = "desk.ring";
    /// The mail that a ring is.
    pub Mail MAIL = "desk.duty";
}

/// A test gives up after so many rounds; an alarm for a case never does.
const TEST_ROUNDS: i64 = 6;

/// What is said to those on duty.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// An id of `data/desk/notices.toml`.
    pub notice: &'static str,
    /// Whether it is an exercise.
    pub is_drill: bool,
    /// Whether it comes later than it should have.
    pub is_late: bool,
}

/// Sets off the alarm for a new case.
pub async fn set_off(tx: &mut Tx<'_>, case: &Case, now: Timestamp) -> DbResult<()> {
    let Some(alarm) = store::add(tx, Some(case.id), None, now).await? else { return Ok(()) };
    ring(tx, alarm, 1, now).await
}

/// Sets off the test alarm of a shift that begins.
pub async fn test(tx: &mut Tx<'_>, shift: ShiftId, now: Timestamp) -> DbResult<()> {
    let Some(alarm) = store::add(tx, None, Some(shift), now).await? else { return Ok(()) };
    ring(tx, alarm, 1, now).await
}

/// The round that a job is about.
pub fn round_of(item: &JobItem) -> Result<i64, JobError> {
    item.payload.get("round").and_then(serde_json::Value::as_i64).ok_or(JobError::Never("no-round"))
}

/// Rings this round, and the next one later unless somebody takes it. A round that has rung does not ring again, so that a job which is
/// done twice does not begin a second chain of rounds.
pub async fn ring(tx: &mut Tx<'_>, id: AlarmId, round: i64, now: Timestamp) -> DbResult<()> {
    let Some(alarm) = store::alarm(tx, id).await?.filter(|alarm| alarm.taken_at.is_none() && alarm.rounds < round) else { return Ok(()) };
    let case = match alarm.case {
        Some(case) => cases::store::case(tx, case).await?,
        None => None,
    };
    // Somebody who took the case without having heard the alarm has it all the same.
    if case.as_ref().is_some_and(|case| case.taken_at.is_some() || case.closed_at.is_some()) {
        store::take(tx, id, None, now).await?;
        return Ok(());
    }
    let is_drill = case.as_ref().is_some_and(|case| case.is_drill);
    let rung = whom(tx, &alarm, round, now).await?;
    if rung.is_empty() {
        tracing::error!(alarm = %id, round, "an alarm reaches nobody: nobody is on duty, and nobody leads the desk");
        journal::record(
            tx,
            &Entry::by(journal::audit::SYSTEM).did("desk.alarm_unheard").on("alarm", id).with(json!({ "round": round })),
            now,
        )
        .await?;
    }
    for (hand, notice) in rung {
        store::note_ring(tx, id, round, hand.account, notice, now).await?;
        tell(tx, &hand, id, &Word { notice, is_drill, is_late: false }, now).await?;
    }
    store::note_round(tx, id, round).await?;
    call::queue(tx, id, round, now).await?;
    if alarm.case.is_some() || round < TEST_ROUNDS {
        let next = round + 1;
        let job = Job::of(JOB, id).with(json!({ "round": next })).once(format!("{JOB}/{id}/{next}"));
        journal::job(tx, job.at(now.plus(patience())), now).await?;
    }
    Ok(())
}

/// Tells the one who has a case; else those on duty; else the leads.
pub async fn tell_those_at_work(tx: &mut Tx<'_>, case: &Case, word: &Word, now: Timestamp) -> DbResult<()> {
    let mut hands = Vec::new();
    if let Some(account) = case.taken_by {
        hands.extend(store::hand(tx, account.into()).await?);
    }
    if hands.is_empty() || word.notice == "second-look" {
        hands.extend(store::on_duty(tx, now).await?);
    }
    if hands.is_empty() {
        hands = store::leads(tx).await?;
    }
    let mut told = Vec::new();
    for hand in hands {
        if !told.contains(&hand.account) {
            tell(tx, &hand, AlarmId::from_uuid(case.id.uuid()), word, now).await?;
            told.push(hand.account);
        }
    }
    Ok(())
}

/// Who is rung in a round, and by which notice.
async fn whom(tx: &mut Tx<'_>, alarm: &Alarm, round: i64, now: Timestamp) -> DbResult<Vec<(Hand, &'static str)>> {
    let duty = match alarm.shift {
        Some(shift) => roster::store::hand_of(tx, shift).await?.into_iter().collect(),
        None => store::on_duty(tx, now).await?,
    };
    let first = if alarm.shift.is_some() { "alarm-test" } else { "alarm" };
    // A test asks the one whose shift begins three times before it goes to the leads.
    let steps = if alarm.shift.is_some() { 3 } else { i64::try_from(duty.len()).unwrap_or(i64::MAX) };
    let reached = usize::try_from(round).unwrap_or(usize::MAX).min(duty.len());
    let is_new = |place: usize| place > 0 && place + 1 == reached && i64::try_from(reached).is_ok_and(|reached| reached == round);
    let mut rung: Vec<(Hand, &'static str)> =
        duty.into_iter().take(reached).enumerate().map(|(place, hand)| (hand, if is_new(place) { "alarm-next" } else { first })).collect();
    if round > steps {
        for lead in store::leads(tx).await? {
            if !rung.iter().any(|(hand, _)| hand.account == lead.account) {
                rung.push((lead, "alarm-none"));
            }
        }
    }
    Ok(rung)
}

async fn tell(tx: &mut Tx<'_>, hand: &Hand, about: AlarmId, word: &Word, now: Timestamp) -> DbResult<()> {
    let mail = Mail::of(MAIL, about, hand.lang).to(hand.email.clone()).priority(Priority::Incident);
    journal::mail(tx, mail.with("notice", word.notice).with("drill", word.is_drill).with("late", word.is_late), now).await?;
    Ok(())
}

/// How long an alarm waits before it rings once more: the time in which 「受けました」 is to be pressed.
fn patience() -> Span {
    Span::minutes(clocks().get("acknowledge").and_then(Rule::minutes).unwrap_or(5))
}
