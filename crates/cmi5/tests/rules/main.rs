//! What the crate promises, by requirement.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

mod hostile;
mod launches;
mod order;
mod packages;
mod properties;
mod requirements;
mod sample;
mod statements;
mod structures;
mod systems;
mod written;
