//! What runs later at the desk. Doing any of it twice does no harm, and nothing else of the portal keeps it waiting.

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
        .urgently_on(clocks::JOB, async |db: Db, item: JobItem| {
            let clock = item.object_id::<ClockId>()?;
            db.write(Lane::Incident, None, async move |tx, now| clocks::remind(tx, clock, now).await.map(drop)).await?;
            Ok::<(), JobError>(())
        })
        .urgently_on(triage::JOB, async |db: Db, item: JobItem| {
            let case = item.object_id::<CaseId>()?;
            db.write(Lane::Incident, None, async move |tx, now| triage::take_back(tx, case, now).await).await?;
            Ok(())
        })
        .urgently_on(alarm::JOB, async |db: Db, item: JobItem| {
            let (alarm, round) = (item.object_id::<AlarmId>()?, alarm::round_of(&item)?);
            db.write(Lane::Incident, None, async move |tx, now| alarm::ring(tx, alarm, round, now).await).await?;
            Ok(())
        })
        .urgently_on(roster::JOB, async |db: Db, item: JobItem| {
            let shift = item.object_id::<ShiftId>()?;
            db.write(Lane::Incident, None, async move |tx, now| begin(tx, shift, now).await).await?;
            Ok(())
        })
}

/// A shift begins: its alarm is tested, unless it was taken off the roster, or is over by the time that anybody gets to it.
async fn begin(tx: &mut Tx<'_>, shift: ShiftId, now: Timestamp) -> DbResult<()> {
    if roster::store::is_ahead(tx, shift, now).await? { alarm::test(tx, shift, now).await } else { Ok(()) }
}
