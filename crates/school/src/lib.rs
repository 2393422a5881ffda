//! The school's wing: trainings, from the programme of a fiscal year to the application for one session and its certificate.

pub mod attendance;
pub mod certificates;
#[cfg(test)]
mod models;
pub mod office;
pub mod trainings;
