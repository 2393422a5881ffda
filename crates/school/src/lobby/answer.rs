//! What people answer on the day: the keyword, the questionnaire, the questions for those who watch together.

use access::Label;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Timestamp, Uuid, fold};
use serde::{Deserialize, Serialize};

use super::meeting::Hours;
use super::seat::Seat;
use super::store;
use crate::trainings::application::Application;
use crate::trainings::store as trainings;

/// Why an answer was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotTaken {
    /// There is no such application, or it holds no seat.
    Unknown,
    /// It is not open yet.
    Early,
    /// It is closed.
    Late,
    /// Nothing was typed.
    Empty,
    /// Too many tries.
    TooOften,
    /// Nothing of the kind is asked.
    NotAsked,
}

/// What a keyword came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keyword {
    /// It is the right one.
    Right,
    /// It is another one.
    Wrong,
    /// It is kept; the right one is not entered yet.
    Kept,
}

async fn seated(tx: &mut Tx<'_>, seat: Seat) -> DbResult<Option<(Application, super::meeting::Meeting, Hours)>> {
    let found = trainings::application(tx, seat.application).await?;
    let Some(application) = found.filter(|one| one.is_live() && !one.is_waiting() && one.generation == seat.generation) else {
        return Ok(None);
    };
    let Some(session) = trainings::session(tx, application.session).await? else { return Ok(None) };
    let meeting = store::meeting(tx, session.id).await?;
    let hours = meeting.hours(&session).filter(|_| session.cancelled_at.is_none());
    Ok(hours.map(|hours| (application, meeting, hours)))
}

/// Takes a keyword. It is kept whether right or wrong, since the right one may be entered later than it is announced.
pub async fn keyword(tx: &mut Tx<'_>, seat: Seat, typed: &str, now: Timestamp) -> DbResult<Result<Keyword, NotTaken>> {
    let Some((application, meeting, hours)) = seated(tx, seat).await? else { return Ok(Err(NotTaken::Unknown)) };
    let given: String = fold(typed).chars().take(100).collect();
    match () {
        () if given.is_empty() => return Ok(Err(NotTaken::Empty)),
        () if now < hours.opens => return Ok(Err(NotTaken::Early)),
        () if !hours.takes_presence(now) => return Ok(Err(NotTaken::Late)),
        () => {}
    }
    if !store::keep_keyword(tx, application.id, &given, now).await? {
        return Ok(Err(NotTaken::TooOften));
    }
    Ok(Ok(match () {
        () if meeting.keyword.is_empty() => Keyword::Kept,
        () if meeting.is_keyword(&given) => Keyword::Right,
        () => Keyword::Wrong,
    }))
}

/// Takes the answers to the questionnaire once. They are kept under a number that leads back to nobody.
pub async fn survey(
    tx: &mut Tx<'_>,
    seat: Seat,
    answers: &[(String, String)],
    response: Uuid,
    now: Timestamp,
) -> DbResult<Result<(), NotTaken>> {
    let Some((application, meeting, hours)) = seated(tx, seat).await? else { return Ok(Err(NotTaken::Unknown)) };
    match () {
        () if meeting.questionnaire.is_empty() => return Ok(Err(NotTaken::NotAsked)),
        () if now < hours.survey_opens() => return Ok(Err(NotTaken::Early)),
        () if !hours.takes_answers(now) => return Ok(Err(NotTaken::Late)),
        () if answers.is_empty() => return Ok(Err(NotTaken::Empty)),
        () => {}
    }
    // Answered before: the first answers stand.
    if store::mark_answered(tx, application.id, application.session, now).await? {
        for (question, value) in answers {
            store::keep_answer(tx, response, application.session, &meeting.questionnaire, question, value).await?;
        }
    }
    Ok(Ok(()))
}

/// Takes the answers of somebody who watches together; true if all are right. Wrong ones can be given again.
pub async fn checks(tx: &mut Tx<'_>, seat: Seat, answers: &[Option<usize>], now: Timestamp) -> DbResult<Result<bool, NotTaken>> {
    let Some((application, meeting, hours)) = seated(tx, seat).await? else { return Ok(Err(NotTaken::Unknown)) };
    match () {
        () if meeting.checks.0.is_empty() || store::viewer(tx, application.id).await?.is_none() => return Ok(Err(NotTaken::NotAsked)),
        () if now < hours.begins => return Ok(Err(NotTaken::Early)),
        // Some have no telephone at hand and answer by the link on their slip, later.
        () if now >= hours.survey_opens() && !hours.takes_answers(now) => return Ok(Err(NotTaken::Late)),
        () if answers.iter().any(Option::is_none) => return Ok(Err(NotTaken::Empty)),
        () => {}
    }
    let is_right = meeting.checks.are_right(answers);
    store::note_try(tx, application.id, is_right, now).await?;
    let entry = Entry::by(&Label::Application(application.id.into()).to_string()).did("lobby.checked").on("application", application.id);
    journal::record(tx, &entry.with(serde_json::json!({ "right": is_right })), now).await?;
    Ok(Ok(is_right))
}
