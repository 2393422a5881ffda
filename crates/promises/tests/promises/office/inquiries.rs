//! The list of inquiries is as long as it is: what it counts and shows does not end where it has grown.

use access::Role;
use both_engines::both_engines;
use db::{Engine, sql};
use http::StatusCode;

use super::staff::staff;
use crate::site::Site;

/// More than anybody reads at once: one in five is closed, one in five taken up, and every other one is about the portal.
macro_rules! crowd {
    ($id:literal) => {
        concat!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5060)
             INSERT INTO inquiries (id, year, number, about, name, email, institution, lang, search, received_at, taken_at, closed_at)
             SELECT ",
            $id,
            ", 'R8', i, CASE WHEN i % 2 = 0 THEN 'portal' ELSE 'programme' END, '見本 ' || i, 'hanako@example.jp', '', 'ja',
                 'しつもん ' || i || ' です', CAST($1 AS BIGINT) + i, CASE WHEN i % 5 <= 1 THEN CAST($1 AS BIGINT) END,
                 CASE WHEN i % 5 = 0 THEN CAST($1 AS BIGINT) END
             FROM n"
        )
    };
}

#[both_engines]
async fn a_list_of_inquiries_is_counted_whole_and_read_to_the_oldest(site: Site) {
    site.write(async |tx, now| {
        let crowd = match tx.engine() {
            Engine::Sqlite => sql!(sqlite crowd!("randomblob(16)")),
            Engine::Postgres => sql!(postgres crowd!("gen_random_uuid()")),
        };
        tx.run(crowd, &[now.into()]).await.map(|_| ())
    })
    .await;
    let mut office = staff(&site, Role::Secretariat).await;
    let left = office.get("/staff/inquiries").await;
    left.is(StatusCode::OK).shows("4048件中 1～50件").shows("R8-Q-5059");
    assert_eq!(left.texts("nav.chips small"), ["4048", "3036", "1012", "1012", "5060"], "left, open, taken, closed, all");
    assert_eq!(left.texts("tbody tr").len(), 50);
    for (standing, shown) in [("open", "3036件中 1～50件"), ("taken", "1012件中 1～50件"), ("closed", "1012件中 1～50件")] {
        office.get(&format!("/staff/inquiries?standing={standing}")).await.shows(shown);
    }

    let last = office.get("/staff/inquiries?standing=all&page=102").await;
    last.shows("5060件中 5051～5060件").shows("R8-Q-0001").hides("R8-Q-0011");
    let beyond = office.get("/staff/inquiries?standing=all&page=9999").await;
    beyond.shows("R8-Q-0001");

    // What is filtered is counted and paged like the whole.
    let about = office.get("/staff/inquiries?standing=all&about=portal&page=51").await;
    about.shows("2530件中 2501～2530件").shows("R8-Q-0002");
    assert_eq!(about.texts("nav.chips small"), ["2024", "1518", "506", "506", "2530"]);
    let found = office.get("/staff/inquiries?standing=all&q=5060").await;
    assert_eq!(found.texts("nav.chips small"), ["0", "0", "0", "1", "1"]);
    found.shows("R8-Q-5060");
    // An address that says nothing we know means what is left to do.
    office.get("/staff/inquiries?standing=whatever").await.shows("4048件中");
}
