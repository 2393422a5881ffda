use db::{DbResult, Tx, row, sql};

use crate::OrganizationId;

row! {
    struct PlaceRow {
        id: OrganizationId,
    }
}

/// Puts an organization into the tree, or moves it with everything below it.
pub async fn place(tx: &mut Tx<'_>, id: OrganizationId, parent: Option<OrganizationId>) -> DbResult<()> {
    let put = sql!("INSERT INTO places (id, parent) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET parent = excluded.parent");
    tx.run(put, &[id.into(), parent.into()]).await?;
    Ok(())
}

/// The organization and all above it, nearest first. Empty if it is not in the tree. At most twelve levels.
pub async fn path_of(tx: &mut Tx<'_>, id: OrganizationId) -> DbResult<Vec<OrganizationId>> {
    let climb = sql!(
        "WITH RECURSIVE up (id, parent, level) AS (
             SELECT id, parent, 0 FROM places WHERE id = $1
             UNION ALL
             SELECT p.id, p.parent, up.level + 1 FROM places p JOIN up ON p.id = up.parent WHERE up.level < 12
         )
         SELECT id FROM up ORDER BY level"
    );
    let rows: Vec<PlaceRow> = tx.all(climb, &[id.into()]).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
