use cmi5::{Reason, Waiver};
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
    /// The rules have something against it.
    #[error("{0}")]
    Refused(#[from] cmi5::NotWaived),
}

/// Lets a unit count as done by other means (cmi5 section 9.3.7). The note stays with the registration: neither the statement nor the
/// audit trail has it, since somebody has typed it.
pub async fn waive(
    tx: &mut Tx<'_>,
    house: &House,
    (registration, unit): (RegistrationId, usize),
    (reason, note): (Reason, &str),
    by: &str,
    now: Timestamp,
) -> DbResult<Result<(), NotWaived>> {
    let Some(registered) = store::lock(tx, registration).await? else { return Ok(Err(NotWaived::NoRegistration)) };
    let Some(course) = course(tx, registered.package).await? else { return Ok(Err(NotWaived::NoRegistration)) };
    let mut progress = registered.progress()?;
    let waiver = Waiver { reason, note: note.to_owned(), at: now.as_micros() };
    let parts = match progress.waive(&course, unit, waiver) {
        Ok(parts) => parts,
        Err(not) => return tx.refuse(Err(not.into())),
    };
    store::progress(tx, registration, &progress, progress.done(&course), now).await?;
    // A session of its own, in which nothing else is said (section 9.3.7).
    let telling = Telling::of(house, &registered, now.uuid(), now);
    let mut said = vec![telling.waived(course.units()[unit], reason)];
    said.extend(telling.satisfied(&course, &parts));
    records::keep_own(tx, house.base_url(), said, now).await?;
    let facts = json!({ "unit": unit, "reason": reason.id() });
    let entry = Entry::by(by).did("packages.waived").on("package-registration", registration).with(facts);
    journal::record(tx, &entry, now).await?;
    Ok(Ok(()))
}
