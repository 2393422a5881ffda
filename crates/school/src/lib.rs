//! The school's wing: trainings, from the programme of a fiscal year through a session's day to its certificates.

pub mod archive;
pub mod attendance;
pub mod certificates;
pub mod figures;
pub mod lobby;
#[cfg(test)]
mod models;
pub mod office;
pub mod reminders;
pub mod trainings;
