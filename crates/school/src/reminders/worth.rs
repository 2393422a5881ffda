//! What is still worth telling when a mail is made.

use db::{DbResult, Tx};
use kernel::{Day, Timestamp};

use super::post::Part;
use super::rule::{Rule, To};
use super::store::{self, Settings};
use crate::office::staff_pages::Whole;
use crate::trainings::store::{self as trainings, WholeApplication};

/// What the database tells about one part that is still worth telling.
pub struct Found {
    /// The part.
    pub part: Part,
    /// The application with everything around it.
    pub whole: WholeApplication,
    /// How the rules are set there.
    pub settings: Settings,
    /// How many wait before, plus one.
    pub position: i64,
    /// When the recordings are expected, for a mail that says so.
    pub archive: Option<Day>,
}

/// A part that still holds: the application lives, is where it was, and the moment has not passed.
pub async fn telling(tx: &mut Tx<'_>, part: Part, now: Timestamp) -> DbResult<Option<Found>> {
    let Some(whole) = trainings::whole_application(tx, part.application).await? else { return Ok(None) };
    let desk = Whole { session: whole.session.clone(), course: whole.course.clone(), programme: whole.programme.clone() };
    let given = part.rule.given();
    let settings = store::settings(tx, &desk).await?;
    let (setting, _) = settings.of(&desk, part.rule);
    let waits = whole.application.is_waiting();
    let holds = whole.application.is_live() && whole.session.id == part.session && waits == (given.to == To::Waiting);
    let is_due = setting.is_on && given.due(&desk, setting.timing, &settings.hours).is_some_and(|due| now < due.useless);
    if !holds || !is_due || (given.optional && store::declined(tx, &whole.person.email).await?.contains(&part.rule)) {
        return Ok(None);
    }
    let position = match whole.application.waited.filter(|_| waits) {
        Some(rank) => trainings::waiting_position(tx, whole.session.id, rank).await?,
        None => 0,
    };
    let archive = expected(tx, &desk, part.rule).await?;
    Ok(Some(Found { part, whole, settings, position, archive }))
}

/// When the recordings are expected, for a mail that says so.
pub async fn expected(tx: &mut Tx<'_>, whole: &Whole, rule: Rule) -> DbResult<Option<Day>> {
    if rule != Rule::After {
        return Ok(None);
    }
    let sessions = trainings::sessions(tx, whole.programme.id).await?;
    Ok(whole.programme.archive_expected_on(whole.course.archive_opens_at, &sessions))
}
