//! What runs later: writing to whoever has not finished.

use db::{DbResult, Lane, Tx};
use journal::{Handlers, Job, JobItem};
use kernel::{Span, Timestamp};

use super::remind;

journal::kinds! {
    /// The job that writes to whoever has not finished.
    pub(super) Job REMIND = "assignments.remind";
}

/// Who does which job of this capability.
pub fn handlers() -> Handlers {
    Handlers::new().on(REMIND, async |db: db::Db, _: JobItem| {
        while db.write(Lane::Staff, None, async move |tx, now| remind::some(tx, now).await).await? {}
        Ok(())
    })
}

/// Looks once an hour whose moment has come.
pub async fn look(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let hour = now.as_micros() / Span::hours(1).as_micros();
    journal::job(tx, Job::general(REMIND).once(format!("{REMIND}/{hour}")), now).await?;
    Ok(())
}
