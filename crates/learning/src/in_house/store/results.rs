use access::AccountId;
use db::{DbResult, Engine, Tx, sql};
use kernel::{Timestamp, Uuid, long_date};
use serde_json::json;
use web::Words;

use crate::assignments::StaffId;
use crate::content::Course;
use crate::in_house::kit::{Kit, KitFileId, KitId};
use crate::in_house::results::Sitting;

/// Puts tests down that do not stand yet, each with whoever it is put down for; how many that were.
pub async fn add_results(
    tx: &mut Tx<'_>,
    kit: &Kit,
    file: KitFileId,
    sittings: &[(&Sitting, Option<StaffId>)],
    by: &str,
    now: Timestamp,
) -> DbResult<usize> {
    let add = match tx.engine() {
        Engine::Sqlite => sql!(sqlite
            "INSERT INTO kit_results (kit, sitting, number, file, person, name, department, course, period, right_ones, asked, needed,
                 begun_at, ended_at, answers, recorded_at, recorded_by)
             SELECT $1, n.sitting, 1 + (SELECT COUNT(*) FROM kit_results r WHERE r.kit = $1 AND r.sitting = n.sitting), $2, n.person,
                 n.name, n.department, $3, $4, n.right_ones, n.asked, n.needed, n.begun_at, n.ended_at, n.answers, $5, $6
             FROM (SELECT unhex(value ->> 'sitting', '-') AS sitting, unhex(value ->> 'person', '-') AS person, value ->> 'name' AS name,
                 value ->> 'department' AS department, value ->> 'right_ones' AS right_ones, value ->> 'asked' AS asked,
                 value ->> 'needed' AS needed, value ->> 'begun_at' AS begun_at, value ->> 'ended_at' AS ended_at,
                 value ->> 'answers' AS answers FROM json_each($7)) AS n
             WHERE NOT EXISTS (SELECT 1 FROM kit_results r WHERE r.kit = $1 AND r.sitting = n.sitting AND NOT EXISTS (SELECT 1
                 FROM kit_withdrawals t WHERE t.kit = r.kit AND t.sitting = r.sitting AND t.number = r.number))
             ON CONFLICT (kit, sitting, number) DO NOTHING"
        ),
        Engine::Postgres => sql!(postgres
            "INSERT INTO kit_results (kit, sitting, number, file, person, name, department, course, period, right_ones, asked, needed,
                 begun_at, ended_at, answers, recorded_at, recorded_by)
             SELECT CAST($1 AS uuid), n.sitting, 1 + (SELECT COUNT(*) FROM kit_results r WHERE r.kit = CAST($1 AS uuid)
                 AND r.sitting = n.sitting), CAST($2 AS uuid), n.person, n.name, n.department, CAST($3 AS text), CAST($4 AS text),
                 n.right_ones, n.asked, n.needed, n.begun_at, n.ended_at, n.answers, CAST($5 AS bigint), CAST($6 AS text)
             FROM jsonb_to_recordset($7) AS n (sitting uuid, person uuid, name text, department text, right_ones bigint, asked bigint,
                 needed bigint, begun_at bigint, ended_at bigint, answers text)
             WHERE NOT EXISTS (SELECT 1 FROM kit_results r WHERE r.kit = CAST($1 AS uuid) AND r.sitting = n.sitting AND NOT EXISTS (SELECT 1
                 FROM kit_withdrawals t WHERE t.kit = r.kit AND t.sitting = r.sitting AND t.number = r.number))
             ON CONFLICT (kit, sitting, number) DO NOTHING"
        ),
    };
    let rows = sittings.iter().map(|(sitting, person)| {
        let (score, (begun, ended)) = (sitting.score(kit), sitting.times(kit, now));
        json!({
            "sitting": sitting.id, "person": person, "name": sitting.name, "department": sitting.department,
            "right_ones": score.right, "asked": score.asked, "needed": score.needed,
            "begun_at": begun.as_micros(), "ended_at": ended.as_micros(),
            "answers": serde_json::to_string(&sitting.answers).expect("texts can be written as JSON"),
        })
    });
    let rows: serde_json::Value = rows.collect();
    let args = [kit.id.into(), file.into(), kit.course.as_str().into(), kit.period.as_str().into(), now.into(), by.into(), rows.into()];
    Ok(usize::try_from(tx.run(add, &args).await?).unwrap_or(usize::MAX))
}

db::row! {
    /// A test of a kit that was put down.
    #[derive(Clone, Copy, Debug)]
    pub struct Known {
        pub sitting: Uuid,
        /// Whether it stands; else it was taken back.
        pub stands: bool,
    }
}

/// Which tests of a kit are put down.
pub async fn known(tx: &mut Tx<'_>, kit: KitId) -> DbResult<Vec<Known>> {
    let list = sql!(
        "SELECT r.sitting, COUNT(t.number) < COUNT(*) FROM kit_results r
         LEFT JOIN kit_withdrawals t ON t.kit = r.kit AND t.sitting = r.sitting AND t.number = r.number
         WHERE r.kit = $1 GROUP BY r.sitting"
    );
    tx.all(list, &[kit.into()]).await
}

