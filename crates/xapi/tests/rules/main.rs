//! What the crate promises, by requirement.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

mod corpus;
mod equality;
mod forms;
mod hostile;
mod merging;
mod numbered;
mod parts;
mod properties;
mod queries;
mod requirements;
mod sample;
mod search;
mod signatures;
mod statements;
mod systematic;
