use serde::{Deserialize, Serialize};
use std::fmt;

/// How far words may travel: the Traffic Light Protocol, version 2.0. Stricter is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Tlp {
    /// To anybody.
    #[serde(rename = "clear")]
    Clear,
    /// Within the community.
    #[serde(rename = "green")]
    Green,
    /// Within an organization and its clients, where they need to know.
    #[serde(rename = "amber")]
    Amber,
    /// Within an organization.
    #[serde(rename = "amber+strict")]
    AmberStrict,
    /// To those who were there. It leaves to nobody.
    #[serde(rename = "red")]
    Red,
}

impl Tlp {
    /// From the freest to the strictest.
    pub const ALL: [Self; 5] = [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// As programs write it: `amber+strict`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Green => "green",
            Self::Amber => "amber",
            Self::AmberStrict => "amber+strict",
            Self::Red => "red",
        }
    }

    /// As people write it: `TLP:AMBER+STRICT`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }

    /// The one with this id.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tlp| tlp.id() == id)
    }

    /// Whether it may go to somebody with this ceiling. RED never may, whatever the ceiling.
    pub fn goes_to(self, ceiling: Self) -> bool {
        self != Self::Red && self <= ceiling
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use super::Tlp;

    #[test]
    fn red_goes_to_nobody_and_the_others_up_to_the_ceiling() {
        for ceiling in Tlp::ALL {
            assert!(!Tlp::Red.goes_to(ceiling), "{ceiling}");
        }
        assert!(Tlp::Green.goes_to(Tlp::Amber));
        assert!(Tlp::Amber.goes_to(Tlp::Amber));
        assert!(!Tlp::AmberStrict.goes_to(Tlp::Amber));
    }

    #[test]
    fn what_programs_write_is_what_is_read() {
        for tlp in Tlp::ALL {
            assert_eq!(Tlp::of(tlp.id()), Some(tlp));
            assert_eq!(serde_json::to_value(tlp).unwrap(), tlp.id());
        }
        assert_eq!(Tlp::of("banana"), None);
    }
}
