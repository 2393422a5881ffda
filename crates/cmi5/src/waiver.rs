use serde::{Deserialize, Serialize};

/// Why a unit counts as done by other means (section 9.5.5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// A test showed that the learner knows it.
    TestedOut,
    /// The learner has done a unit of the same course that is worth the same.
    EquivalentUnit,
    /// The learner has done something elsewhere that is worth the same.
    OutsideActivity,
    /// Whoever keeps the system has decided so.
    Administrative,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::TestedOut, Self::EquivalentUnit, Self::OutsideActivity, Self::Administrative];

    /// As statements write it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::TestedOut => "Tested Out",
            Self::EquivalentUnit => "Equivalent AU",
            Self::OutsideActivity => "Equivalent Outside Activity",
            Self::Administrative => "Administrative",
        }
    }

    /// The reason with this name.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.id() == id)
    }
}

/// A unit counts as done by other means: why, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Why.
    pub reason: Reason,
    /// The same in somebody's own words. The system keeps them; no statement says them, since statements travel.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When, in microseconds since 1970.
    pub at: i64,
}
