//! Who was in the sessions that are over: as if the meeting tool's file had been brought in afterwards.

use access::Label;
use db::{DbResult, Lane, Tx};
use kernel::{Span, Timestamp};
use school::attendance::attendee::Attendee;
use school::attendance::import::import;
use school::attendance::matching::Seat;
use school::attendance::store::{self, NewImport};
use school::attendance::{close, object, rule::Held};
use school::trainings::session::{Session, SessionId};
use school::trainings::store as trainings;
use web::{Portal, Words, data_text};

use super::BY;
use super::dice::Dice;
use crate::failure::Failure;

const SEED: u64 = 31;

/// Attendance of so many of the last sessions that have ended is still open; that of the earlier ones is closed.
const OPEN: usize = 1;

/// Brings a file in for each session of the clock's fiscal year that has ended, closes all but the last ones, and lets somebody
/// whose record is wrong say so.
pub(super) async fn hold(portal: &Portal) -> Result<(), Failure> {
    let now = portal.now();
    let year = kernel::FiscalYear::of(now.day());
    let held: Vec<Session> = portal
        .db
        .read(async move |tx| {
            let Some(programme) = trainings::programme(tx, year).await? else { return Ok(Vec::new()) };
            let mut sessions = trainings::sessions(tx, programme.id).await?;
            sessions
                .retain(|session| session.taken > 0 && session.cancelled_at.is_none() && session.ends_at.is_some_and(|ends| ends < now));
            sessions.sort_by_key(|session| session.ends_at);
            Ok(sessions)
        })
        .await?;
    let closed = held.len().saturating_sub(OPEN);
    let mut dice = Dice::new(SEED);
    let strangers: Vec<String> = data_text("demo/participants.txt").lines().map(str::to_owned).collect();
    for (at, session) in held.iter().enumerate() {
        let Some(hours) = Held::of(session) else { continue };
        let id = session.id;
        let seats = portal.db.read(async move |tx| store::seats(tx, id).await).await?;
        let attendees = participants(&seats, hours, &strangers, &mut dice);
        let is_closed = at < closed;
        let objects = at + 1 == closed;
        let write = async move |tx: &mut Tx<'_>, _| after(tx, id, hours, &attendees, is_closed, objects).await;
        portal.db.write(Lane::Staff, None, write).await?;
    }
    Ok(())
}

/// Most were there, some lost the connection, some came late; one in twelve stayed away, and a few cannot be told for certain.
fn participants(seats: &[Seat], hours: Held, strangers: &[String], dice: &mut Dice) -> Vec<Attendee> {
    let mut attendees = Vec::new();
    let mut row = 5;
    let at = |minutes: i64| hours.starts.plus(Span::minutes(minutes));
    let end = hours.minutes();
    for seat in seats {
        if dice.percent(8) {
            continue;
        }
        let full = format!("{} {}", seat.family, seat.given);
        let (name, address) = match dice.between(0, 10) {
            0 => (full, None),
            1 => (format!("{full}（{}）", seat.organization), None),
            2 => (format!("{} {}", seat.organization, seat.family), seat.email.parse().ok()),
            _ => (full, seat.email.parse().ok()),
        };
        let begins = if dice.percent(10) { dice.between(5, 30) } else { dice.between(-12, 2) };
        let leaves = if dice.percent(8) { dice.between(20, end) } else { dice.between(end, end + 4) };
        let stays = if dice.percent(12) && leaves - begins > 20 {
            let lost = dice.between(begins + 5, leaves - 10);
            vec![(at(begins), at(lost)), (at(lost + 1), at(leaves))]
        } else {
            vec![(at(begins), at(leaves.max(begins)))]
        };
        attendees.push(Attendee { row, name, address, stays, total: None });
        row += 1;
    }
    for _ in 0..2 {
        if let Some(name) = dice.one_of(strangers) {
            attendees.push(Attendee { row, name: name.clone(), address: None, stays: vec![(at(-3), at(end))], total: None });
            row += 1;
        }
    }
    attendees
}

/// What the secretariat did on the evening of the session, and what somebody wrote the day after.
async fn after(tx: &mut Tx<'_>, session: SessionId, hours: Held, attendees: &[Attendee], closes: bool, objects: bool) -> DbResult<()> {
    let evening: Timestamp = hours.ends.plus(Span::minutes(40));
    let mut digest = [0_u8; 32];
    digest[..16].copy_from_slice(session.uuid().as_bytes());
    let new = NewImport {
        name: Words::of(kernel::Lang::Ja).t("demo-participants-file"),
        tool: "zoom",
        zone: "Asia/Tokyo",
        has_times: true,
        digest,
        rows: i64::try_from(attendees.iter().map(|attendee| attendee.stays.len()).sum::<usize>()).unwrap_or(i64::MAX),
        wrong: 0,
    };
    // A refusal leaves a session without a file.
    let _ = import(tx, session, &new, attendees, None, BY, evening).await?;
    if !closes || close::close(tx, session, BY, evening.plus(Span::minutes(30))).await?.is_err() {
        return Ok(());
    }
    let absent = store::known_of_all(tx, session)
        .await?
        .into_iter()
        .find(|known| known.verdict == Some(school::attendance::verdict::Verdict::Absent));
    if let Some(absent) = absent.filter(|_| objects) {
        let words = Words::of(kernel::Lang::Ja).t("demo-objection");
        let by = Label::Application(absent.application.into()).to_string();
        let _ = object::object(tx, absent.application, &words, &by, evening.plus(Span::hours(15))).await?;
    }
    Ok(())
}
