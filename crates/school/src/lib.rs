//! The school's wing: trainings, from the programme of a fiscal year to the application for one session and the day on which it is held.

pub mod lobby;
#[cfg(test)]
mod models;
pub mod office;
pub mod trainings;
