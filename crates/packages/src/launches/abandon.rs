use cmi5::Course;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use xapi::Statement;

use super::tell::Telling;
use crate::House;
use crate::package::{self, LaunchId, Registered};
use crate::store;

/// Why a launch is not abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotAbandoned {
    /// There is no such launch.
    #[error("there is no such session")]
    NoLaunch,
    /// It has ended.
    #[error("the session has ended")]
    Ended,
}

/// Ends a launch out of order (cmi5 section 9.3.6): nothing is taken from it any more.
pub async fn abandon(tx: &mut Tx<'_>, house: &House, id: LaunchId, by: &str, now: Timestamp) -> DbResult<Result<(), NotAbandoned>> {
    let Some(launch) = store::launch(tx, id).await? else { return Ok(Err(NotAbandoned::NoLaunch)) };
    let Some(registered) = store::lock(tx, launch.registration).await? else { return Ok(Err(NotAbandoned::NoLaunch)) };
    let Some(course) = package::course(tx, registered.package).await? else { return Ok(Err(NotAbandoned::NoLaunch)) };
    // Looked at anew, now that nobody else can end it.
    if store::launch(tx, id).await?.is_none_or(|launch| launch.ended_at.is_some()) {
        return tx.refuse(Err(NotAbandoned::Ended));
    }
    let said = leave_open(tx, house, &registered, &course, now).await?;
    records::keep_own(tx, house.base_url(), said, now).await?;
    journal::record(tx, &Entry::by(by).did("packages.abandoned").on("package-launch", id), now).await?;
    Ok(Ok(()))
}

/// Abandons what is open in a registration: one launch at most, since each launch does so. What is said of it comes back.
pub(super) async fn leave_open(
    tx: &mut Tx<'_>,
    house: &House,
    registered: &Registered,
    course: &Course,
    now: Timestamp,
) -> DbResult<Vec<Statement>> {
    let (open, units) = (store::open_of(tx, registered.id).await?, course.units());
    let mut said = Vec::new();
    for launch in &open {
        let Some(unit) = units.get(launch.unit()) else { continue };
        let telling = Telling::of(house, registered, launch.id.uuid(), now);
        // The time from the launch to the last word of the unit (section 9.5.4.2).
        let micros = launch.progress()?.latest().map_or(0, |latest| latest - launch.launched_at.as_micros());
        said.push(telling.abandoned(unit, micros));
    }
    if !open.is_empty() {
        store::end(tx, registered.id, now).await?;
    }
    Ok(said)
}
