//! The tables of kits and of what comes back.

use access::{AccountId, OrganizationId};
use db::{Arg, DbResult, Tx, sql};
use kernel::{Timestamp, Uuid, long_date};
use web::Words;

use super::kit::{Kit, KitFileId, KitId};
use super::results::Sitting;
use crate::assignments::StaffId;
use crate::content::Course;

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

/// The kits of an institution, the latest first, after the first `skipped`.
pub async fn kits(tx: &mut Tx<'_>, organization: OrganizationId, skipped: i64, limit: i64) -> DbResult<Vec<KitLine>> {
    let list = sql!(
        "SELECT k.id, k.title, k.label, k.version, k.made_at, (SELECT COUNT(*) FROM kit_results r WHERE r.kit = k.id) FROM kits k
         WHERE k.organization = $1 ORDER BY k.made_at DESC, k.id DESC LIMIT $3 OFFSET $2"
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
    let content = serde_json::to_string(sittings).unwrap_or_default();
    tx.run(add, &[id.into(), kit.into(), digest.into(), content.into(), now.into(), by.into()]).await.map(|_| ())
}

/// Who is in a file of a kit.
pub async fn sittings(tx: &mut Tx<'_>, kit: KitId, id: KitFileId) -> DbResult<Option<Vec<Sitting>>> {
    let content: Option<String> =
        tx.opt(sql!("SELECT sittings FROM kit_files WHERE kit = $1 AND id = $2"), &[kit.into(), id.into()]).await?;
    Ok(content.map(|content| serde_json::from_str(&content).unwrap_or_default()))
}

/// Says that a file was recorded; false if it was before.
pub async fn mark_recorded(tx: &mut Tx<'_>, id: KitFileId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("UPDATE kit_files SET recorded_at = $2 WHERE id = $1 AND recorded_at IS NULL");
    Ok(tx.run(mark, &[id.into(), now.into()]).await? == 1)
}

/// Puts a test down; false if it is there.
pub async fn add_result(
    tx: &mut Tx<'_>,
    kit: &Kit,
    file: KitFileId,
    sitting: &Sitting,
    person: Option<StaffId>,
    by: &str,
    now: Timestamp,
) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO kit_results (kit, sitting, file, person, name, department, course, period, right_ones, asked, needed, begun_at, ended_at,
             answers, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ON CONFLICT (kit, sitting) DO NOTHING"
    );
    let (score, (begun, ended)) = (sitting.score(kit), sitting.times(kit, now));
    let args: [Arg; 16] = [
        kit.id.into(),
        sitting.id.into(),
        file.into(),
        person.into(),
        sitting.name.as_str().into(),
        sitting.department.as_str().into(),
        kit.course.as_str().into(),
        kit.period.as_str().into(),
        score.right.into(),
        score.asked.into(),
        score.needed.into(),
        begun.into(),
        ended.into(),
        serde_json::to_string(&sitting.answers).unwrap_or_default().into(),
        now.into(),
        by.into(),
    ];
    Ok(tx.run(add, &args).await? == 1)
}

/// Which tests of a kit are put down.
pub async fn recorded(tx: &mut Tx<'_>, kit: KitId) -> DbResult<Vec<Uuid>> {
    tx.all(sql!("SELECT sitting FROM kit_results WHERE kit = $1"), &[kit.into()]).await
}

db::row! {
    /// A test that was put down.
    #[derive(Clone, Debug)]
    pub struct ResultLine {
        pub name: String,
        pub department: String,
        pub email: Option<String>,
        pub right: i64,
        pub asked: i64,
        pub needed: i64,
        pub begun_at: Timestamp,
        pub ended_at: Timestamp,
        pub recorded_at: Timestamp,
    }
}

impl ResultLine {
    /// Whether it was passed.
    pub const fn is_passed(&self) -> bool {
        self.right >= self.needed
    }
}

/// The tests of a kit, in the order in which they were taken, after the first `skipped`.
pub async fn results(tx: &mut Tx<'_>, kit: KitId, skipped: i64, limit: i64) -> DbResult<Vec<ResultLine>> {
    let list = sql!(
        "SELECT r.name, r.department, w.email, r.right_ones, r.asked, r.needed, r.begun_at, r.ended_at, r.recorded_at FROM kit_results r
         LEFT JOIN staff w ON w.id = r.person WHERE r.kit = $1 ORDER BY r.ended_at, r.sitting LIMIT $3 OFFSET $2"
    );
    tx.all(list, &[kit.into(), skipped.into(), limit.into()]).await
}

db::row! {
    /// What an institution says that somebody has done.
    #[derive(Clone, Debug)]
    pub struct Own {
        pub organization: String,
        pub version: String,
        pub right: i64,
        pub asked: i64,
        pub needed: i64,
        pub ended_at: Timestamp,
    }
}

impl Own {
    /// みほん市立総合病院　2026年11月30日（月）　15問中12問正解　合格　（2026.1）
    pub fn words(&self, w: Words) -> String {
        let values = [
            ("organization", &*self.organization),
            ("day", &long_date(self.ended_at.day(), w.lang)),
            ("right", &self.right.to_string()),
            ("asked", &self.asked.to_string()),
            ("outcome", &w.t(if self.right >= self.needed { "in-house-passed" } else { "in-house-not-passed" })),
            ("version", &self.version),
        ];
        w.with("in-house-own", &values)
    }
}

/// What institutions say that whoever signs in with an account has done of a course in its present period, the latest first.
pub async fn own(tx: &mut Tx<'_>, account: AccountId, course: &Course) -> DbResult<Vec<Own>> {
    let list = sql!(
        "SELECT o.name, k.version, r.right_ones, r.asked, r.needed, r.ended_at FROM accounts a JOIN staff w ON w.email = a.email
         JOIN kit_results r ON r.person = w.id JOIN kits k ON k.id = r.kit JOIN organizations o ON o.id = k.organization
         WHERE a.id = $1 AND r.course = $2 AND r.period = $3 ORDER BY r.ended_at DESC, r.sitting LIMIT 20"
    );
    tx.all(list, &[account.into(), course.slug.as_str().into(), course.period().into()]).await
}
