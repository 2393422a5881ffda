//! What the queue is asked for, as it stands in the address.

use kernel::{Timestamp, Uuid};
use web::paging::Query;

use super::store::Line;
use crate::cases::Phase;
use crate::triage::{Stage, Urgency};
use crate::words::words;

words! {
    /// Whose cases.
    Whose {
        /// 自分の
        Mine = "mine",
        /// 誰も受けていない
        Free = "free",
    }
}

/// What the queue shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only of this urgency.
    pub urgency: Option<i64>,
    /// Only of this stage; -1 for those without.
    pub stage: Option<i64>,
    /// Only in this phase.
    pub phase: Option<Phase>,
    /// Only of this kind.
    pub event: Option<String>,
    /// Only in this prefecture.
    pub prefecture: Option<String>,
    /// Only exercises, or none.
    pub is_drill: Option<bool>,
    /// Only one's own, or nobody's.
    pub whose: Option<Whose>,
    /// Closed ones instead of open ones.
    pub is_closed: bool,
}

/// Where a page of the queue begins: after this case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its urgency.
    pub urgency: i64,
    /// Its stage turned round, so that the heaviest comes first; 1 without a stage.
    pub stage: i64,
    /// Since when it waits.
    pub heard_at: Timestamp,
    /// The case.
    pub id: Uuid,
}

impl Filter {
    /// What an address asks for; what it cannot ask for is left out.
    pub fn of(query: &Query) -> Self {
        let asked = |name: &str| query.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let number = |name: &str| asked(name).and_then(|value| value.parse::<i64>().ok());
        Self {
            urgency: number("urgency").filter(|rank| Urgency::try_from(*rank).is_ok()),
            stage: number("stage").filter(|stage| *stage == -1 || Stage::try_from(*stage).is_ok()),
            phase: asked("phase").and_then(|phase| phase.parse().ok()),
            event: asked("event").map(str::to_owned),
            prefecture: asked("prefecture").map(str::to_owned),
            is_drill: match asked("drill") {
                Some("yes") => Some(true),
                Some("no") => Some(false),
                _ => None,
            },
            whose: asked("whose").and_then(|whose| whose.parse().ok()),
            is_closed: asked("standing") == Some("closed"),
        }
    }

    /// Whether it shows less than everything that is open.
    pub fn is_narrow(&self) -> bool {
        *self != Self::default()
    }
}

impl Cursor {
    /// Before the first.
    pub const START: Self = Self { urgency: 0, stage: i64::MIN, heard_at: Timestamp::from_micros(i64::MIN), id: Uuid::nil() };

    /// After this line.
    pub fn after(line: &Line) -> Self {
        Self { urgency: line.urgency, stage: line.stage.map_or(1, |stage| -stage), heard_at: line.heard_at, id: line.id.uuid() }
    }

    /// As it stands in an address.
    pub fn written(&self) -> String {
        format!("{}_{}_{}_{}", self.urgency, self.stage, self.heard_at.as_micros(), self.id)
    }

    /// What an address says; the start if it says nothing that can be read.
    pub fn read(text: &str) -> Self {
        Self::parse(text).unwrap_or(Self::START)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('_');
        let urgency = parts.next()?.parse().ok()?;
        let stage = parts.next()?.parse().ok()?;
        let heard_at = Timestamp::from_micros(parts.next()?.parse().ok()?);
        let id = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some(Self { urgency, stage, heard_at, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Filter {
        Filter::of(&axum::extract::Query(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
    }

    #[test]
    fn a_strange_address_asks_for_nothing() {
        assert_eq!(asked(&[("urgency", "9"), ("stage", "x"), ("phase", "moon"), ("drill", "perhaps"), ("whose", "")]), Filter::default());
        let narrow = asked(&[("urgency", "1"), ("stage", "-1"), ("phase", "respond"), ("drill", "no"), ("whose", "free")]);
        assert_eq!((narrow.urgency, narrow.stage, narrow.phase), (Some(1), Some(-1), Some(Phase::Respond)));
        assert_eq!((narrow.is_drill, narrow.whose), (Some(false), Some(Whose::Free)));
    }

    #[test]
    fn a_place_in_the_queue_is_read_as_it_was_written() {
        let cursor = Cursor { urgency: 2, stage: -4, heard_at: Timestamp::from_micros(12_345), id: Uuid::max() };
        assert_eq!(Cursor::read(&cursor.written()), cursor);
        for strange in ["", "1_2", "1_2_3_x", "1_2_3_4_5"] {
            assert_eq!(Cursor::read(strange), Cursor::START, "{strange}");
        }
    }
}
