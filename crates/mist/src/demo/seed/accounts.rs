use access::{AccountId, Membership, Role, Standing, grant, memberships_of};
use db::{DbResult, Lane, Tx};
use kernel::{Lang, Timestamp};
use people::accounts::recovery::{self, By};
use people::{accounts, organizations};
use web::{Portal, Words};

use super::{BY, demo_file};
use crate::cli::table_of;
use crate::demo::{HOSPITAL, PEOPLE};
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

/// Two who can no longer sign in: one of the secretariat, for whom an operator has confirmed already, and one of the hospital, who
/// waits for the colleague that the demo plays.
pub(super) async fn recoveries(portal: &Portal) -> Result<(), Failure> {
    let reason = Words::of(Lang::Ja).t("demo-sample-recovery");
    Ok(portal.db.write(Lane::Staff, None, async move |tx, now| ask_for_a_way_back(tx, &reason, now).await).await?)
}

async fn ask_for_a_way_back(tx: &mut Tx<'_>, reason: &str, now: Timestamp) -> DbResult<()> {
    let hospital = organizations::by_code(tx, HOSPITAL).await?.map(|organization| organization.id);
    let office = colleague(tx, "jimukyoku2@example.jp", Role::Secretariat, None, now).await?;
    let operator = colleague(tx, "unyo2@example.jp", Role::Operator, None, now).await?;
    let clerk = colleague(tx, "jimu2@example.jp", Role::InstitutionAdmin, hospital, now).await?;
    if let Some(asked) = recovery::ask_for_demo(tx, office, now).await? {
        let roles = vec![Membership { role: Role::Operator, standing: Standing::Confirmed, organization: None }];
        if recovery::approve(tx, asked, &By { account: operator, roles }, reason, now).await?.is_err() {
            tracing::warn!("the sample's way back was not approved");
        }
    }
    recovery::ask_for_demo(tx, clerk, now).await?;
    Ok(())
}

async fn colleague(tx: &mut Tx<'_>, email: &str, role: Role, place: Option<access::OrganizationId>, now: Timestamp) -> DbResult<AccountId> {
    let address = email.parse().expect("a sample's address is one");
    let account = accounts::ensure(tx, &address, Lang::Ja, now).await?.id;
    grant(tx, account, role, Standing::Confirmed, place, BY, now).await?;
    Ok(account)
}
