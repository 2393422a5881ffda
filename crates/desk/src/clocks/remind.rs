//! Reminding of clocks: once for each moment that a clock goes by, and after a time without power too, marked late.

use db::{DbResult, Tx};
use kernel::{Span, Timestamp};

use super::rule::{Whose, clocks};
use super::store::{self, Clock, ClockId};
use crate::alarm::{self, Word};
use crate::cases;
use crate::notices;
use crate::words::words;

/// So long after its moment a reminder is late and says so.
const LATE: Span = Span::minutes(10);

words! {
    /// Of what somebody is reminded.
    Moment {
        /// It will soon be due.
        Amber = "amber",
        /// It is due.
        Due = "due",
    }
}

/// Reminds of every moment of a clock that has come and of which nobody was reminded, and says of which.
pub async fn remind(tx: &mut Tx<'_>, id: ClockId, now: Timestamp) -> DbResult<Vec<Moment>> {
    let Some(clock) = store::clock(tx, id).await?.filter(Clock::is_running) else { return Ok(Vec::new()) };
    let Some(case) = cases::store::case(tx, clock.case).await? else { return Ok(Vec::new()) };
    let mut reminded = Vec::new();
    // A lowering goes back at the moment at which it is due: there is nothing left to remind of.
    let due_at = clock.due_at.filter(|_| clock.kind != "lowering");
    for (moment, at) in [(Moment::Amber, clock.amber_at), (Moment::Due, due_at)] {
        let Some(at) = at.filter(|at| *at <= now) else { continue };
        let is_late = now.since(at) > LATE;
        if store::note_reminder(tx, id, moment.id(), at, is_late, now).await? {
            let word = Word { notice: notice(&clock, moment), is_drill: case.is_drill, is_late };
            alarm::tell_those_at_work(tx, &case, &word, now).await?;
            if is_theirs(&clock) {
                notices::notify(tx, &case, if moment == Moment::Amber { "deadline" } else { "overdue" }, now).await?;
            }
            reminded.push(moment);
        }
    }
    Ok(reminded)
}

/// Whether it is the institution's to do, so that it is reminded too.
fn is_theirs(clock: &Clock) -> bool {
    clocks().get(&clock.kind).is_some_and(|rule| rule.who == Whose::Institution)
}

/// Which notice it is: without the name of the clock, since mails are read by others.
fn notice(clock: &Clock, moment: Moment) -> &'static str {
    let whose = clocks().get(&clock.kind).map_or(Whose::Desk, |rule| rule.who);
    match (clock.kind.as_str(), whose, moment) {
        ("lowering", _, Moment::Amber) => "second-look",
        (_, Whose::Desk, Moment::Amber) => "promise-near",
        (_, Whose::Institution, Moment::Amber) => "clock-near",
        (_, _, Moment::Due) => "clock-over",
    }
}
