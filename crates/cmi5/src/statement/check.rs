//! What a statement of a unit has to look like (cmi5 sections 7.1.3, 9 and 10).

use uuid::Uuid;
use xapi::{Context, Json, Statement, StatementObject};

use super::{Said, Saying};
use crate::requirement::{self as need, Requirement};
use crate::vocabulary as words;
use crate::{MasteryScore, Refused};

/// What a session allows: these and nobody else's.
#[derive(Clone, Copy, Debug)]
pub struct Bounds<'a> {
    /// The learner, by the key that `xapi` gives an agent.
    pub actor: &'a str,
    /// The registration.
    pub registration: Uuid,
    /// The session.
    pub session: Uuid,
    /// The id that the system gave the unit.
    pub activity: &'a str,
    /// The id that its publisher gave it.
    pub publisher: &'a str,
    /// The score that passes.
    pub mastery_score: Option<&'a MasteryScore>,
}

/// Reads what a unit says. The statement keeps the rules of xAPI; whether it may follow what was said before, [`crate::Session`]
/// knows.
pub fn check(statement: &Statement, bounds: &Bounds<'_>) -> Result<Saying, Refused> {
    if statement.id().is_none() {
        return refuse(need::STATEMENT_ID, "the statement has no id");
    }
    let at = moment(statement)?;
    if statement.verb().id() == xapi::VOIDED {
        return refuse(need::VOIDING, "a unit may not void a statement");
    }
    check_actor(statement, bounds)?;
    let Some(context) = statement.context() else { return refuse(need::CONTEXT, "the statement has no context") };
    check_context(statement, context, bounds)?;
    let has = |category: &str| context.activities().any(|(key, activity)| key == "category" && activity.id() == category);
    if !has(words::CATEGORY) {
        return if has(words::CATEGORY_MOVE_ON) {
            refuse(need::MOVE_ON_MISPLACED, "only cmi5 defined statements have the moveOn category")
        } else {
            Ok(Saying { said: Said::Allowed, at })
        };
    }
    let said = match statement.verb().id() {
        words::INITIALIZED => Said::Initialized,
        words::COMPLETED => Said::Completed,
        words::PASSED => Said::Passed,
        words::FAILED => Said::Failed,
        words::TERMINATED => Said::Terminated,
        _ => return refuse(need::KINDS, "a unit may not say this verb in a cmi5 defined statement"),
    };
    match statement.object() {
        StatementObject::Activity(activity) if activity.id() == bounds.activity => {}
        _ => return refuse(need::ACTIVITY, "the object is not the activity of the launch"),
    }
    let judges = matches!(said, Said::Completed | Said::Passed | Said::Failed);
    match (judges, has(words::CATEGORY_MOVE_ON)) {
        (true, false) => return refuse(need::MOVE_ON_MISSING, "the moveOn category is missing"),
        (false, true) => return refuse(need::MOVE_ON_MISPLACED, "the moveOn category has no place here"),
        _ => {}
    }
    check_result(statement, said, bounds)?;
    Ok(Saying { said, at })
}

fn refuse<T>(requirement: Requirement, what: &'static str) -> Result<T, Refused> {
    Err(Refused::of(requirement, what))
}

/// When it happened, in UTC (section 9.7).
fn moment(statement: &Statement) -> Result<i64, Refused> {
    let Some(moment) = statement.timestamp() else { return refuse(need::TIMESTAMP, "the statement has no timestamp") };
    let text = statement.json().get("timestamp").and_then(Json::as_str).unwrap_or_default();
    let is_utc = ["Z", "z", "+00:00", "+0000", "+00"].iter().any(|offset| text.ends_with(offset));
    if is_utc { Ok(moment.instant().as_microsecond()) } else { refuse(need::UTC, "the timestamp is not in UTC") }
}

/// The learner of the launch, told by an account (section 9.2).
fn check_actor(statement: &Statement, bounds: &Bounds<'_>) -> Result<(), Refused> {
    let xapi::Actor::Agent(agent) = statement.actor() else { return refuse(need::AGENT, "the actor is a group") };
    match agent.ifi() {
        Some(ifi @ xapi::Ifi::Account { .. }) if ifi.key() == bounds.actor => Ok(()),
        Some(xapi::Ifi::Account { .. }) => refuse(need::ACTOR, "the actor is not the learner of the launch"),
        _ => refuse(need::ACCOUNT, "the actor is not told by an account"),
    }
}

