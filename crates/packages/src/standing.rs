//! How far a learner is: what was achieved and when, with which score, and what is open.
//!
//! What was achieved stands in the registration. When that was, and with which score, only the statements say; so far back that they
//! are not read any more, it is missing.

use cmi5::{Achieved, Registration, Unit, Waiver, vocabulary as words};
use db::{DbResult, Tx};
use kernel::Timestamp;
use std::collections::HashMap;
use xapi::{Json, Statement, StatementObject};

use crate::House;
use crate::package::{Launch, Registered};
use crate::store;

/// The verbs that say what was achieved, or not.
const TOLD: [&str; 3] = [words::COMPLETED, words::PASSED, words::FAILED];
/// Statements that are read: more than anybody makes who does every unit of a large course several times.
const READ: i64 = 2_000;

/// How far a learner is in a course.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    /// What was achieved.
    pub progress: Registration,
    /// What is open: one launch at most, since each launch ends the one before.
    pub open: Option<Launch>,
    told: HashMap<usize, Told>,
    launched: HashMap<usize, Timestamp>,
}

/// What a unit said last of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Told {
    /// When its learner has done all of it.
    pub completed_at: Option<Timestamp>,
    /// When they passed.
    pub passed_at: Option<Timestamp>,
    /// When they failed last.
    pub failed_at: Option<Timestamp>,
    /// What they scored when they passed or failed last, from 0 to 1.
    pub score: Option<f64>,
}

/// Where a learner stands with a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It was never opened.
    Untouched,
    /// It was opened, and nothing came of it yet.
    Begun,
    /// It was not passed.
    Failed,
    /// It was done to its end.
    Completed,
    /// It was passed.
    Passed,
    /// Both.
    CompletedAndPassed,
    /// It counts as done by other means.
    Waived,
    /// It asks for nothing.
    Free,
}

impl State {
    /// By which its words are found.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Untouched => "untouched",
            Self::Begun => "begun",
            Self::Failed => "failed",
            Self::Completed => "completed",
            Self::Passed => "passed",
            Self::CompletedAndPassed => "completed-and-passed",
            Self::Waived => "waived",
            Self::Free => "free",
        }
    }
}

impl Standing {
    /// Of a learner who has not begun: what needs nothing is satisfied.
    pub fn before(course: &cmi5::Course) -> Self {
        Self { progress: Registration::begin(course).0, ..Self::default() }
    }

    /// Of a learner who is registered.
    pub async fn of(tx: &mut Tx<'_>, house: &House, registered: &Registered) -> DbResult<Self> {
        let said = records::said_in(tx, registered.id.uuid(), &TOLD, READ).await?;
        let launched = store::launched(tx, registered.id).await?.into_iter();
        let open = store::open_of(tx, registered.id).await?.pop();
        Ok(Self {
            progress: registered.progress()?,
            open,
            told: told(&said, &house.unit(registered.package, "")),
            launched: launched.filter_map(|(unit, at)| Some((usize::try_from(unit).ok()?, at))).collect(),
        })
    }

    /// What was achieved in a unit.
    pub fn achieved(&self, unit: usize) -> Achieved {
        self.progress.achieved(unit)
    }

    /// Why it was waived, if it was and that is known.
    pub fn waiver(&self, unit: usize) -> Option<&Waiver> {
        self.progress.waiver(unit)
    }

    /// What it said.
    pub fn told(&self, unit: usize) -> Told {
        self.told.get(&unit).copied().unwrap_or_default()
    }

    /// When it was opened last.
    pub fn launched_at(&self, unit: usize) -> Option<Timestamp> {
        self.launched.get(&unit).copied()
    }

    /// Whether its condition is met.
    pub fn is_done(&self, unit: &Unit) -> bool {
        self.achieved(unit.position).satisfies(unit.move_on)
    }

    /// Where the learner stands with it.
    pub fn state(&self, unit: &Unit) -> State {
        let achieved = self.achieved(unit.position);
        match (achieved.completed, achieved.passed) {
            _ if achieved.waived => State::Waived,
            (true, true) => State::CompletedAndPassed,
            (true, false) => State::Completed,
            (false, true) => State::Passed,
            (false, false) if self.told(unit.position).failed_at.is_some() => State::Failed,
            (false, false) if self.is_done(unit) => State::Free,
            (false, false) if self.launched_at(unit.position).is_some() => State::Begun,
            (false, false) => State::Untouched,
        }
    }
}

