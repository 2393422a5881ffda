//! What the crate promises, by requirement.

mod corpus;
mod equality;
mod forms;
mod hostile;
mod merging;
mod parts;
mod properties;
mod requirements;
mod sample;
mod search;
mod signatures;
mod statements;
mod systematic;
