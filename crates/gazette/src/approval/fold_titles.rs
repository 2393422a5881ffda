use db::{DbResult, Tx};
use serde_json::{Value, json};

use super::store;
use super::version::titles;

/// Folds the titles of some of the versions that were saved before titles were kept folded: after an update, and after a restore of an
/// earlier backup. Says of how many.
pub async fn fold_titles(tx: &mut Tx<'_>) -> DbResult<u64> {
    let unfolded = store::unfolded(tx).await?;
    if !unfolded.is_empty() {
        let folded: Value = unfolded.iter().map(|(id, ja, en)| json!({ "id": id.uuid(), "titles": titles(ja, en) })).collect();
        store::put_titles(tx, folded).await?;
    }
    Ok(u64::try_from(unfolded.len()).unwrap_or(u64::MAX))
}
