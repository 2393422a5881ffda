//! What follows from a report, in its transaction: somebody is called, clocks run, tasks are added.

use db::{DbResult, Tx};
use kernel::Timestamp;

use crate::alarm;
use crate::cases::Case;
use crate::clocks;
use crate::work::tasks;

/// After a case was made.
pub async fn opened(tx: &mut Tx<'_>, case: &Case, by: &str, now: Timestamp) -> DbResult<()> {
    alarm::set_off(tx, case, now).await?;
    answered(tx, case, by, now).await
}

/// After an answer: what is known decides which duties there are, and which tasks.
pub async fn answered(tx: &mut Tx<'_>, case: &Case, by: &str, now: Timestamp) -> DbResult<()> {
    clocks::keep(tx, case.id, by, now).await?;
    // Whoever takes the case gets its first tasks; what is learnt afterwards adds to them.
    if case.taken_at.is_some() { tasks::keep(tx, case.id, by, now).await } else { Ok(()) }
}
