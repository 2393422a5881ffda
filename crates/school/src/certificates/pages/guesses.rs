//! Whoever tries codes is slowed, by network: misses alone are counted, in memory, since a code cannot be guessed anyway.

use kernel::Span;
use web::{Brake, PageError, Portal, Visit};

/// So many misses in [`SPAN`] are slips; more are tries.
const FREE: u32 = 60;
const SPAN: Span = Span::minutes(10);
/// No more networks are remembered.
const NETWORKS: usize = 10_000;

/// The misses of each network: a part of the portal.
#[derive(Debug)]
pub struct Guesses(Brake<String>);

impl Default for Guesses {
    fn default() -> Self {
        Self(Brake::new(FREE, SPAN, NETWORKS))
    }
}

/// Refuses whoever has missed too often.
pub(super) fn heed(portal: &Portal, visit: &Visit) -> Result<(), PageError> {
    let Some(guesses) = portal.part::<Guesses>() else { return Ok(()) };
    if guesses.0.is_reached(&visit.network, visit.now) { Err(guesses.0.refusal()) } else { Ok(()) }
}

/// Notes a miss.
pub(super) fn missed(portal: &Portal, visit: &Visit) {
    if let Some(guesses) = portal.part::<Guesses>() {
        guesses.0.count(visit.network.clone(), visit.now);
    }
}
