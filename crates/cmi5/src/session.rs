use serde::{Deserialize, Serialize};

use crate::launch::LaunchMode;
use crate::registration::Achieved;
use crate::requirement as need;
use crate::statement::{Said, Saying};
use crate::{MasteryScore, Refused};

/// How far a session is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The unit was launched and has said nothing.
    #[default]
    Launched,
    /// It has said Initialized.
    Initialized,
    /// It has said Terminated.
    Terminated,
    /// It ended out of order.
    Abandoned,
}

/// One launch of a unit: what has been said in it, and so what may follow (section 9.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    mode: LaunchMode,
    mastery_score: Option<MasteryScore>,
    #[serde(default)]
    stage: Stage,
    #[serde(default)]
    knows_launch_data: bool,
    #[serde(default)]
    knows_preferences: bool,
    #[serde(default)]
    completed: bool,
    #[serde(default)]
    passed: bool,
    #[serde(default)]
    failed: bool,
    /// When the unit says that it was ready, in microseconds.
    #[serde(default)]
    initialized_at: Option<i64>,
    /// The latest moment of anything that it said.
    #[serde(default)]
    latest: Option<i64>,
}

impl Session {
    /// A unit is launched.
    pub const fn launched(mode: LaunchMode, mastery_score: Option<MasteryScore>) -> Self {
        Self {
            mode,
            mastery_score,
            stage: Stage::Launched,
            knows_launch_data: false,
            knows_preferences: false,
            completed: false,
            passed: false,
            failed: false,
            initialized_at: None,
            latest: None,
        }
    }

    /// How it was launched.
    pub const fn mode(&self) -> LaunchMode {
        self.mode
    }

    /// The score that passes.
    pub const fn mastery_score(&self) -> Option<&MasteryScore> {
        self.mastery_score.as_ref()
    }

    /// How far it is.
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether anything may still be said in it.
    pub const fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Launched | Stage::Initialized)
    }

    /// The latest moment of anything that the unit said, in microseconds.
    pub const fn latest(&self) -> Option<i64> {
        self.latest
    }

    /// The unit has read its launch data; whether that is news.
    pub const fn read_launch_data(&mut self) -> bool {
        !std::mem::replace(&mut self.knows_launch_data, true)
    }

    /// The unit has asked for its learner's preferences; whether that is news.
    pub const fn read_preferences(&mut self) -> bool {
        !std::mem::replace(&mut self.knows_preferences, true)
    }

    /// It ends out of order; whether it was open.
    pub const fn abandon(&mut self) -> bool {
        let was_open = self.is_open();
        if was_open {
            self.stage = Stage::Abandoned;
        }
        was_open
    }

    /// The unit says something. Nothing is changed if it may not.
    pub fn take(&mut self, saying: Saying, achieved: &mut Achieved) -> Result<(), Refused> {
        self.check(saying, *achieved)?;
        match saying.said {
            Said::Initialized => {
                self.stage = Stage::Initialized;
                self.initialized_at = Some(saying.at);
            }
            Said::Completed => (self.completed, achieved.completed) = (true, true),
            Said::Passed => (self.passed, achieved.passed) = (true, true),
            Said::Failed => self.failed = true,
            Said::Terminated => self.stage = Stage::Terminated,
            Said::Allowed => {}
        }
        self.latest = self.latest.max(Some(saying.at));
        Ok(())
    }

    fn check(&self, saying: Saying, achieved: Achieved) -> Result<(), Refused> {
        self.check_order(saying)?;
        if matches!(saying.said, Said::Completed | Said::Passed | Said::Failed) && self.mode != LaunchMode::Normal {
            return Err(Refused::of(need::MODE, "the unit was launched to be looked at, not to be completed, passed or failed"));
        }
        let refused = match saying.said {
            Said::Completed if self.completed => (need::VERB_ONCE, "Completed was said in this session"),
            Said::Completed if achieved.completed => (need::COMPLETED_ONCE, "Completed was said in this registration"),
            Said::Passed if self.passed => (need::VERB_ONCE, "Passed was said in this session"),
            Said::Failed if self.failed => (need::VERB_ONCE, "Failed was said in this session"),
            Said::Passed if self.failed => (need::PASSED_OR_FAILED, "Failed was said in this session"),
            Said::Failed if self.passed => (need::PASSED_OR_FAILED, "Passed was said in this session"),
            Said::Passed if achieved.passed => (need::PASSED_ONCE, "Passed was said in this registration"),
            Said::Failed if achieved.passed => (need::FAILED_AFTER_PASSED, "Passed was said in this registration"),
            _ => return Ok(()),
        };
        Err(Refused::of(refused.0, refused.1))
    }

    /// Initialized is first and Terminated last, by their timestamps (section 9.3).
    fn check_order(&self, saying: Saying) -> Result<(), Refused> {
        let is_first = saying.said == Said::Initialized;
        match self.stage {
            Stage::Terminated => Err(Refused::of(need::TERMINATED_LAST, "Terminated was said in this session")),
            Stage::Abandoned => Err(Refused::of(need::ABANDONED, "this session was abandoned")),
            Stage::Launched if !is_first => Err(Refused::of(need::INITIALIZED_FIRST, "Initialized was not said yet")),
            Stage::Launched if !self.knows_launch_data => {
                Err(Refused::of(need::LAUNCH_DATA_READ, "the unit has not read LMS.LaunchData yet"))
            }
            Stage::Launched if !self.knows_preferences => {
                Err(Refused::of(need::PREFERENCES_READ, "the unit has not asked for cmi5LearnerPreferences yet"))
            }
            Stage::Initialized if is_first => Err(Refused::of(need::INITIALIZED_ONCE, "Initialized was said in this session")),
            Stage::Initialized if self.initialized_at.is_some_and(|first| saying.at < first) => {
                Err(Refused::of(need::INITIALIZED_FIRST, "its timestamp lies before that of Initialized"))
            }
            Stage::Initialized if saying.said == Said::Terminated && self.latest.is_some_and(|latest| saying.at < latest) => {
                Err(Refused::of(need::TERMINATED_LAST, "its timestamp lies before that of another statement"))
            }
            Stage::Launched | Stage::Initialized => Ok(()),
        }
    }
}
