use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use crate::requirement as need;
use crate::statement::Saying;
use crate::structure::{Course, MoveOn, Node};
use crate::{Refused, Session, Waiver};

/// What a learner has achieved in a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Achieved {
    /// Completed was said.
    #[serde(default)]
    pub completed: bool,
    /// Passed was said.
    #[serde(default)]
    pub passed: bool,
    /// It counts as done by other means.
    #[serde(default)]
    pub waived: bool,
}

impl Achieved {
    /// Whether a learner may move on.
    pub const fn satisfies(self, move_on: MoveOn) -> bool {
        self.waived || move_on.is_met(self.completed, self.passed)
    }
}

/// What counts as done as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// The block at this position.
    Block(usize),
    /// The course.
    Course,
}

/// One learner in one course: what was achieved in its units, and what was said to be satisfied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    units: BTreeMap<usize, Achieved>,
    satisfied: BTreeSet<Part>,
    /// Those of units that were waived before reasons were kept here are missing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    waivers: BTreeMap<usize, Waiver>,
}

/// Why a unit is not waived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotWaived {
    /// The course has no such unit.
    #[error("the course has no such unit")]
    NoUnit,
    /// It was waived in this registration (section 9.3.7).
    #[error("{}: the unit was waived in this registration", need::WAIVED_ONCE)]
    Already,
    /// Its condition is met: a waiver stands for what was met by other means alone (section 9.3.7).
    #[error("the condition of the unit is met already")]
    Satisfied,
}

impl Registration {
    /// A learner is registered. What is satisfied by that alone comes back (section 9.6.1).
    pub fn begin(course: &Course) -> (Self, Vec<Part>) {
        let mut registration = Self::default();
        let parts = registration.settle(course);
        (registration, parts)
    }

    /// What was achieved in a unit.
    pub fn achieved(&self, unit: usize) -> Achieved {
        self.units.get(&unit).copied().unwrap_or_default()
    }

    /// Whether a block or the course was said to be satisfied.
    pub fn is_satisfied(&self, part: Part) -> bool {
        self.satisfied.contains(&part)
    }

    /// How many units have their condition met.
    pub fn done(&self, course: &Course) -> usize {
        course.units().into_iter().filter(|unit| self.achieved(unit.position).satisfies(unit.move_on)).count()
    }

    /// A unit says something in a session; whether more was achieved by it, so that [`Self::settle`] may find something.
    pub fn take(&mut self, unit: usize, session: &mut Session, saying: Saying) -> Result<bool, Refused> {
        let before = self.achieved(unit);
        let mut achieved = before;
        session.take(saying, &mut achieved)?;
        if achieved != before {
            self.units.insert(unit, achieved);
        }
        Ok(achieved != before)
    }

    /// Why a unit was waived, if it was and that is known.
    pub fn waiver(&self, unit: usize) -> Option<&Waiver> {
        self.waivers.get(&unit)
    }

    /// A unit counts as done by other means (section 9.3.7). What is satisfied by it comes back.
    pub fn waive(&mut self, course: &Course, unit: usize, waiver: Waiver) -> Result<Vec<Part>, NotWaived> {
        let move_on = course.units().get(unit).ok_or(NotWaived::NoUnit)?.move_on;
        let achieved = self.achieved(unit);
        if achieved.waived {
            return Err(NotWaived::Already);
        }
        if achieved.satisfies(move_on) {
            return Err(NotWaived::Satisfied);
        }
        self.units.insert(unit, Achieved { waived: true, ..achieved });
        self.waivers.insert(unit, waiver);
        Ok(self.settle(course))
    }

    /// Notes what is satisfied and was not said to be: inner blocks first, the course last. Each is said once in a registration
    /// (section 9.3.9).
    pub fn settle(&mut self, course: &Course) -> Vec<Part> {
        let mut news = Vec::new();
        if self.settle_nodes(&course.children, &mut news) && self.satisfied.insert(Part::Course) {
            news.push(Part::Course);
        }
        news
    }

    fn settle_nodes(&mut self, nodes: &[Node], news: &mut Vec<Part>) -> bool {
        let mut all = true;
        for node in nodes {
            all &= match node {
                Node::Unit(unit) => self.achieved(unit.position).satisfies(unit.move_on),
                Node::Block(block) => {
                    let is_done = self.settle_nodes(&block.children, news);
                    if is_done && self.satisfied.insert(Part::Block(block.position)) {
                        news.push(Part::Block(block.position));
                    }
                    is_done
                }
            };
        }
        all
    }
}
