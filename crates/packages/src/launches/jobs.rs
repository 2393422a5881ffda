use db::{Db, Lane, Tx};
use journal::{Handlers, JobError, JobItem};
use std::sync::Arc;
use web::Portal;

use super::abandon::leave_some;
use crate::House;
use crate::package::PackageId;

journal::kinds! {
    /// Abandons what was open in a package that was deleted.
    pub(crate) Job LEAVE = "packages.leave";
}

/// In so many registrations at once: all others who speak to the record store wait for each piece.
const PIECE: i64 = 500;

/// Who does the jobs of packages: slowly, since a package that everybody has used takes minutes, and an alarm does not wait for it.
pub fn handlers(portal: &Portal) -> Handlers {
    let house = portal.part::<House>();
    Handlers::new().slowly_on(LEAVE, move |db: Db, item: JobItem| {
        let house = house.clone();
        async move {
            let package: PackageId = item.object_id()?;
            let house = house.ok_or(JobError::Never("no-house"))?;
            leave(&db, &house, package).await
        }
    })
}

/// Begun anew, it goes on where it was: what has ended is open no more.
async fn leave(db: &Db, house: &Arc<House>, package: PackageId) -> Result<(), JobError> {
    loop {
        let house = Arc::clone(house);
        let write = async move |tx: &mut Tx<'_>, now| leave_some(tx, &house, package, PIECE, now).await;
        if !db.write(Lane::Staff, None, write).await? {
            return Ok(());
        }
    }
}
