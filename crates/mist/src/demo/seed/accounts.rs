use access::{Standing, grant, memberships_of};
use db::{DbResult, Lane, Tx};
use kernel::{Lang, Timestamp};
use people::{accounts, organizations};
use web::Portal;

use super::{BY, demo_file};
use crate::cli::table_of;
use crate::demo::PEOPLE;
use crate::failure::Failure;

/// The invented institutions, and the tree of their associations.
pub(super) async fn organizations(portal: &Portal) -> Result<(), Failure> {
    let table = table_of(demo_file("organizations.csv").as_bytes(), "organizations.csv")?;
    let lines = organizations::read(&table).map_err(Failure::said)?;
    organizations::bring_in(&portal.db, &lines, true, BY).await?;
    Ok(portal.db.write(Lane::Staff, None, async |tx, _| organizations::place_demo_tree(tx).await).await?)
}

/// An account for each role, in force at once.
pub(super) async fn people(portal: &Portal) -> Result<(), Failure> {
    Ok(portal.db.write(Lane::Staff, None, async |tx, now| give_roles(tx, now).await).await?)
}

async fn give_roles(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    for person in &PEOPLE {
        let account = accounts::ensure(tx, &person.email(), Lang::Ja, now).await?.id;
        let place = match person.organization {
            "" => None,
            code => organizations::by_code(tx, code).await?.map(|organization| organization.id),
        };
        if memberships_of(tx, account).await?.iter().all(|membership| membership.role != person.role) {
            grant(tx, account, person.role, Standing::Confirmed, place, BY, now).await?;
        }
    }
    Ok(())
}
