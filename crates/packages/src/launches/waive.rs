use cmi5::WAIVED_FOR;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::tell::Telling;
use crate::House;
use crate::course::course;
use crate::package::RegistrationId;
use crate::store;

/// Why a unit is not waived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotWaived {
    /// There is no such registration.
    #[error("there is no such registration")]
    NoRegistration,
    /// The reason is none of the four of the specification.
    #[error("the reason is none of: Tested Out, Equivalent AU, Equivalent Outside Activity, Administrative")]
    NoReason,
    /// The rules have something against it.
    #[error("{0}")]
    Refused(#[from] cmi5::NotWaived),
}

/// Lets a unit count as done by other means (cmi5 section 9.3.7).
pub async fn waive(
    tx: &mut Tx<'_>,
    house: &House,
    (registration, unit, reason): (RegistrationId, usize, &str),
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotWaived>> {
    if !WAIVED_FOR.contains(&reason) {
        return Ok(Err(NotWaived::NoReason));
    }
    let Some(registered) = store::lock(tx, registration).await? else { return Ok(Err(NotWaived::NoRegistration)) };
    let Some(course) = course(tx, registered.package).await? else { return Ok(Err(NotWaived::NoRegistration)) };
    let mut progress = registered.progress()?;
    let parts = match progress.waive(&course, unit) {
        Ok(parts) => parts,
        Err(not) => return tx.refuse(Err(not.into())),
    };
    store::progress(tx, registration, &progress, progress.done(&course), now).await?;
    // A session of its own, in which nothing else is said (section 9.3.7).
    let telling = Telling::of(house, &registered, now.uuid(), now);
    let mut said = vec![telling.waived(course.units()[unit], reason)];
    said.extend(telling.satisfied(&course, &parts));
    records::keep_own(tx, house.base_url(), said, now).await?;
    let facts = json!({ "unit": unit });
    journal::record(tx, &Entry::by(by).did("packages.waived").on("package-registration", registration).because(reason).with(facts), now)
        .await?;
    Ok(Ok(()))
}