db::row! {
    /// A test that was put down, and whether it was taken back.
    #[derive(Clone, Debug)]
    pub struct ResultLine {
        pub sitting: Uuid,
        pub number: i64,
        pub name: String,
        pub department: String,
        pub email: Option<String>,
        pub right: i64,
        pub asked: i64,
        pub needed: i64,
        pub begun_at: Timestamp,
        pub ended_at: Timestamp,
        pub recorded_at: Timestamp,
        pub withdrawn_at: Option<Timestamp>,
        pub withdrawn_by: Option<String>,
        pub reason: Option<String>,
    }
}

impl ResultLine {
    /// Whether it was passed.
    pub const fn is_passed(&self) -> bool {
        self.right >= self.needed
    }
}

macro_rules! lines {
    () => {
        "SELECT r.sitting, r.number, r.name, r.department, w.email, r.right_ones, r.asked, r.needed, r.begun_at, r.ended_at, \
             r.recorded_at, t.withdrawn_at, a.email, t.reason FROM kit_results r LEFT JOIN staff w ON w.id = r.person \
         LEFT JOIN kit_withdrawals t ON t.kit = r.kit AND t.sitting = r.sitting AND t.number = r.number \
         LEFT JOIN accounts a ON a.id = t.withdrawn_by WHERE r.kit = $1 "
    };
}

/// The tests of a kit, in the order in which they were taken, after the first `skipped`.
pub async fn results(tx: &mut Tx<'_>, kit: KitId, skipped: i64, limit: i64) -> DbResult<Vec<ResultLine>> {
    let list = sql!(concat!(lines!(), "ORDER BY r.ended_at, r.sitting, r.number LIMIT $3 OFFSET $2"));
    tx.all(list, &[kit.into(), skipped.into(), limit.into()]).await
}

/// A test of a kit as it was put down last.
pub async fn last(tx: &mut Tx<'_>, kit: KitId, sitting: Uuid) -> DbResult<Option<ResultLine>> {
    let find = sql!(concat!(lines!(), "AND r.sitting = $2 ORDER BY r.number DESC LIMIT 1"));
    tx.opt(find, &[kit.into(), sitting.into()]).await
}

db::row! {
    /// For whom a test was put down, and whether it was taken back.
    #[derive(Clone, Copy, Debug)]
    pub struct Credited {
        pub person: Option<StaffId>,
        pub withdrawn_at: Option<Timestamp>,
    }
}

/// For whom a test of a kit was put down under a number.
pub async fn credited(tx: &mut Tx<'_>, kit: KitId, (sitting, number): (Uuid, i64)) -> DbResult<Option<Credited>> {
    let find = sql!(
        "SELECT r.person, t.withdrawn_at FROM kit_results r
         LEFT JOIN kit_withdrawals t ON t.kit = r.kit AND t.sitting = r.sitting AND t.number = r.number
         WHERE r.kit = $1 AND r.sitting = $2 AND r.number = $3"
    );
    tx.opt(find, &[kit.into(), sitting.into(), number.into()]).await
}

/// Takes a test back; false if it was.
pub async fn add_withdrawal(
    tx: &mut Tx<'_>,
    kit: KitId,
    (sitting, number): (Uuid, i64),
    reason: &str,
    by: AccountId,
    now: Timestamp,
) -> DbResult<bool> {
    let add = sql!(
        "INSERT INTO kit_withdrawals (kit, sitting, number, reason, withdrawn_at, withdrawn_by) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (kit, sitting, number) DO NOTHING"
    );
    Ok(tx.run(add, &[kit.into(), sitting.into(), number.into(), reason.into(), now.into(), by.into()]).await? == 1)
}

/// Puts a test that was taken back down once more, for somebody else or by its name alone.
pub async fn add_again(
    tx: &mut Tx<'_>,
    kit: KitId,
    (sitting, number): (Uuid, i64),
    person: Option<StaffId>,
    by: &str,
    now: Timestamp,
) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO kit_results (kit, sitting, number, file, person, name, department, course, period, right_ones, asked, needed, begun_at,
             ended_at, answers, recorded_at, recorded_by)
         SELECT kit, sitting, number + 1, file, $4, name, department, course, period, right_ones, asked, needed, begun_at, ended_at,
             answers, $5, $6 FROM kit_results WHERE kit = $1 AND sitting = $2 AND number = $3"
    );
    tx.run(add, &[kit.into(), sitting.into(), number.into(), person.into(), now.into(), by.into()]).await.map(|_| ())
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

/// What institutions say that whoever signs in with an account has done of a course in its present period, the latest first. What was
/// taken back is not theirs.
pub async fn own(tx: &mut Tx<'_>, account: AccountId, course: &Course) -> DbResult<Vec<Own>> {
    let list = sql!(
        "SELECT o.name, k.version, r.right_ones, r.asked, r.needed, r.ended_at FROM accounts a JOIN staff w ON w.email = a.email
         JOIN kit_results r ON r.person = w.id JOIN kits k ON k.id = r.kit JOIN organizations o ON o.id = k.organization
         WHERE a.id = $1 AND r.course = $2 AND r.period = $3 AND NOT EXISTS (SELECT 1 FROM kit_withdrawals t
             WHERE t.kit = r.kit AND t.sitting = r.sitting AND t.number = r.number)
         ORDER BY r.ended_at DESC, r.sitting LIMIT 20"
    );
    tx.all(list, &[account.into(), course.slug.as_str().into(), course.period().into()]).await
}
