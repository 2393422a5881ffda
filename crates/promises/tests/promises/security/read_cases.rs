//! Whoever looks at a case stands in the audit trail, whichever of its pages it is.

use access::Role;
use both_engines::both_engines;
use db::{Tx, sql};
use http::{Method, StatusCode};
use kernel::Uuid;

use super::House;

/// Under which every page of a case lies.
const CASE: &str = "/desk/cases/{number}";

/// How often this person looked at this case, as the trail has it.
async fn readings(house: &House, case: Uuid, actor: &str) -> i64 {
    let actor = actor.to_owned();
    house
        .read(async move |tx: &mut Tx<'_>| {
            let count = sql!("SELECT COUNT(*) FROM audit WHERE act = 'desk.case_read' AND object_id = $1 AND actor = $2");
            tx.one::<i64>(count, &[case.into(), actor.as_str().into()]).await
        })
        .await
}

#[both_engines]
async fn every_page_of_a_case_leaves_one_entry_that_it_was_looked_at(house: House) {
    let things = house.things().await;
    let responder = house.staff(Role::Responder).await;
    let actor = format!("account:{}", Uuid::from(responder.account.expect("an account")));
    let number = things.case.clone();
    let find = async move |tx: &mut Tx<'_>| tx.one::<Uuid>(sql!("SELECT id FROM cases WHERE number = $1"), &[number.as_str().into()]).await;
    let case = house.read(find).await;
    let is_of_a_case = |route: &web::Route| route.method == Method::GET && route.path.starts_with(CASE);
    let pages: Vec<web::Route> = House::routes().into_iter().filter(is_of_a_case).collect();
    assert!(pages.len() >= 13, "{} pages of a case", pages.len());
    for route in &pages {
        let (path, _) = things.address(route).expect("an address");
        let before = readings(&house, case, &actor).await;
        let answer = responder.gets(&house, &path).await;
        // A file that is not there was asked for all the same.
        let expected = if route.path.ends_with("/files/{file}") { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(answer.status, expected, "{path}");
        assert_eq!(readings(&house, case, &actor).await - before, 1, "{path}");
    }
}
