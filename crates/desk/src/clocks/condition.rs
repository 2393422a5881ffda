//! One line of `applies_rule`: `stage >= 3`, `event in [leak, lost-device]`, `ppc-preliminary started`.

use serde::Deserialize;

use super::facts::Facts;
use crate::cases::{CareImpact, DataExit};

/// A condition on a case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Condition {
    /// `stage >= 3`
    StageAtLeast(i64),
    /// `care_impact in [some-stopped, emergency]`
    CareIn(Vec<CareImpact>),
    /// `data_exit in [suspected, seen]`
    ExitIn(Vec<DataExit>),
    /// `event in [leak, mail-account]` or `event == ransomware`
    EventIn(Vec<String>),
    /// `ppc-preliminary started`
    Started(String),
    /// `wrongful_purpose == true`
    Wrongful(bool),
}

/// The text is no condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no condition")]
pub struct NotACondition(String);

impl Condition {
    /// Whether it holds. `has` says which clocks the case has.
    pub fn holds(&self, facts: &Facts, has: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::StageAtLeast(stage) => facts.stage.is_some_and(|known| known >= *stage),
            Self::CareIn(impacts) => impacts.contains(&facts.axes.care_impact),
            Self::ExitIn(exits) => exits.contains(&facts.axes.data_exit),
            Self::EventIn(events) => facts.event.as_ref().is_some_and(|event| events.contains(event)),
            Self::Started(clock) => has(clock),
            Self::Wrongful(wanted) => facts.is_wrongful == *wanted,
        }
    }

    /// The clock that it names.
    pub fn clock(&self) -> Option<&str> {
        match self {
            Self::Started(clock) => Some(clock),
            _ => None,
        }
    }

    fn read(text: &str) -> Option<Self> {
        if let Some(clock) = text.strip_suffix(" started") {
            return Some(Self::Started(clock.to_owned()));
        }
        if let Some(stage) = text.strip_prefix("stage >= ") {
            return stage.parse().ok().map(Self::StageAtLeast);
        }
        if let Some(wanted) = text.strip_prefix("wrongful_purpose == ") {
            return wanted.parse().ok().map(Self::Wrongful);
        }
        let (name, values) = if let Some((name, value)) = text.split_once(" == ") {
            (name, vec![value])
        } else {
            let (name, list) = text.split_once(" in ")?;
            (name, list.strip_prefix('[')?.strip_suffix(']')?.split(',').map(str::trim).collect())
        };
        match name {
            "care_impact" => parsed(&values).map(Self::CareIn),
            "data_exit" => parsed(&values).map(Self::ExitIn),
            "event" => Some(Self::EventIn(values.into_iter().map(str::to_owned).collect())),
            _ => None,
        }
    }
}

fn parsed<T: std::str::FromStr>(values: &[&str]) -> Option<Vec<T>> {
    values.iter().map(|value| value.parse().ok()).collect()
}

impl TryFrom<String> for Condition {
    type Error = NotACondition;
    fn try_from(text: String) -> Result<Self, NotACondition> {
        Self::read(&text).ok_or(NotACondition(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_read_or_refused() {
        let read = |text: &str| Condition::try_from(text.to_owned());
        assert_eq!(read("stage >= 3"), Ok(Condition::StageAtLeast(3)));
        assert_eq!(read("data_exit in [suspected, seen]"), Ok(Condition::ExitIn(vec![DataExit::Suspected, DataExit::Seen])));
        assert_eq!(read("event == ddos"), Ok(Condition::EventIn(vec!["ddos".to_owned()])));
        for strange in ["", "stage > 3", "care_impact in [dead]", "moon == full", "event in leak"] {
            assert!(read(strange).is_err(), "{strange}");
        }
    }
}
