use db::Lane;
use journal::{Handlers, JobError, JobItem};

use super::life::{RecoveryId, State};
use super::{link, store};

journal::kinds! {
    /// The end of the hold.
    pub(super) Job READY = "accounts.recovery_ready";
}

/// Who does the jobs of recovery.
pub fn handlers() -> Handlers {
    Handlers::new().on(READY, async |db: db::Db, item: JobItem| {
        let id: RecoveryId = item.object_id()?;
        let send = async move |tx: &mut db::Tx<'_>, now| {
            let Some(mut recovery) = store::lock(tx, id).await? else { return Ok(()) };
            // Twice does no harm: the person may have asked for a link of their own meanwhile.
            if recovery.state(now) == State::Ready && recovery.generation == 0 {
                link::send(tx, &mut recovery, now).await?;
            }
            Ok(())
        };
        db.write(Lane::Staff, None, send).await.map_err(JobError::from)
    })
}
