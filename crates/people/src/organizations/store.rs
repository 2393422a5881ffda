use access::OrganizationId;
use db::{Arg, DbResult, Tx, sql};
use kernel::Timestamp;

use super::Organization;
use super::import::Checked;
use super::search::{KEY_CHARS, key};

/// How well a key fits: the beginning of a name, a code or a postcode comes before a part from inside.
#[derive(Clone, Copy)]
pub(super) enum Rank {
    Beginning = 0,
    Inside = 1,
}

/// The organization with this id.
pub async fn find(tx: &mut Tx<'_>, id: OrganizationId) -> DbResult<Option<Organization>> {
    let find = sql!(
        "SELECT id, code, name, kana, kind, prefecture, postcode, address, beds, sample, known_since FROM organizations WHERE id = $1"
    );
    tx.opt(find, &[id.into()]).await
}

/// The organization with this code.
pub async fn by_code(tx: &mut Tx<'_>, code: &str) -> DbResult<Option<Organization>> {
    let find = sql!(
        "SELECT id, code, name, kana, kind, prefecture, postcode, address, beds, sample, known_since FROM organizations WHERE code = $1"
    );
    tx.opt(find, &[code.into()]).await
}

/// The organization without a code that has this name in this prefecture.
pub(super) async fn by_name(tx: &mut Tx<'_>, name: &str, prefecture: &str) -> DbResult<Option<Organization>> {
    let find = sql!(
        "SELECT id, code, name, kana, kind, prefecture, postcode, address, beds, sample, known_since FROM organizations
         WHERE name = $1 AND prefecture = $2 AND code IS NULL"
    );
    tx.opt(find, &[name.into(), prefecture.into()]).await
}

/// Organizations that have a key with this beginning, the shortest rest first.
pub(super) async fn with_key(tx: &mut Tx<'_>, rank: Rank, beginning: &str, limit: i64) -> DbResult<Vec<Organization>> {
    let find = sql!(
        "SELECT o.id, o.code, o.name, o.kana, o.kind, o.prefecture, o.postcode, o.address, o.beds, o.sample, o.known_since
         FROM (SELECT key, organization FROM organization_keys WHERE rank = $1 AND key >= $2 AND key < $3 ORDER BY key, organization LIMIT $4) k
         JOIN organizations o ON o.id = k.organization
         ORDER BY k.key, o.id"
    );
    // No character follows the last one of Unicode, so every key with this beginning lies below.
    let end = format!("{beginning}\u{10FFFF}");
    tx.all(find, &[(rank as i64).into(), beginning.into(), end.into(), limit.into()]).await
}

/// Adds an organization with its keys.
pub(super) async fn add(tx: &mut Tx<'_>, id: OrganizationId, line: &Checked, sample: bool, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO organizations (id, code, name, kana, kind, prefecture, postcode, address, beds, sample, known_since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let args: [Arg; 11] = [
        id.into(),
        line.code.as_deref().into(),
        line.name.as_str().into(),
        line.kana.as_str().into(),
        line.kind.as_str().into(),
        line.prefecture.as_str().into(),
        line.postcode.as_str().into(),
        line.address.as_str().into(),
        line.beds.into(),
        sample.into(),
        now.into(),
    ];
    tx.run(add, &args).await?;
    put_keys(tx, id, line).await
}

/// Replaces what is known about an organization, and makes its keys anew. What it is known by stays.
pub(super) async fn change(tx: &mut Tx<'_>, id: OrganizationId, line: &Checked, sample: bool) -> DbResult<()> {
    let change = sql!(
        "UPDATE organizations SET name = $2, kana = $3, kind = $4, prefecture = $5, postcode = $6, address = $7, beds = $8, sample = $9
         WHERE id = $1"
    );
    let args: [Arg; 9] = [
        id.into(),
        line.name.as_str().into(),
        line.kana.as_str().into(),
        line.kind.as_str().into(),
        line.prefecture.as_str().into(),
        line.postcode.as_str().into(),
        line.address.as_str().into(),
        line.beds.into(),
        sample.into(),
    ];
    tx.run(change, &args).await?;
    tx.run(sql!("DELETE FROM organization_keys WHERE organization = $1"), &[id.into()]).await?;
    put_keys(tx, id, line).await
}

/// All tails of name and reading by one statement: a round trip for each would take minutes for the whole country.
async fn put_keys(tx: &mut Tx<'_>, id: OrganizationId, line: &Checked) -> DbResult<()> {
    let add = sql!(
        "WITH RECURSIVE tails (text, place) AS (
             SELECT CAST($2 AS TEXT), 1
             UNION ALL SELECT CAST($3 AS TEXT), 1
             UNION ALL SELECT text, place + 1 FROM tails WHERE place + 1 < length(text)
         ), keys (rank, key) AS (
             SELECT CASE place WHEN 1 THEN 0 ELSE 1 END, substr(text, place, CAST($6 AS INTEGER)) FROM tails
             UNION SELECT 0, CAST($4 AS TEXT)
             UNION SELECT 0, CAST($5 AS TEXT)
         )
         INSERT INTO organization_keys (rank, key, organization)
         SELECT keys.rank, keys.key, organizations.id FROM keys JOIN organizations ON organizations.id = $1 WHERE keys.key <> ''"
    );
    let chars = i32::try_from(KEY_CHARS).unwrap_or(i32::MAX);
    let code = line.code.as_deref().map(key).unwrap_or_default();
    let args: [Arg; 6] = [id.into(), key(&line.name).into(), key(&line.kana).into(), code.into(), key(&line.postcode).into(), chars.into()];
    tx.run(add, &args).await?;
    Ok(())
}
