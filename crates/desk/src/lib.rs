//! The first-response desk: reports of incidents, the way back to them, and the work on a case.
//!
//! For everybody: [`steps`] are what to do first, [`report`] is how the desk is told, [`back`] how one returns to a case, [`talk`] what
//! both sides say and send. For the desk: [`queue`] is what waits, [`triage`] how bad it is, [`work`] what is done, [`binding`] who it
//! is from, [`exports`] what leaves. [`alarm`], [`roster`] and [`clocks`] see that somebody comes in time; [`drill`] is practice,
//! [`figures`] are what is told of all of it. What an institution said is sealed: [`keys`] decide who opens it, and [`cases`] hold it
//! together.

pub mod alarm;
mod as_base64;
pub mod back;
pub mod binding;
pub mod cases;
mod circle;
pub mod clocks;
pub mod contents;
mod desk;
mod desk_pages;
pub mod drill;
pub mod exports;
pub mod figures;
mod follow;
pub mod jobs;
pub mod keys;
mod named;
pub mod notices;
mod phone;
pub mod queue;
pub mod report;
pub mod roster;
#[cfg(test)]
mod specimen;
mod spelling;
pub mod steps;
pub mod talk;
#[cfg(test)]
mod testing;
pub mod triage;
mod words;
pub mod work;

pub use contents::ContentFault;
pub use desk::Desk;
pub use named::{MAILS, NAMINGS};

use db::{DbResult, Tx};
use journal::{Handlers, Renderers};
use kernel::Timestamp;
use objects::Objects;
use web::{Portal, Routes};

/// Every route of the wing.
pub fn routes() -> Routes {
    steps::routes()
        .merge(report::routes())
        .merge(back::routes())
        .merge(talk::routes())
        .merge(binding::routes())
        .merge(keys::routes())
        .merge(queue::routes())
        .merge(roster::routes())
        .merge(work::routes())
        .merge(drill::routes())
        .merge(exports::routes())
        .merge(figures::routes())
}

/// Reads everything of `data/desk/` that the wing goes by. The program does not start with a fault in it.
pub fn check_contents() -> Result<(), ContentFault> {
    steps::Steps::shipped()?;
    steps::Card::shipped()?;
    report::questions::Questions::shipped()?;
    report::Callback::shipped()?;
    spelling::Spelling::read()?;
    notices::Notices::read()?;
    talk::Phases::read()?;
    triage::Rules::shipped()?;
    clocks::Clocks::shipped()?;
    queue::Products::shipped()?;
    work::Playbooks::shipped()?;
    work::consent::Form::shipped()?;
    drill::shipped()?;
    exports::check()?;
    Ok(())
}

/// Who does the wing's jobs.
pub fn handlers() -> Handlers {
    cases::handlers().and(jobs::handlers())
}

/// Who does the wing's jobs that call somebody outside.
pub fn call_handlers(portal: &Portal) -> Handlers {
    alarm::call_handlers(portal.part())
}

/// Who does the wing's jobs about files.
pub fn file_handlers(objects: &Objects) -> Handlers {
    keys::handlers(objects).and(talk::handlers(objects))
}

/// Who makes the wing's mails.
pub fn renderers(portal: &Portal) -> Renderers {
    notices::renderers(portal).and(alarm::renderers(portal))
}

/// Ends what browsers hold of cases: after a restore, one that was ended since must not open again. The six words still open.
pub async fn end_visits(tx: &mut Tx<'_>) -> DbResult<u64> {
    cases::store::end_visits(tx).await
}

/// Forgets ways in that have ended, tries that count no longer, and files that nobody goes on with, and gives up ways in that stood
/// beside newer ones for long enough.
pub async fn forget_old(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    cases::store::forget_wraps(tx, now).await?;
    keys::prove_by_time(tx, now).await?;
    back::forget_tries(tx, now).await?;
    talk::look(tx, now).await
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_contents_are_as_they_should_be() {
        super::check_contents().unwrap();
    }
}