/// What the units said, by their place. `units` is how the ids of all units of the package begin; the latest statement comes first.
fn told(said: &[Statement], units: &str) -> HashMap<usize, Told> {
    let mut all: HashMap<usize, Told> = HashMap::new();
    for statement in said.iter().filter(|statement| is_defined(statement)) {
        let StatementObject::Activity(activity) = statement.object() else { continue };
        let Some(unit) = activity.id().strip_prefix(units).and_then(|place| place.parse().ok()) else { continue };
        let at = statement.timestamp().map(|moment| Timestamp::from_micros(moment.instant().as_microsecond()));
        let told = all.entry(unit).or_default();
        if statement.verb().id() == words::COMPLETED {
            told.completed_at = told.completed_at.or(at);
            continue;
        }
        if told.passed_at.or(told.failed_at).is_none() {
            told.score = score(statement);
        }
        let judged = if statement.verb().id() == words::PASSED { &mut told.passed_at } else { &mut told.failed_at };
        *judged = judged.or(at);
    }
    all
}

/// Whether it is one of the statements that cmi5 defines: a unit may use the same verbs for something of its own.
fn is_defined(statement: &Statement) -> bool {
    let mut activities = statement.context().into_iter().flat_map(xapi::Context::activities);
    activities.any(|(key, activity)| key == "category" && activity.id() == words::CATEGORY)
}

/// The score of a statement, from 0 to 1: as it says, or by its least and greatest.
fn score(statement: &Statement) -> Option<f64> {
    let score = statement.json().get("result")?.get("score")?;
    let number = |name: &str| match score.get(name) {
        Some(Json::Number(number)) => number.to_f64(),
        _ => None,
    };
    number("scaled").or_else(|| {
        let (raw, least, most) = (number("raw")?, number("min")?, number("max")?);
        (most > least).then(|| (raw - least) / (most - least))
    })
}

#[cfg(test)]
mod tests {
    use super::{Told, is_defined, told};
    use cmi5::vocabulary as words;
    use serde_json::{Value, json};
    use xapi::{Statement, Version};

    const UNITS: &str = "https://mist.example.jp/packages/1/units/";

    fn said(verb: &str, unit: &str, category: &str, score: Value) -> Statement {
        let statement = json!({
            "actor": { "account": { "homePage": "https://mist.example.jp", "name": "7" } },
            "verb": { "id": verb },
            "object": { "id": format!("{UNITS}{unit}") },
            "timestamp": "2026-11-26T09:30:00.000Z",
            "result": { "score": score },
            "context": { "contextActivities": { "category": [{ "id": category }] } },
        });
        Statement::parse(statement.to_string().as_bytes(), Version::V1_0_3).expect("a statement")
    }

    #[test]
    fn the_last_score_counts_and_what_is_not_of_cmi5_counts_nowhere() {
        let own = said(words::PASSED, "0", "https://example.com/own", json!({ "scaled": 1.0 }));
        assert!(!is_defined(&own));
        let latest_first = [
            own,
            said(words::COMPLETED, "0", words::CATEGORY, json!({ "scaled": 0.5 })),
            said(words::FAILED, "0", words::CATEGORY, json!({ "raw": 12, "min": 0, "max": 20 })),
            said(words::FAILED, "0", words::CATEGORY, json!({ "scaled": 0.2 })),
            said(words::PASSED, "1", words::CATEGORY, json!({ "scaled": 0.9 })),
            said(words::PASSED, "other", words::CATEGORY, json!({ "scaled": 0.9 })),
        ];
        let all = told(&latest_first, UNITS);
        assert_eq!(all.len(), 2);
        assert_eq!((all[&0].score, all[&0].passed_at), (Some(0.6), None));
        assert!(all[&0].failed_at.is_some() && all[&0].completed_at.is_some());
        assert_eq!((all[&1].score, all[&1].completed_at), (Some(0.9), None));
        assert_ne!(all[&1], Told::default());
    }
}
