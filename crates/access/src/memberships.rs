use db::{Arg, DbResult, Tx, row, sql};
use kernel::{Timestamp, id};

use crate::{AccountId, Membership, OrganizationId, Role, Standing};

id!(
    /// A role that an account has somewhere in the tree.
    MembershipId
);

row! {
    struct MembershipRow {
        role: String,
        standing: String,
        organization: Option<OrganizationId>,
    }
}

/// All memberships of the account, in whatever standing. Rows with a role or standing that this version does not know open nothing. However
/// many they are: one that is left out would open nothing, without a word.
pub async fn memberships_of(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<Membership>> {
    let list = sql!("SELECT role, standing, organization FROM memberships WHERE account = $1 ORDER BY granted_at");
    let rows: Vec<MembershipRow> = tx.all(list, &[account.into()]).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Membership { role: row.role.parse().ok()?, standing: row.standing.parse().ok()?, organization: row.organization })
        })
        .collect())
}

/// Gives a role. The standing says whether it is in force at once.
pub async fn grant(
    tx: &mut Tx<'_>,
    account: AccountId,
    role: Role,
    standing: Standing,
    organization: Option<OrganizationId>,
    granted_by: &str,
    now: Timestamp,
) -> DbResult<MembershipId> {
    let id = MembershipId::new(now);
    let add = sql!(
        "INSERT INTO memberships (id, account, role, standing, organization, granted_by, granted_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)"
    );
    let args: [Arg; 7] =
        [id.into(), account.into(), role.id().into(), standing.id().into(), organization.into(), granted_by.into(), now.into()];
    tx.run(add, &args).await?;
    Ok(id)
}

/// Changes how a role of the account at this place stands; the same role elsewhere stays as it is. Returns whether it changed.
pub async fn set_standing(
    tx: &mut Tx<'_>,
    account: AccountId,
    role: Role,
    organization: Option<OrganizationId>,
    standing: Standing,
    now: Timestamp,
) -> DbResult<bool> {
    let change = sql!(
        "UPDATE memberships SET standing = $4, changed_at = $5 WHERE account = $1 AND role = $2 AND standing <> $4
         AND (organization = $3 OR (organization IS NULL AND CAST($3 AS UUID) IS NULL))"
    );
    let args: [Arg; 5] = [account.into(), role.id().into(), organization.into(), standing.id().into(), now.into()];
    Ok(tx.run(change, &args).await? > 0)
}

/// Changes how one membership stands, if it stands as it was seen.
pub async fn change_standing(tx: &mut Tx<'_>, id: MembershipId, seen: Standing, standing: Standing, now: Timestamp) -> DbResult<bool> {
    let change = sql!("UPDATE memberships SET standing = $3, changed_at = $4 WHERE id = $1 AND standing = $2");
    Ok(tx.run(change, &[id.into(), seen.id().into(), standing.id().into(), now.into()]).await? == 1)
}
