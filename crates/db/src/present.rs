//! What every thread of one database agrees on: the present moment, the version of the public pages, and what was read under it.

use kernel::{Clock, Timestamp};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use crate::effects::{Effects, Woken};
use crate::kept::Kept;

/// The time that writes are given, which never runs backwards, even if the machine's clock does.
#[derive(Debug)]
pub(crate) struct Present {
    clock: Clock,
    floor: AtomicI64,
    public_version: AtomicU64,
    /// What reads share as long as that version lasts.
    pub(crate) kept: Kept,
    /// Who is woken by what commits leave to be done.
    pub(crate) woken: Woken,
}

impl Present {
    pub(crate) fn new(clock: Clock) -> Self {
        Self { clock, floor: AtomicI64::new(i64::MIN), public_version: AtomicU64::new(0), kept: Kept::default(), woken: Woken::default() }
    }

    /// Whether the machine's own time is asked for, so that the database server's is as good.
    pub(crate) const fn is_system(&self) -> bool {
        self.clock.is_system()
    }

    /// The present moment by the clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.not_before(self.clock.now())
    }

    /// `moment`, or the latest that was ever given out or found written, if that is later.
    pub(crate) fn not_before(&self, moment: Timestamp) -> Timestamp {
        let floor = self.floor.fetch_max(moment.as_micros(), Ordering::SeqCst);
        Timestamp::from_micros(floor).max(moment)
    }

    pub(crate) fn public_version(&self) -> u64 {
        self.public_version.load(Ordering::SeqCst)
    }

    /// A commit with these effects, and with the version that it has raised, is durable.
    pub(crate) fn is_committed(&self, effects: Effects, version: Option<i64>) {
        if let Some(version) = version {
            self.public_version_is(version);
        }
        self.woken.by(effects);
    }

    /// A version that was found committed.
    pub(crate) fn public_version_is(&self, version: i64) {
        self.public_version.fetch_max(u64::try_from(version).unwrap_or(0), Ordering::SeqCst);
    }
}
