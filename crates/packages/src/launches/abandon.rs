use cmi5::{Course, Unit};
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use xapi::Statement;

use super::tell::Telling;
use crate::House;
use crate::course::course;
use crate::package::{Launch, LaunchId, PackageId, Registered};
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
    let Some(course) = course(tx, registered.package).await? else { return Ok(Err(NotAbandoned::NoLaunch)) };
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
        said.extend(abandoned(&Telling::of(house, registered, launch.id.uuid(), now), &units, launch)?);
    }
    if !open.is_empty() {
        store::end(tx, registered.id, now).await?;
    }
    Ok(said)
}

/// Abandons what is open in up to `piece` registrations of a package; false if nothing was.
pub(super) async fn leave_some(tx: &mut Tx<'_>, house: &House, package: PackageId, piece: i64, now: Timestamp) -> DbResult<bool> {
    let registrations = store::lock_open(tx, package, piece).await?;
    let Some(course) = course(tx, package).await?.filter(|_| !registrations.is_empty()) else { return Ok(false) };
    let units = course.units();
    let mut said = Vec::new();
    for (launch, actor) in &store::open_in(tx, &registrations).await? {
        let telling = Telling { house, package, actor, registration: launch.registration, session: launch.id.uuid(), now };
        said.extend(abandoned(&telling, &units, launch)?);
    }
    store::end_in(tx, &registrations, now).await?;
    records::keep_own(tx, house.base_url(), said, now).await?;
    Ok(true)
}

/// What is said of a launch that is abandoned: the time from the launch to the last word of the unit (section 9.5.4.2).
fn abandoned(telling: &Telling<'_>, units: &[&Unit], launch: &Launch) -> DbResult<Option<Statement>> {
    let Some(unit) = units.get(launch.unit()) else { return Ok(None) };
    let micros = launch.progress()?.latest().map_or(0, |latest| latest - launch.launched_at.as_micros());
    Ok(Some(telling.abandoned(unit, micros)))
}
