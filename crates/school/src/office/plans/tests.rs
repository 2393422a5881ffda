//! The verbs of plans on both engines.

use access::{Hand, Role};
use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{DbResult, Lane, Tx};
use kernel::{Holidays, Timestamp};

use super::advance::{NotAdvanced, advance};
use super::begin::{NotBegun, clone_year, new_year};
use super::plan::{PlanId, Stage, Step};
use super::publish::{NotPublished, publish};
use super::save::{Addition, NotSaved, Seen, add};
use super::store;
use crate::trainings::programme::Audience;
use crate::trainings::store as trainings;

fn now() -> Timestamp {
    "2026-08-20T09:00+09:00".parse().unwrap()
}

fn hand(actor: &str) -> Hand {
    Hand { actor: format!("account:{actor}"), role: Some(Role::Secretariat) }
}

async fn seen(tx: &mut Tx<'_>, plan: PlanId) -> DbResult<Seen> {
    Ok(Seen { plan, revision: store::plan(tx, plan).await?.unwrap().revision })
}

async fn approved(tx: &mut Tx<'_>, plan: PlanId) -> DbResult<Seen> {
    let seen = seen(tx, plan).await?;
    advance(tx, seen, Step::Requested, "", true, &hand("writer"), now()).await?.unwrap();
    advance(tx, seen, Step::Approved, "", true, &hand("other"), now()).await?.unwrap();
    Ok(seen)
}

#[both_engines]
async fn a_year_is_made_once_however_many_plans_there_are_for_it(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let year = "R8".parse().unwrap();
        let holidays = Holidays::new([]);
        let audiences = [Audience::Executive, Audience::Admin];
        let first = new_year(tx, year, &audiences, &hand("writer"), now()).await?.unwrap();
        let second = new_year(tx, year, &audiences, &hand("writer"), now()).await?.unwrap();
        let (one, other) = (approved(tx, first).await?, approved(tx, second).await?);
        assert!(publish(tx, one, &holidays, &hand("writer"), now()).await?.is_ok());
        assert_eq!(publish(tx, other, &holidays, &hand("writer"), now()).await?, Err(NotPublished::Meanwhile));
        assert_eq!(publish(tx, one, &holidays, &hand("writer"), now()).await?, Err(NotPublished::NotApproved), "and once alone");
        assert_eq!(new_year(tx, year, &audiences, &hand("writer"), now()).await?, Err(NotBegun::Exists));
        let programme = trainings::programme(tx, year).await?.unwrap();
        assert_eq!(trainings::courses(tx, programme.id).await?.len(), 2);
        let missing = clone_year(tx, "R5".parse().unwrap(), "R9".parse().unwrap(), &holidays, &hand("writer"), now()).await?;
        assert_eq!(missing, Err(NotBegun::Unknown));
        Ok(())
    });
    checked.await.unwrap();
}

#[both_engines]
async fn of_two_who_write_the_second_is_told_and_an_approval_is_of_what_was_seen(db: TestDatabase) {
    let checked = db.write(Lane::Staff, None, async |tx, _| {
        let plan = new_year(tx, "R8".parse().unwrap(), &[Audience::Executive], &hand("writer"), now()).await?.unwrap();
        let both = seen(tx, plan).await?;
        let session = Addition::Session(Audience::Executive);
        assert!(add(tx, both, session, &hand("writer"), now()).await?.is_ok());
        assert_eq!(add(tx, both, session, &hand("other"), now()).await?, Err(NotSaved::Changed));
        assert_eq!(advance(tx, both, Step::Requested, "", true, &hand("writer"), now()).await?, Err(NotAdvanced::Changed));
        let fresh = approved(tx, plan).await?;
        assert!(add(tx, fresh, session, &hand("writer"), now()).await?.is_ok());
        assert_eq!(store::plan(tx, plan).await?.unwrap().stage(), Stage::Draft, "a change undoes the approval");
        assert_eq!(publish(tx, fresh, &Holidays::new([]), &hand("writer"), now()).await?, Err(NotPublished::NotApproved));
        Ok(())
    });
    checked.await.unwrap();
}
