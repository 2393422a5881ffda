use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid, id};
use vault::PublicKey;

use super::store;

id!(
    /// The duty group's key from one change of the roster to the next.
    EpochId
);

db::row! {
    /// An epoch, as everybody may see it.
    #[derive(Clone, Debug)]
    pub struct Epoch {
        pub id: EpochId,
        pub number: i64,
        pub public_key: [u8; 32],
        pub made_by: String,
        pub made_at: Timestamp,
    }
}

/// The epoch to which cases are wrapped now; `None` until a lead has made the first.
pub async fn current_epoch(tx: &mut Tx<'_>) -> DbResult<Option<(Uuid, PublicKey)>> {
    let epoch = store::current_epoch(tx).await?;
    Ok(epoch.map(|epoch| (epoch.id.uuid(), PublicKey::from_bytes(epoch.public_key))))
}

/// The key behind glass, once its shares are on paper.
pub async fn glass_key(tx: &mut Tx<'_>) -> DbResult<Option<(Uuid, PublicKey)>> {
    let glass = store::glass(tx).await?;
    Ok(glass.map(|glass| (glass.id.uuid(), PublicKey::from_bytes(glass.public_key))))
}
