//! The school's wing: trainings, from the programme of a fiscal year through a session's day to its certificates.
//!
//! [`trainings`] is what is offered and who applied, [`lobby`] the day itself, [`attendance`] who was there, [`certificates`] what
//! proves it, [`archive`] the recordings and materials of afterwards. [`reminders`] write to people by rule, [`figures`] count them.
//! [`office`] is the secretariat's own: what waits, lists, plans of changes and rehearsals.

pub mod archive;
pub mod attendance;
pub mod certificates;
pub mod figures;
pub mod lobby;
#[cfg(test)]
mod models;
mod named;
pub mod office;
pub mod reminders;
pub mod trainings;

pub use named::{MAILS, NAMINGS};

/// The jobs that do nothing but write to people. Nobody can take a mail back: where it is not known whether one of these was done, a
/// person decides.
pub const TELLING: [&str; 6] = [
    trainings::interest::TELL_OPENING,
    office::sessions::tell::TELL,
    archive::notice::TELL,
    archive::notice::TELL_ON,
    reminders::GATHER,
    reminders::POST,
];
