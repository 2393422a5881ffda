use db::{DbResult, Tx, sql};
use kernel::Timestamp;
use records::engines::{list as values, one_of};
use serde_json::json;

use crate::import::Unpacked;
use crate::package::{Package, PackageId};

/// Adds a package.
pub(crate) async fn add(tx: &mut Tx<'_>, id: PackageId, new: &Unpacked, by: &str, now: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO packages (id, course, title, manifest, units, files, bytes, imported_by, imported_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let args = [
        id.into(),
        (&new.course.id).into(),
        serde_json::Value::Object(new.course.title.map()).into(),
        new.manifest.clone().into(),
        number(new.course.units().len()).into(),
        number(new.files.len()).into(),
        new.files.iter().map(|file| i64::try_from(file.bytes).unwrap_or(i64::MAX)).sum::<i64>().into(),
        by.into(),
        now.into(),
    ];
    tx.run(add, &args).await.map(|_| ())
}

/// Adds the files of a package.
pub(crate) async fn add_files(tx: &mut Tx<'_>, id: PackageId, new: &Unpacked) -> DbResult<()> {
    let add = one_of(
        tx,
        sql!(sqlite
            "INSERT INTO package_files (package, path, object, bytes)
             SELECT $1, value ->> 0, unhex(value ->> 1), value ->> 2 FROM json_each($2)"
        ),
        sql!(postgres
            "INSERT INTO package_files (package, path, object, bytes)
             SELECT $1, value ->> 0, decode(value ->> 1, 'hex'), CAST(value ->> 2 AS bigint) FROM jsonb_array_elements($2) AS new (value)"
        ),
    );
    let rows = values(new.files.iter().map(|file| json!([file.path, hex::encode(file.hash.bytes()), file.bytes])));
    tx.run(add, &[id.into(), rows]).await.map(|_| ())
}

/// A package.
pub(crate) async fn one(tx: &mut Tx<'_>, id: PackageId) -> DbResult<Option<Package>> {
    tx.opt(
        sql!("SELECT id, course, title, units, files, bytes, imported_at, opened_at, deleted_at FROM packages WHERE id = $1"),
        &[id.into()],
    )
    .await
}

/// A package that nobody else launches or deletes until the commit.
pub(crate) async fn lock(tx: &mut Tx<'_>, id: PackageId) -> DbResult<Option<Package>> {
    let lock = one_of(
        tx,
        sql!(sqlite "SELECT id, course, title, units, files, bytes, imported_at, opened_at, deleted_at FROM packages WHERE id = $1"),
        sql!(postgres
            "SELECT id, course, title, units, files, bytes, imported_at, opened_at, deleted_at FROM packages WHERE id = $1 FOR UPDATE"
        ),
    );
    tx.opt(lock, &[id.into()]).await
}

/// Whether a package is there; until the commit nobody deletes it.
pub(crate) async fn hold(tx: &mut Tx<'_>, id: PackageId) -> DbResult<bool> {
    let hold = one_of(
        tx,
        sql!(sqlite "SELECT imported_at FROM packages WHERE id = $1 AND deleted_at IS NULL"),
        sql!(postgres "SELECT imported_at FROM packages WHERE id = $1 AND deleted_at IS NULL FOR SHARE"),
    );
    let found: Option<Timestamp> = tx.opt(hold, &[id.into()]).await?;
    Ok(found.is_some())
}

/// When a package was brought in, deleted or not.
pub(crate) async fn imported_at(tx: &mut Tx<'_>, id: PackageId) -> DbResult<Option<Timestamp>> {
    tx.opt(sql!("SELECT imported_at FROM packages WHERE id = $1"), &[id.into()]).await
}

/// Deletes a package: it is no longer shown, and its files are gone.
pub(crate) async fn delete(tx: &mut Tx<'_>, id: PackageId, now: Timestamp) -> DbResult<()> {
    tx.run(sql!("UPDATE packages SET opened_at = NULL, deleted_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
    tx.run(sql!("DELETE FROM package_files WHERE package = $1"), &[id.into()]).await.map(|_| ())
}

/// Its `cmi5.xml`.
pub(crate) async fn manifest(tx: &mut Tx<'_>, id: PackageId) -> DbResult<Option<Vec<u8>>> {
    tx.opt(sql!("SELECT manifest FROM packages WHERE id = $1"), &[id.into()]).await
}

/// All packages, the latest first, after the first `skipped`.
pub(crate) async fn list(tx: &mut Tx<'_>, skipped: i64, limit: i64) -> DbResult<Vec<Package>> {
    let list = sql!(
        "SELECT id, course, title, units, files, bytes, imported_at, opened_at, deleted_at FROM packages
         ORDER BY imported_at DESC, id LIMIT $2 OFFSET $1"
    );
    tx.all(list, &[skipped.into(), limit.into()]).await
}

/// Those that learners see, the latest first, after the first `skipped`.
pub(crate) async fn open_list(tx: &mut Tx<'_>, skipped: i64, limit: i64) -> DbResult<Vec<Package>> {
    let list = sql!(
        "SELECT id, course, title, units, files, bytes, imported_at, opened_at, deleted_at FROM packages
         WHERE opened_at IS NOT NULL ORDER BY opened_at DESC, id LIMIT $2 OFFSET $1"
    );
    tx.all(list, &[skipped.into(), limit.into()]).await
}

/// Shows it to learners; false if it was shown, or is not there.
pub(crate) async fn open(tx: &mut Tx<'_>, id: PackageId, now: Timestamp) -> DbResult<bool> {
    Ok(tx
        .run(
            sql!("UPDATE packages SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL AND deleted_at IS NULL"),
            &[id.into(), now.into()],
        )
        .await?
        == 1)
}

/// Shows it no longer; false if it was not shown, or is not there.
pub(crate) async fn shut(tx: &mut Tx<'_>, id: PackageId) -> DbResult<bool> {
    Ok(tx.run(sql!("UPDATE packages SET opened_at = NULL WHERE id = $1 AND opened_at IS NOT NULL"), &[id.into()]).await? == 1)
}
