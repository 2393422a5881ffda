//! The tables of kits and of what comes back.

mod results;

pub use results::*;

use access::OrganizationId;
use db::{Arg, DbResult, Json, Tx, sql};
use kernel::Timestamp;

use super::kit::{Kit, KitFileId, KitId};
use super::results::Sitting;

/// Adds a kit.
pub async fn add_kit(tx: &mut Tx<'_>, kit: &Kit, by: &str) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO kits (id, organization, course, period, version, title, label, lang, asked, made_at, made_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let args: [Arg; 11] = [
        kit.id.into(),
        kit.organization.into(),
        kit.course.as_str().into(),
        kit.period.as_str().into(),
        kit.version.as_str().into(),
        kit.title.as_str().into(),
        kit.label.as_str().into(),
        kit.lang.code().into(),
        kit.asked.stored().into(),
        kit.made_at.into(),
        by.into(),
    ];
    tx.run(add, &args).await.map(|_| ())
}

/// A kit of an institution.
pub async fn kit(tx: &mut Tx<'_>, organization: OrganizationId, id: KitId) -> DbResult<Option<Kit>> {
    let find = sql!(
        "SELECT id, organization, course, period, version, title, label, lang, asked, made_at FROM kits WHERE id = $1 AND organization = $2"
    );
    tx.opt(find, &[id.into(), organization.into()]).await
}

db::row! {
    /// A kit in a list.
    #[derive(Clone, Debug)]
    pub struct KitLine {
        pub id: KitId,
        pub title: String,
        pub label: String,
        pub version: String,
        pub made_at: Timestamp,
        pub results: i64,
    }
}

/// The kits of an institution, the latest first, after the first `skipped`, each with how many results stand.
pub async fn kits(tx: &mut Tx<'_>, organization: OrganizationId, skipped: i64, limit: i64) -> DbResult<Vec<KitLine>> {
    let list = sql!(
        "SELECT k.id, k.title, k.label, k.version, k.made_at, (SELECT COUNT(*) FROM kit_results r WHERE r.kit = k.id
             AND NOT EXISTS (SELECT 1 FROM kit_withdrawals t WHERE t.kit = r.kit AND t.sitting = r.sitting AND t.number = r.number))
         FROM kits k WHERE k.organization = $1 ORDER BY k.made_at DESC, k.id DESC LIMIT $3 OFFSET $2"
    );
    tx.all(list, &[organization.into(), skipped.into(), limit.into()]).await
}

db::row! {
    /// A file that came back.
    #[derive(Clone, Debug)]
    pub struct FileLine {
        pub id: KitFileId,
        pub sent_at: Timestamp,
        pub recorded_at: Option<Timestamp>,
    }
}

/// A file by what is in it.
pub async fn file_by_digest(tx: &mut Tx<'_>, kit: KitId, digest: &str) -> DbResult<Option<FileLine>> {
    tx.opt(sql!("SELECT id, sent_at, recorded_at FROM kit_files WHERE kit = $1 AND digest = $2"), &[kit.into(), digest.into()]).await
}

/// A file of a kit.
pub async fn file(tx: &mut Tx<'_>, kit: KitId, id: KitFileId) -> DbResult<Option<FileLine>> {
    tx.opt(sql!("SELECT id, sent_at, recorded_at FROM kit_files WHERE kit = $1 AND id = $2"), &[kit.into(), id.into()]).await
}

/// The files of a kit that nobody has recorded, the latest first.
pub async fn waiting(tx: &mut Tx<'_>, kit: KitId) -> DbResult<Vec<FileLine>> {
    let list = sql!(
        "SELECT id, sent_at, recorded_at FROM kit_files WHERE kit = $1 AND recorded_at IS NULL ORDER BY sent_at DESC, id DESC LIMIT 50"
    );
    tx.all(list, &[kit.into()]).await
}

/// How many that are.
pub async fn count_waiting(tx: &mut Tx<'_>, kit: KitId) -> DbResult<i64> {
    tx.one(sql!("SELECT COUNT(*) FROM kit_files WHERE kit = $1 AND recorded_at IS NULL"), &[kit.into()]).await
}

/// Adds a file, unless the same one is there.
pub async fn add_file(
    tx: &mut Tx<'_>,
    id: KitFileId,
    kit: KitId,
    digest: &str,
    sittings: &[Sitting],
    by: &str,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO kit_files (id, kit, digest, sittings, sent_at, sent_by) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (kit, digest) DO NOTHING"
    );
    let content = serde_json::to_string(sittings).expect("texts and numbers can be written as JSON");
    tx.run(add, &[id.into(), kit.into(), digest.into(), content.into(), now.into(), by.into()]).await.map(|_| ())
}

/// Who is in a file of a kit. One of which it cannot be read any more is not taken for an empty one.
pub async fn sittings(tx: &mut Tx<'_>, kit: KitId, id: KitFileId) -> DbResult<Option<Vec<Sitting>>> {
    let find = sql!("SELECT sittings FROM kit_files WHERE kit = $1 AND id = $2");
    let found: Option<Json<Vec<Sitting>>> = tx.opt(find, &[kit.into(), id.into()]).await?;
    Ok(found.map(|Json(sittings)| sittings))
}

/// Says that a file was recorded; false if it was before.
pub async fn mark_recorded(tx: &mut Tx<'_>, id: KitFileId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("UPDATE kit_files SET recorded_at = $2 WHERE id = $1 AND recorded_at IS NULL");
    Ok(tx.run(mark, &[id.into(), now.into()]).await? == 1)
}
