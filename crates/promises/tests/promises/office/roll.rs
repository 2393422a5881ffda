//! A roll holds everybody with a seat, on as many pages as it takes.

use access::Role;
use both_engines::both_engines;
use db::sql;
use http::StatusCode;

use super::exports::{PEOPLE, SESSION, crowd};
use super::staff::staff;
use crate::site::Site;

#[both_engines]
async fn a_long_roll_comes_in_parts_that_are_numbered_through(site: Site) {
    crowd(&site).await;
    let session = site.session(SESSION).await.id;
    site.write(async move |tx, _| {
        tx.run(sql!("UPDATE sessions SET taken = $2 WHERE id = $1"), &[session.into(), PEOPLE.into()]).await?;
        Ok(())
    })
    .await;
    let mut office = staff(&site, Role::Secretariat).await;
    let first = office.get(&format!("/staff/sessions/{session}/roll")).await;
    first.is(StatusCode::OK).shows("1,000名ずつに分かれています").shows(&format!("{PEOPLE}名中 1～1000名"));
    assert_eq!(first.attributes("tbody tr th b", "lang").len(), 1_000);
    let second = office.get(&first.attributes("nav.pager a[rel=next]", "href")[0]).await;
    second.is(StatusCode::OK).shows(&format!("1001～{PEOPLE}名"));
    let lines = usize::try_from(PEOPLE).expect("a count") - 1_000;
    assert_eq!(second.attributes("tbody tr th b", "lang").len(), lines);
    assert!(second.body().contains(">1001</td>"), "numbered through");
    assert!(second.attributes("nav.pager a[rel=next]", "href").is_empty());
    let again = office.get(&second.attributes("nav.pager a[rel=prev]", "href")[0]).await;
    assert!(again.body().contains(">1</td>") && again.body().contains(">1000</td>"));
}
