//! Which inquiries a list means.

use db::Arg;

use super::inquiry::Standing;

/// Inquiries by what is left to do about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those about which something is left to do.
    Left,
    /// Those that stand like this.
    Standing(Standing),
    /// All.
    All,
}

/// Which inquiries are meant; what is empty excludes nothing.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// A pattern for what was said in them, with `!` before what is meant literally.
    pub like: String,
    /// The id of what they are about.
    pub about: String,
}

db::row! {
    /// How many inquiries stand how.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Counts {
        pub open: i64,
        pub taken: i64,
        pub closed: i64,
    }
}

impl Which {
    /// In the order of the work: what is left to do stands first.
    pub const ALL: [Self; 5] =
        [Self::Left, Self::Standing(Standing::Open), Self::Standing(Standing::Taken), Self::Standing(Standing::Closed), Self::All];

    /// The word in addresses, which is none for what a list shows when nothing is asked for.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Left => "",
            Self::Standing(standing) => standing.id(),
            Self::All => "all",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        match self {
            Self::Left => "inquiries-standing-left".to_owned(),
            Self::Standing(standing) => standing.key(),
            Self::All => "inquiries-standing-all".to_owned(),
        }
    }

    /// What an address means; one that says nothing we know means what is left to do.
    pub fn asked(id: &str) -> Self {
        Self::ALL.into_iter().find(|which| which.id() == id).unwrap_or(Self::Left)
    }
}

impl Sieve {
    /// The two arguments of the condition that lists and counts share.
    pub(super) fn args(&self) -> Vec<Arg> {
        vec![self.like.as_str().into(), self.about.as_str().into()]
    }
}

impl Counts {
    /// How many of these there are.
    pub const fn of(&self, which: Which) -> i64 {
        match which {
            Which::Left => self.open + self.taken,
            Which::Standing(Standing::Open) => self.open,
            Which::Standing(Standing::Taken) => self.taken,
            Which::Standing(Standing::Closed) => self.closed,
            Which::All => self.open + self.taken + self.closed,
        }
    }
}
