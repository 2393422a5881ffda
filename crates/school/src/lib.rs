//! The school's wing: trainings, from the programme of a fiscal year to the application for one session.

pub mod archive;
#[cfg(test)]
mod models;
pub mod office;
pub mod trainings;
