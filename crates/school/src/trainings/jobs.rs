//! What runs later: letting go of held places, telling those who wait that applications have opened. Running one twice does no harm.

use db::Lane;
use journal::{Handlers, JobError, JobItem};

use super::application::ApplicationId;
use super::interest;
use super::let_go;
use super::offer::{self, OfferId};
use super::session::SessionId;

/// Who does which job of this capability.
pub fn handlers() -> Handlers {
    Handlers::new()
        .on(let_go::LET_GO, async |db: db::Db, item: JobItem| {
            let id = item.object.map(ApplicationId::from_uuid).ok_or(JobError::Never("object"))?;
            db.write(Lane::Staff, None, async move |tx, now| let_go::let_go(tx, id, now).await).await?;
            Ok(())
        })
        .on(offer::OVER, async |db: db::Db, item: JobItem| {
            let id = item.object.map(OfferId::from_uuid).ok_or(JobError::Never("object"))?;
            db.write(Lane::Staff, None, async move |tx, now| offer::over(tx, id, now).await).await?;
            Ok(())
        })
        .on(interest::TELL_OPENING, async |db: db::Db, item: JobItem| {
            let id = item.object.map(SessionId::from_uuid).ok_or(JobError::Never("object"))?;
            db.write(Lane::Staff, None, async move |tx, now| interest::tell_opening(tx, id, now).await).await?;
            Ok(())
        })
}