/// What the template of the launch says stands in it, unchanged (sections 9.6 and 10.2.1).
fn check_context(statement: &Statement, context: Context<'_>, bounds: &Bounds<'_>) -> Result<(), Refused> {
    if context.registration() != Some(bounds.registration) {
        return refuse(need::REGISTRATION, "the registration is not the one of the launch");
    }
    let extension = |name| statement.json().get("context").and_then(|context| context.get("extensions")).and_then(|all| all.get(name));
    if extension(words::SESSION_ID).and_then(Json::as_str).and_then(xapi::parse_uuid) != Some(bounds.session) {
        return refuse(need::SESSION_ID, "the id of the session is not the one of the launch");
    }
    let grouped = |id: &str| context.activities().any(|(key, activity)| key == "grouping" && activity.id() == id);
    if grouped(bounds.publisher) { Ok(()) } else { refuse(need::TEMPLATE, "the id of the unit's publisher is missing in grouping") }
}

/// Score, success, completion and duration (section 9.5).
fn check_result(statement: &Statement, said: Said, bounds: &Bounds<'_>) -> Result<(), Refused> {
    let result = statement.json().get("result");
    let of = |key: &str| result.and_then(|result| result.get(key));
    if let Some(score) = of("score") {
        if !matches!(said, Said::Passed | Said::Failed) {
            return refuse(need::SCORE_PLACE, "only Passed and Failed have a score");
        }
        check_score(statement, score, said, bounds)?;
    }
    let success = match said {
        Said::Passed => Some((true, need::SUCCESS_TRUE)),
        Said::Failed => Some((false, need::SUCCESS_FALSE)),
        _ => None,
    };
    match (success, of("success")) {
        (Some((wanted, _)), Some(Json::Bool(there))) if wanted == *there => {}
        (Some((_, requirement)), _) => return refuse(requirement, "success does not say what the verb says"),
        (None, Some(_)) => return refuse(need::SUCCESS_PLACE, "this statement may not speak of success"),
        (None, None) => {}
    }
    match (said, of("completion")) {
        (Said::Completed, Some(Json::Bool(true))) => {}
        (Said::Completed, _) => return refuse(need::COMPLETION_TRUE, "completion does not say what the verb says"),
        (_, Some(_)) => return refuse(need::COMPLETION_PLACE, "this statement may not speak of completion"),
        _ => {}
    }
    let duration = match said {
        Said::Terminated => need::DURATION_TERMINATED,
        Said::Completed => need::DURATION_COMPLETED,
        Said::Passed => need::DURATION_PASSED,
        Said::Failed => need::DURATION_FAILED,
        Said::Initialized | Said::Allowed => return check_progress(of("extensions")),
    };
    if of("duration").is_none() {
        return refuse(duration, "the duration is missing");
    }
    check_progress(of("extensions"))
}

/// A score agrees with the verb and with the score that passes (sections 9.3.4, 9.3.5 and 9.5.1).
fn check_score(statement: &Statement, score: &Json, said: Said, bounds: &Bounds<'_>) -> Result<(), Refused> {
    if score.get("raw").is_some() && (score.get("min").is_none() || score.get("max").is_none()) {
        return refuse(need::SCORE_RANGE, "a raw score comes without its minimum or maximum");
    }
    let scaled = score.get("scaled").and_then(as_number);
    if scaled.is_some_and(|scaled| !(0.0..=1.0).contains(&scaled)) {
        return refuse(need::SCORE_RANGE, "a scaled score lies between 0 and 1");
    }
    let Some(mastery) = bounds.mastery_score else { return Ok(()) };
    let context = statement.json().get("context").and_then(|context| context.get("extensions"));
    let shown = context.and_then(|all| all.get(words::MASTERY_SCORE)).and_then(as_number);
    if shown.is_none_or(|shown| (shown - mastery.value()).abs() > 1e-9) {
        return refuse(need::MASTERY_SCORE, "the mastery score is not the one of the launch");
    }
    match (said, scaled) {
        (Said::Passed, Some(scaled)) if scaled < mastery.value() => {
            refuse(need::PASSED_SCORE, "the score does not reach the mastery score")
        }
        (Said::Failed, Some(scaled)) if scaled >= mastery.value() => refuse(need::FAILED_SCORE, "the score reaches the mastery score"),
        _ => Ok(()),
    }
}

/// Progress is a whole number of percent (section 9.5.5.1).
fn check_progress(extensions: Option<&Json>) -> Result<(), Refused> {
    match extensions.and_then(|all| all.get(words::PROGRESS)) {
        None => Ok(()),
        Some(Json::Number(number)) if number.to_u64().is_some_and(|percent| percent <= 100) => Ok(()),
        Some(_) => refuse(need::PROGRESS, "progress is a whole number from 0 to 100"),
    }
}

fn as_number(json: &Json) -> Option<f64> {
    match json {
        Json::Number(number) => number.to_f64(),
        _ => None,
    }
}
