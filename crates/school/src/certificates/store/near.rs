use access::{AccountId, OrganizationId};
use db::{DbResult, Tx, sql};

db::row! {
    /// An institution or association that somebody has a role for, or one directly below it.
    #[derive(Clone, Debug)]
    pub struct Near {
        pub id: OrganizationId,
        pub name: String,
        pub code: Option<String>,
        pub through: OrganizationId,
    }
}

/// Those of an account by name, after the first `skipped`; which roles reach them the caller knows.
pub async fn near(tx: &mut Tx<'_>, account: AccountId, skipped: i64, limit: i64) -> DbResult<Vec<Near>> {
    let list = sql!(
        "SELECT o.id, o.name, o.code, m.organization FROM memberships m JOIN organizations o ON o.id = m.organization
         WHERE m.account = $1 AND m.standing = 'confirmed'
         UNION
         SELECT o.id, o.name, o.code, m.organization FROM memberships m JOIN places p ON p.parent = m.organization
         JOIN organizations o ON o.id = p.id
         WHERE m.account = $1 AND m.standing = 'confirmed'
         ORDER BY 2, 1 LIMIT $3 OFFSET $2"
    );
    tx.all(list, &[account.into(), skipped.into(), limit.into()]).await
}
