//! Which texts the staff's list means.

use db::Arg;

use super::version::{Kind, Stage};

/// Which texts are meant; what is empty excludes nothing.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// What they are.
    pub kind: Kind,
    /// A pattern for their titles, folded, with `!` before what is meant literally.
    pub like: String,
}

db::row! {
    /// How many texts stand how.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Counts {
        pub draft: i64,
        pub requested: i64,
        pub approved: i64,
        pub published: i64,
        pub withdrawn: i64,
    }
}

impl Sieve {
    /// The two arguments of the condition that lists and counts share.
    pub(super) fn args(&self) -> Vec<Arg> {
        vec![self.kind.id().into(), self.like.as_str().into()]
    }
}

impl Counts {
    /// How many of these there are, or of all.
    pub const fn of(&self, stage: Option<Stage>) -> i64 {
        match stage {
            None => self.draft + self.requested + self.approved + self.published + self.withdrawn,
            Some(Stage::Draft) => self.draft,
            Some(Stage::Requested) => self.requested,
            Some(Stage::Approved) => self.approved,
            Some(Stage::Published) => self.published,
            Some(Stage::Withdrawn) => self.withdrawn,
        }
    }
}
