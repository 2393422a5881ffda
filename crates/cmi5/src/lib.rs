//! cmi5 (Quartz, 1st edition): what course packages are, and what a learning management system owes them.
//!
//! Knows nothing of the portal, of a database or of HTTP. A [`Package`] is a ZIP or a `cmi5.xml` that keeps every rule; its
//! [`Course`] is made of blocks and units (assignable units, AU), and is written as it is read. A [`Registration`] is what is known
//! of one learner in one course, with a [`Waiver`] for each unit that counts as done by other means; a [`Session`] is what is known
//! of one launch of a unit. Both say what may follow, and a [`Refused`] names the requirement that is broken.
//! [`check`] reads what a unit says, [`write`](mod@write) makes what the system says itself, [`Launch`] is what a unit is told.
//!
//! Requirements have the numbers of the list that ADL's test suites use; `docs/cmi5-requirements.csv` says which test shows each.
//!
//! Where the specification leaves a choice:
//! - addresses of units may hold letters of any script, which are escaped at launch; blanks and control characters are refused;
//! - elements of other namespaces are left out, and no schema of them is asked for;
//! - nothing of a session is taken after its Terminated: the time to wait is none. What was taken before and is sent once more is no news;
//! - a launch abandons what else is open in the registration;
//! - a unit learns its launch data and its learner's preferences before it says Initialized.

mod launch;
mod package;
mod registration;
pub mod requirement;
mod session;
mod statement;
mod structure;
pub mod vocabulary;
mod waiver;

pub use launch::{Launch, LaunchMode};
pub use package::{Limits, Package, Unpacked};
pub use registration::{Achieved, NotWaived, Part, Registration};
pub use requirement::Requirement;
pub use session::{Session, Stage};
pub use statement::{Bounds, Said, Saying, check, preferences, write};
pub use structure::{Block, Course, LaunchMethod, MasteryScore, MoveOn, Node, NotACourse, Objective, Place, Texts, Unit, UnitUrl, Wrong};
pub use waiver::{Reason, Waiver};

/// Why something that a unit sends is not taken: it is answered with 403.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{requirement}: {what}")]
pub struct Refused {
    /// What was asked for.
    pub requirement: Requirement,
    /// What is wrong, in a sentence.
    pub what: &'static str,
}

impl Refused {
    pub(crate) const fn of(requirement: Requirement, what: &'static str) -> Self {
        Self { requirement, what }
    }
}
