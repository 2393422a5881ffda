//! The two lines on which the questions are asked.

use super::held::Cookie;
use crate::cases::{Channel, REPORTER};

/// On which line the questions are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// By the institution itself.
    Web,
    /// By a responder, who reads out and types.
    Phone,
}

impl Line {
    /// Where its pages lie.
    pub const fn base(self) -> &'static str {
        match self {
            Self::Web => "/incident/report",
            Self::Phone => "/desk/telephone",
        }
    }

    /// Which browser holds the case.
    pub const fn cookie(self) -> Cookie {
        match self {
            Self::Web => Cookie::Case,
            Self::Phone => Cookie::Call,
        }
    }

    /// How the case comes.
    pub const fn channel(self) -> Channel {
        match self {
            Self::Web => Channel::Web,
            Self::Phone => Channel::Phone,
        }
    }

    /// Whether a responder reads out.
    pub const fn is_phone(self) -> bool {
        matches!(self, Self::Phone)
    }

    /// Who answers, for the chain.
    pub fn actor(self, visit: &web::Visit) -> String {
        match self {
            Self::Web => REPORTER.to_owned(),
            Self::Phone => visit.actor.label(),
        }
    }
}
