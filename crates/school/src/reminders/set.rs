//! Setting a rule otherwise, for a course or for one session, and taking that back.

use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::{EmailAddress, Lang, Timestamp, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::rule::{Hours, Rule, Setting, Timing};
use super::{plan, store};
use crate::trainings::programme::CourseId;
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

journal::kinds! {
    /// The mail that shows a rule to whoever sets it.
    pub(super) Mail SAMPLE = "reminders.sample";
}

/// What a setting is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// All sessions of a course that have no setting of their own.
    Course(CourseId),
    /// One session.
    Session(SessionId),
}

/// A sentence of one's own has at most so many characters: a mail is read on a phone.
pub const LONGEST: usize = 200;

/// How far a time may lie from its moment.
pub const FURTHEST: i64 = 60;

/// What comes afterwards comes while the questionnaire can still be answered.
pub const SOON_AFTER: i64 = 10;

impl Scope {
    /// The id of what it is.
    pub fn uuid(self) -> Uuid {
        match self {
            Self::Course(course) => course.uuid(),
            Self::Session(session) => session.uuid(),
        }
    }
}

impl Setting {
    /// Whether a rule can be set so: on the side of its moment on which it stands, within these hours of a day and two months.
    pub fn can_be(&self, rule: Rule, hours: &Hours) -> bool {
        let given = rule.given();
        match self.timing {
            Timing::Before { minutes } => given.is_urgent() && (5..=240).contains(&minutes),
            Timing::Days { days, minutes } => {
                let side = if given.is_before() { -FURTHEST..=0 } else { 1..=SOON_AFTER };
                !given.is_urgent() && side.contains(&days) && hours.contains(&minutes)
            }
        }
    }
}

/// Sets a rule, or takes its setting back; plans its mails anew. False if there is no such course or session.
pub async fn set(tx: &mut Tx<'_>, scope: Scope, rule: Rule, setting: Option<&Setting>, by: &str, now: Timestamp) -> DbResult<bool> {
    let sessions = match scope {
        Scope::Course(course) if trainings::course(tx, course).await?.is_some() => store::sessions_of_course(tx, course).await?,
        Scope::Session(session) if trainings::session(tx, session).await?.is_some() => vec![session],
        _ => return Ok(false),
    };
    match setting {
        Some(setting) => store::put_setting(tx, scope.uuid(), rule, setting, by, now).await?,
        None => store::drop_setting(tx, scope.uuid(), rule).await?,
    }
    for session in sessions {
        plan::plan(tx, session, now).await?;
    }
    let kind = match scope {
        Scope::Course(_) => "course",
        Scope::Session(_) => "session",
    };
    let detail = json!({ "rule": rule.id(), "is": setting.map(|setting| json!({ "on": setting.is_on, "timing": setting.timing })) });
    journal::record(tx, &Entry::by(by).did("reminders.set").on(kind, scope.uuid()).with(detail), now).await?;
    Ok(true)
}

/// Sends a specimen to the address of whoever asks.
pub async fn send_specimen(tx: &mut Tx<'_>, session: SessionId, rule: Rule, to: EmailAddress, lang: Lang, now: Timestamp) -> DbResult<()> {
    journal::mail(tx, Mail::of(SAMPLE, session, lang).with("rule", rule.id()).to(to), now).await?;
    Ok(())
}
