//! Seats for everybody who waits for the same session at once, as each engine does it best.

pub(super) mod postgres;
pub(super) mod sqlite;
