use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::{Span, Timestamp};

/// The one place that asks the machine for the time.
///
/// The demo and the tests start it at a moment of their own and move it; it never runs backwards by itself.
#[derive(Clone, Debug)]
pub struct Clock {
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    System,
    /// Microseconds that are added to the machine's time.
    Shifted(Arc<AtomicI64>),
    /// Stands still until moved.
    Standing(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's own time.
    pub const fn system() -> Self {
        Self { kind: Kind::System }
    }

    /// Shows `start` now and runs on from there; [`Clock::advance`] moves it forward.
    pub fn starting_at(start: Timestamp) -> Self {
        Self { kind: Kind::Shifted(Arc::new(AtomicI64::new(start.as_micros() - machine_micros()))) }
    }

    /// Stands at `moment` until it is moved: for tests.
    pub fn standing_at(moment: Timestamp) -> Self {
        Self { kind: Kind::Standing(Arc::new(AtomicI64::new(moment.as_micros()))) }
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_micros(match &self.kind {
            Kind::System => machine_micros(),
            Kind::Shifted(shift) => machine_micros() + shift.load(Ordering::SeqCst),
            Kind::Standing(moment) => moment.load(Ordering::SeqCst),
        })
    }

    /// Moves a clock of the demo or a test by `span`; the machine's own clock does not move.
    pub fn advance(&self, span: Span) {
        match &self.kind {
            Kind::System => {}
            Kind::Shifted(micros) | Kind::Standing(micros) => {
                micros.fetch_add(span.as_micros(), Ordering::SeqCst);
            }
        }
    }

    /// Sets a clock of the demo or a test to `moment`.
    pub fn set(&self, moment: Timestamp) {
        self.advance(moment.since(self.now()));
    }

    /// Whether this is the machine's own time, so that a database server's clock may be trusted beside it.
    pub const fn is_system(&self) -> bool {
        matches!(self.kind, Kind::System)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that everybody else takes the time from")]
fn machine_micros() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}
