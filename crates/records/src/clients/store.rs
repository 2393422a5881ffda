use access::OrganizationId;
use db::{DbResult, FromRow, Row, Tx, Unreadable, sql};
use kernel::Timestamp;

use super::{Client, ClientId, NewClient};

/// Adds a client; false if its key is taken.
pub(super) async fn add(
    tx: &mut Tx<'_>,
    id: ClientId,
    new: &NewClient,
    secret: &[u8],
    organization: Option<OrganizationId>,
    by: &str,
    now: Timestamp,
) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO record_clients (id, key, secret, name, organization, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (key) DO NOTHING"
    );
    let args = [id.into(), (&new.key).into(), secret.into(), (&new.name).into(), organization.into(), by.into(), now.into()];
    Ok(tx.run(add, &args).await? == 1)
}

/// The client with this key and this hash of its secret.
pub(super) async fn find(tx: &mut Tx<'_>, key: &str, secret: &[u8]) -> DbResult<Option<Client>> {
    let find = sql!(
        "SELECT id, key, name, organization, made_at, ended_at FROM record_clients WHERE key = $1 AND secret = $2 AND ended_at IS NULL"
    );
    tx.opt(find, &[key.into(), secret.into()]).await
}

/// All clients, newest first.
pub async fn all(tx: &mut Tx<'_>) -> DbResult<Vec<Client>> {
    let list = sql!("SELECT id, key, name, organization, made_at, ended_at FROM record_clients ORDER BY made_at DESC, id LIMIT 200");
    tx.all(list, &[]).await
}

/// A client with the name of its organization.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The client.
    pub client: Client,
    /// Whose it is; nothing for the portal's own.
    pub organization: Option<String>,
}

impl FromRow for Listed {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Unreadable> {
        Ok(Self { client: Client::from_row(row)?, organization: row.next("organization")? })
    }
}

/// The latest two hundred clients with their organizations, newest first.
pub async fn listed(tx: &mut Tx<'_>) -> DbResult<Vec<Listed>> {
    let list = sql!(
        "SELECT c.id, c.key, c.name, c.organization, c.made_at, c.ended_at, o.name FROM record_clients c
         LEFT JOIN organizations o ON o.id = c.organization ORDER BY c.made_at DESC, c.id LIMIT 200"
    );
    tx.all(list, &[]).await
}

/// Ends a client.
pub(super) async fn end(tx: &mut Tx<'_>, id: ClientId, now: Timestamp) -> DbResult<bool> {
    let end = sql!("UPDATE record_clients SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL");
    Ok(tx.run(end, &[id.into(), now.into()]).await? == 1)
}

/// Ends every client: after a restore, one that was ended since must not open again.
pub async fn end_all(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    tx.run(sql!("UPDATE record_clients SET ended_at = $1 WHERE ended_at IS NULL"), &[now.into()]).await
}
