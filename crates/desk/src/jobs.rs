//! What runs later at the desk. Doing any of it twice does no harm.

use db::{Db, DbResult, Lane, Tx};
use journal::{Handlers, JobError, JobItem};
use kernel::Timestamp;

use crate::alarm::{self, AlarmId};
use crate::cases::CaseId;
use crate::clocks::{self, ClockId};
use crate::roster::{self, ShiftId};
use crate::triage;

/// Who does which job of the work on cases.
pub fn handlers() -> Handlers {
    Handlers::new()
        .on(clocks::JOB, async |db: Db, item: JobItem| {
            let clock = item.object_id::<ClockId>()?;
            db.write(Lane::Incident, None, async move |tx, now| clocks::remind(tx, clock, now).await.map(drop)).await?;
            Ok::<(), JobError>(())
        })
        .on(triage::JOB, async |db: Db, item: JobItem| {
            let case = item.object_id::<CaseId>()?;
            db.write(Lane::Incident, None, async move |tx, now| triage::take_back(tx, case, now).await).await?;
            Ok(())
        })
        .on(alarm::JOB, async |db: Db, item: JobItem| {
            let alarm = item.object_id::<AlarmId>()?;
            db.write(Lane::Incident, None, async move |tx, now| alarm::ring(tx, alarm, now).await).await?;
            Ok(())
        })
        .on(roster::JOB, async |db: Db, item: JobItem| {
            let shift = item.object_id::<ShiftId>()?;
            db.write(Lane::Incident, None, async move |tx, now| begin(tx, shift, now).await).await?;
            Ok(())
        })
}

/// A shift begins: its alarm is tested, unless it was taken off the roster, or is over by the time that anybody gets to it.
async fn begin(tx: &mut Tx<'_>, shift: ShiftId, now: Timestamp) -> DbResult<()> {
    if roster::store::is_ahead(tx, shift, now).await? { alarm::test(tx, shift, now).await } else { Ok(()) }
}
