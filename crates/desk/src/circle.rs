//! To whom every case is open besides the one who reports.

use db::{DbResult, Tx};

use crate::cases::Circle;
use crate::keys;

/// The epoch of the duty group and the break-glass key in force.
pub async fn load(tx: &mut Tx<'_>) -> DbResult<Circle> {
    Ok(Circle { epoch: keys::current_epoch(tx).await?, glass: keys::glass_key(tx).await? })
}
