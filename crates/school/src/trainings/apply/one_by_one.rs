//! On SQLite a statement costs no way, and the writer makes one commit of many callers, so one after the other is as good.

use db::{DbResult, Tx};
use kernel::Timestamp;

use super::{Applied, NotApplied, SessionPath, apply};
use crate::trainings::application::Wanted;

/// Applies for each, in the order in which they came.
pub async fn apply_all(tx: &mut Tx<'_>, inputs: &[(SessionPath, Wanted)], now: Timestamp) -> DbResult<Vec<Result<Applied, NotApplied>>> {
    let mut answers = Vec::with_capacity(inputs.len());
    for (path, wanted) in inputs {
        answers.push(apply(tx, *path, wanted, now).await?);
    }
    Ok(answers)
}
