use db::{DbResult, Tx};
use kernel::Timestamp;

use super::store;

/// Why a job waits for a person after a restore, as the list of jobs shows it.
pub const RESTORED: &str = "restored";

/// Has the jobs of a backup go on after it was put back, and says how many wait for a person instead.
///
/// Whatever works on what is kept here is done, at once if its time has come: nobody who held it when the backup was made holds it
/// now. Jobs of the kinds in `telling` do nothing but reach somebody outside. Those of them whose moment has come may have been done
/// between the backup and now, and nobody knows: they are given up until a person decides. Those whose moment is yet to come go on.
pub async fn resume(tx: &mut Tx<'_>, telling: &[&'static str], now: Timestamp) -> DbResult<u64> {
    let held = store::hold_back(tx, telling, RESTORED, now).await?;
    store::free(tx).await?;
    Ok(held)
}
