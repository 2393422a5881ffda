//! The files of a deleted case. They open to nobody since its keys were destroyed; now their bytes go too.

use db::Db;
use journal::{Handlers, JobError, JobItem};
use objects::Objects;

use super::store;
use crate::cases::CaseId;
use crate::talk::piece;

journal::kinds! {
    /// The job that clears away the files of a deleted case.
    pub(super) Job JOB = "desk.shred";
}

/// Who does the jobs of the keys.
pub fn handlers(objects: &Objects) -> Handlers {
    let objects = objects.clone();
    Handlers::new().on(JOB, move |db, item| shred(objects.clone(), db, item))
}

async fn shred(objects: Objects, db: Db, item: JobItem) -> Result<(), JobError> {
    clear(&objects, &db, item.object_id()?).await
}

/// Removes every piece of the files of a case, if the case was deleted.
pub(super) async fn clear(objects: &Objects, db: &Db, case: CaseId) -> Result<(), JobError> {
    let pieces = db
        .read(async move |tx| match store::deletion(tx, case).await? {
            Some(_) => store::pieces(tx, case).await,
            None => Ok(Vec::new()),
        })
        .await?;
    for row in pieces {
        objects.remove_piece(&piece(row.file, row.number)).await.map_err(|_| JobError::Later("files"))?;
    }
    Ok(())
}
