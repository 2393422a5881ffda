use kernel::Uuid;

use super::facts::Facts;
use super::year::Year;
use crate::trainings::session::SessionId;

db::row! {
    /// One thing that a plan makes or changes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Draft {
        pub position: i64,
        pub target: Option<Uuid>,
        pub pattern: Option<Uuid>,
        pub was: Option<Facts>,
        pub becomes: Facts,
        pub left_out: bool,
    }
}

/// How a draft stands to what is there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// What it changes is as it was when the plan was made.
    Fits,
    /// It was changed since; this is what it says now.
    Changed(Box<Facts>),
    /// It is not there any more, or was called off.
    Gone,
}

impl Draft {
    /// A draft of something new, after a pattern or without one.
    pub const fn new(becomes: Facts, pattern: Option<Uuid>) -> Self {
        Self { position: 0, target: None, pattern, was: None, becomes, left_out: false }
    }

    /// A draft that changes what is there.
    pub const fn change(target: Uuid, was: Facts, becomes: Facts) -> Self {
        Self { position: 0, target: Some(target), pattern: None, was: Some(was), becomes, left_out: false }
    }

    /// Whether publishing it does something.
    pub fn does_something(&self) -> bool {
        !self.left_out && self.was.as_ref() != Some(&self.becomes)
    }

    /// The session that it changes.
    pub fn session_id(&self) -> Option<SessionId> {
        self.target.filter(|_| self.becomes.session().is_some()).map(SessionId::from_uuid)
    }

    /// Whether what it changes is still as it was.
    pub fn fit(&self, year: &Year) -> Fit {
        let (Some(target), Some(was)) = (self.target, &self.was) else { return Fit::Fits };
        match year.now_of(target, was) {
            None => Fit::Gone,
            Some(now) if now == *was => Fit::Fits,
            Some(now) => Fit::Changed(Box::new(now)),
        }
    }
}
