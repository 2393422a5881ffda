//! What was deleted is noted outside the database, so that a restore can delete it again.

use db::Db;
use journal::{Handlers, JobError, JobItem};
use kernel::Uuid;
use web::Portal;

use crate::deletions::{Deletion, Deletions, Thing};

/// Who notes what was deleted.
pub(super) fn handlers(portal: &Portal) -> Handlers {
    let record = portal.part::<Deletions>();
    let kinds = [(desk::keys::DELETED, Thing::Case), (packages::delete::DELETED, Thing::Package)];
    kinds.into_iter().fold(Handlers::new(), |handlers, (kind, thing)| {
        let record = record.clone();
        handlers.on(kind, move |_: Db, item: JobItem| {
            let record = record.clone();
            async move {
                let record = record.ok_or(JobError::Never("no-record"))?;
                let deletion = Deletion { thing, id: item.object_id::<Uuid>()?, at: item.created_at };
                let noted = tokio::task::spawn_blocking(move || record.note(&deletion)).await;
                noted.map_err(|_| JobError::Later("stopped"))?.map_err(|error| {
                    tracing::error!(%error, "a deletion could not be noted beside the master key; it is tried again");
                    JobError::Later("deletions")
                })
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use both_engines::both_engines;
    use db::testing::TestDatabase;
    use db::{Lane, sql};
    use kernel::{Clock, Timestamp};
    use packages::package::PackageId;

    use super::*;
    use crate::deletions::Noted;

    #[both_engines]
    async fn what_is_deleted_is_noted_beside_the_master_key(db: TestDatabase) {
        let at: Timestamp = "2026-11-22T09:00+09:00".parse().unwrap();
        let (portal, _, _, workshop, _) = crate::Program::start_for_test(Db::clone(&db), Clock::standing_at(at)).await;
        let record = portal.part::<Deletions>().expect("the program keeps one");
        assert_eq!(record.read().unwrap(), None);
        let (package, case) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let deleted = db.write(Lane::Staff, None, async move |tx, now| {
            let add = sql!(
                "INSERT INTO packages (id, course, title, manifest, units, files, bytes, imported_by, imported_at)
                 VALUES ($1, 'https://example.jp/course', $2, $3, 1, 0, 0, 'system', $4)"
            );
            tx.run(add, &[package.into(), serde_json::json!({}).into(), vec![0_u8].into(), now.into()]).await?;
            packages::delete::delete(tx, (PackageId::from_uuid(package), false), "system", now).await?.expect("nobody has it open");
            journal::job(tx, journal::Job::of(desk::keys::DELETED, case), now).await.map(|_| now)
        });
        let now = deleted.await.unwrap();
        workshop.run_due(now).await.unwrap();
        let mut noted = record.read().unwrap().expect("there is something to note");
        noted.deletions.sort_by_key(|deletion| deletion.id);
        let deletions = [(Thing::Package, package), (Thing::Case, case)].map(|(thing, id)| Deletion { thing, id, at: now });
        assert_eq!(noted, Noted { deletions: deletions.to_vec(), unread: Vec::new() });
    }
}
