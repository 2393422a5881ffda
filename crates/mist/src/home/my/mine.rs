use db::{DbResult, Tx};
use kernel::Timestamp;
use school::attendance::{self, verdict::Status};
use school::certificates;
use school::trainings::store::{self, MyLine};

use super::lists::Line;

/// Every application under an address.
pub(super) async fn mine(tx: &mut Tx<'_>, email: &str, now: Timestamp) -> DbResult<Vec<Line>> {
    let applications = store::applications_of_address(tx, email).await?;
    let waits = applications.iter().any(|application| application.waited.is_some());
    let positions = if waits { store::waiting_positions_of_address(tx, email).await? } else { Vec::new() };
    let position_of = |id| positions.iter().find(|(waiting, _)| *waiting == id).map(|(_, position)| *position);
    let verdicts = attendance::store::verdicts_of_address(tx, email, now).await?;
    let attendance_of = |id| {
        let known = verdicts.iter().find(|(application, ..)| *application == id);
        known.map(|(_, verdict, is_closed)| Status::of(*verdict, *is_closed))
    };
    let certificates = certificates::of_address(tx, email).await?;
    let certificates_of = |id| certificates.iter().filter(|kept| kept.application == Some(id)).cloned().collect();
    let watchable = school::archive::store::watchable_of_address(tx, email).await?;
    let line = |application: MyLine| Line {
        can_watch: watchable.contains(&application.id),
        position: position_of(application.id),
        attendance: attendance_of(application.id),
        certificates: certificates_of(application.id),
        application,
    };
    Ok(applications.into_iter().map(line).collect())
}
