//! What the portal says itself about a launch.

use cmi5::write::{self, About};
use cmi5::{Course, Part, Reason, Unit};
use kernel::{Timestamp, Uuid};
use xapi::Statement;

use crate::House;
use crate::package::{PackageId, Registered, RegistrationId};

/// Of whom, about what and when the portal speaks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling<'a> {
    pub house: &'a House,
    pub package: PackageId,
    pub actor: &'a str,
    pub registration: RegistrationId,
    pub session: Uuid,
    pub now: Timestamp,
}

impl<'a> Telling<'a> {
    /// Of a learner in a registration.
    pub fn of(house: &'a House, registered: &'a Registered, session: Uuid, now: Timestamp) -> Self {
        Self { house, package: registered.package, actor: &registered.actor, registration: registered.id, session, now }
    }

    fn about(&self) -> About<'_> {
        About {
            id: self.now.uuid(),
            at: jiff::Timestamp::from_microsecond(self.now.as_micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH),
            actor: self.actor,
            registration: self.registration.uuid(),
            session: self.session,
        }
    }

    /// A unit is launched.
    pub fn launched(&self, launch: &cmi5::Launch<'_>) -> Statement {
        write::launched(&self.about(), launch)
    }

    /// The session ends out of order, so many microseconds after its launch.
    pub fn abandoned(&self, unit: &Unit, micros: i64) -> Statement {
        write::abandoned(&self.about(), (unit, &self.house.unit(self.package, unit.position)), micros)
    }

    /// A unit counts as done by other means.
    pub fn waived(&self, unit: &Unit, reason: Reason) -> Statement {
        write::waived(&self.about(), (unit, &self.house.unit(self.package, unit.position)), reason)
    }

    /// Blocks and the course are done, in this order.
    pub fn satisfied(&self, course: &Course, parts: &[Part]) -> Vec<Statement> {
        let blocks = course.blocks();
        let told = parts.iter().filter_map(|part| {
            let about = self.about();
            match part {
                Part::Course => Some(write::satisfied_course(&about, course, &self.house.course(self.package))),
                Part::Block(at) => blocks.get(*at).map(|block| write::satisfied_block(&about, block, &self.house.block(self.package, *at))),
            }
        });
        told.collect()
    }
}
