use db::{DbResult, Tx, row, sql};
use kernel::{Timestamp, Uuid, id};
use sha2::{Digest, Sha256};

use crate::{Actor, Who};

id!(
    /// A token by which a program acts.
    ApiTokenId
);

row! {
    /// A token, as the operator sees it; the secret itself is shown once and never kept.
    pub struct ApiToken {
        pub id: ApiTokenId,
        pub name: String,
        pub scopes: String,
        pub issued_at: Timestamp,
        pub ends_at: Option<Timestamp>,
        pub ended_at: Option<Timestamp>,
        pub used_at: Option<Timestamp>,
    }
}

/// Makes a token with this secret. `scopes` are separated by blanks, such as `applications:read`.
pub async fn issue(
    tx: &mut Tx<'_>,
    name: &str,
    scopes: &str,
    secret: &[u8],
    ends_at: Option<Timestamp>,
    issued_by: &str,
    now: Timestamp,
) -> DbResult<ApiTokenId> {
    let id = ApiTokenId::new(now);
    let add = sql!("INSERT INTO api_tokens (id, secret, name, scopes, issued_by, issued_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    let args = [id.into(), hash(secret).into(), name.into(), scopes.into(), issued_by.into(), now.into(), ends_at.into()];
    tx.run(add, &args).await?;
    Ok(id)
}

/// The program with this secret, if its token is in force.
pub async fn token_of(tx: &mut Tx<'_>, secret: &[u8], now: Timestamp) -> DbResult<Option<Actor>> {
    let find = sql!(
        "SELECT id, name, scopes, issued_at, ends_at, ended_at, used_at FROM api_tokens
         WHERE secret = $1 AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > $2)"
    );
    let found: Option<ApiToken> = tx.opt(find, &[hash(secret).into(), now.into()]).await?;
    Ok(found.map(|token| Actor {
        who: Who::Program { scopes: token.scopes.split(' ').map(str::to_owned).collect(), token: token.id.uuid() },
        memberships: Vec::new(),
        application: None,
    }))
}

/// The tokens, newest first, after the first `skipped`.
pub async fn tokens(tx: &mut Tx<'_>, skipped: i64, limit: i64) -> DbResult<Vec<ApiToken>> {
    let list = sql!(
        "SELECT id, name, scopes, issued_at, ends_at, ended_at, used_at FROM api_tokens
         ORDER BY issued_at DESC, id DESC LIMIT $2 OFFSET $1"
    );
    tx.all(list, &[skipped.into(), limit.into()]).await
}

/// What those of these tokens are for that there are.
pub async fn token_names(tx: &mut Tx<'_>, ids: &[Uuid]) -> DbResult<Vec<(Uuid, String)>> {
    let list = db::among!(tx, "SELECT id, name FROM api_tokens WHERE id");
    tx.all(list, &[db::ids(ids)]).await
}

/// The token with this id.
pub async fn token(tx: &mut Tx<'_>, id: ApiTokenId) -> DbResult<Option<ApiToken>> {
    let find = sql!("SELECT id, name, scopes, issued_at, ends_at, ended_at, used_at FROM api_tokens WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// Notes that a program came with this token.
pub async fn used(tx: &mut Tx<'_>, id: ApiTokenId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE api_tokens SET used_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
    Ok(())
}

/// Ends a token; returns whether there was one.
pub async fn revoke(tx: &mut Tx<'_>, id: ApiTokenId, now: Timestamp) -> DbResult<bool> {
    let end = sql!("UPDATE api_tokens SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL");
    Ok(tx.run(end, &[id.into(), now.into()]).await? == 1)
}

/// Ends every token: after a restore, one that was ended since must not open again.
pub async fn revoke_all(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    tx.run(sql!("UPDATE api_tokens SET ended_at = $1 WHERE ended_at IS NULL"), &[now.into()]).await
}

fn hash(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}
