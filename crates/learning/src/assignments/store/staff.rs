use access::OrganizationId;
use db::{DbResult, Engine, Tx, sql};
use kernel::{EmailAddress, Timestamp};
use serde_json::json;

use crate::assignments::assignment::StaffId;
use crate::assignments::enrol::NewStaff;
use crate::assignments::job::Job;

db::row! {
    /// Somebody on the list of an institution.
    #[derive(Clone)]
    pub struct Listed {
        pub id: StaffId,
        pub email: String,
        pub name: String,
        pub job: Job,
    }
}

/// Puts people on a list; whoever stands there, even as one who left, gets the name and the job that are given now.
pub async fn put_staff(tx: &mut Tx<'_>, organization: OrganizationId, people: &[NewStaff], by: &str, now: Timestamp) -> DbResult<()> {
    if tx.engine() == Engine::Postgres {
        let put = sql!(postgres
            "INSERT INTO staff (id, organization, email, name, job, added_at, added_by)
             SELECT id, $2, email, name, job, $3, $4 FROM jsonb_to_recordset($1) AS new (id uuid, email text, name text, job text) ORDER BY email
             ON CONFLICT (organization, email) DO UPDATE SET name = excluded.name, job = excluded.job, left_at = NULL"
        );
        let rows =
            people.iter().map(|one| json!({ "id": StaffId::new(now), "email": one.email.as_str(), "name": one.name, "job": one.job.id() }));
        let rows: serde_json::Value = rows.collect();
        tx.run(put, &[rows.into(), organization.into(), now.into(), by.into()]).await?;
        return Ok(());
    }
    let put = sql!(
        "INSERT INTO staff (id, organization, email, name, job, added_at, added_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (organization, email) DO UPDATE SET name = excluded.name, job = excluded.job, left_at = NULL"
    );
    for one in people {
        let (email, name) = (one.email.as_str(), one.name.as_str());
        let args = [StaffId::new(now).into(), organization.into(), email.into(), name.into(), one.job.id().into(), now.into(), by.into()];
        tx.run(put, &args).await?;
    }
    Ok(())
}

/// Takes somebody off a list; false if they were never on it.
pub async fn mark_left(tx: &mut Tx<'_>, organization: OrganizationId, person: StaffId, now: Timestamp) -> DbResult<bool> {
    let mark = sql!("UPDATE staff SET left_at = COALESCE(left_at, $3) WHERE id = $1 AND organization = $2");
    Ok(tx.run(mark, &[person.into(), organization.into(), now.into()]).await? == 1)
}

/// A list by name, after the first `skipped`.
pub async fn staff(tx: &mut Tx<'_>, organization: OrganizationId, skipped: i64, limit: i64) -> DbResult<Vec<Listed>> {
    let list =
        sql!("SELECT id, email, name, job FROM staff WHERE organization = $1 AND left_at IS NULL ORDER BY name, id LIMIT $3 OFFSET $2");
    tx.all(list, &[organization.into(), skipped.into(), limit.into()]).await
}

/// More people than any institution has on its list.
const EVERYBODY: i64 = 20_000;

/// Everybody on a list.
pub async fn whole_list(tx: &mut Tx<'_>, organization: OrganizationId) -> DbResult<Vec<Listed>> {
    staff(tx, organization, 0, EVERYBODY).await
}

/// Whoever has this address on a list.
pub async fn on_list(tx: &mut Tx<'_>, organization: OrganizationId, email: &EmailAddress) -> DbResult<Option<Listed>> {
    let find = sql!("SELECT id, email, name, job FROM staff WHERE organization = $1 AND email = $2 AND left_at IS NULL");
    tx.opt(find, &[organization.into(), email.into()]).await
}

/// How many people of these jobs a list has; of all, if none is named.
pub async fn count_staff(tx: &mut Tx<'_>, organization: OrganizationId, jobs: &str) -> DbResult<i64> {
    let count = sql!(
        "SELECT COUNT(*) FROM staff WHERE organization = $1 AND left_at IS NULL
         AND (CAST($2 AS TEXT) = '' OR CAST($2 AS TEXT) LIKE '% ' || job || ' %')"
    );
    tx.one(count, &[organization.into(), jobs.into()]).await
}

/// How many people a list has of each job.
pub async fn count_jobs(tx: &mut Tx<'_>, organization: OrganizationId) -> DbResult<Vec<(Job, i64)>> {
    let count = sql!("SELECT job, COUNT(*) FROM staff WHERE organization = $1 AND left_at IS NULL GROUP BY job");
    tx.all(count, &[organization.into()]).await
}
