//! Packages that are brought in: kept as a whole, or refused by the requirement that they break.

use both_engines::both_engines;
use http::{Method, StatusCode};

use super::{essentials, head, program, send, structure, unit, zip};
use crate::site::Site;

#[both_engines]
async fn a_zip_and_a_plain_structure_are_taken(site: Site) {
    let program = program(&site).await;
    program.imports(essentials()).await;
    program.imports(include_bytes!("one-unit.xml").as_slice()).await;
    let many: String = (0..1_200).map(|n| unit(n, "moveOn=\"Passed\"", "https://content.example.com/")).collect();
    let answer = program.posts("", "text/xml", structure(&many)).await;
    assert_eq!(answer.is(StatusCode::CREATED).json()["units"], 1_200);
}

#[both_engines]
async fn what_breaks_a_requirement_is_refused_by_its_number_and_nothing_is_kept(site: Site) {
    let program = program(&site).await;
    let one = unit(0, "", "https://content.example.com/");
    let block = format!("<block id=\"https://example.com/b\">{}{}</block>", head("章"), one);
    for (bytes, requirement) in [
        (structure(&one).replace("https://example.com/course", "example.com/course").into_bytes(), "3.0.0.0-1"),
        (structure(&unit(0, "", "https://content.example.com/?fetch=1")).into_bytes(), "8.1.0.0-6"),
        (structure(&format!("{block}{}", block.replace("/au/0", "/au/1"))).into_bytes(), "13.1.2.0-1"),
        (structure(&format!("{one}{one}")).into_bytes(), "13.1.4.0-1"),
        (structure(&unit(0, "", "http://example.com index.html")).into_bytes(), "13.1.4.0-2"),
        (structure(&one.replace("<url>", "<wrong/><url>")).into_bytes(), "13.2.0.0-1"),
        (b"# A course".to_vec(), "14.0.0.0-1"),
        (b"PK\x03\x04 and no more".to_vec(), "14.1.0.0-1"),
        (zip(&[("course/cmi5.xml", structure(&one).as_bytes())]), "14.1.0.0-2"),
        (zip(&[("cmi5.xml", structure(&unit(0, "", "index.html")).as_bytes())]), "14.1.0.0-4"),
        (structure(&unit(0, "", "index.html")).into_bytes(), "14.2.0.0-1"),
    ] {
        let refused = program.refuses(bytes).await;
        assert_eq!(refused["requirement"], requirement, "{refused}");
        assert!(refused["message"].as_str().is_some_and(|message| message.starts_with(requirement)), "{refused}");
    }
    let count: db::DbResult<i64> = site.db().read(async |tx| tx.one(db::sql!("SELECT COUNT(*) FROM packages"), &[]).await).await;
    assert_eq!(count.expect("a count"), 0);
}

#[both_engines]
async fn only_a_program_with_the_scope_brings_something_in(site: Site) {
    let answer = send(&site, Method::POST, "/api/v1/packages", &[], essentials()).await;
    answer.is(StatusCode::UNAUTHORIZED);
    program(&site).await;
    let bearer = format!("Bearer {}", {
        use base64::Engine as _;
        super::B64.encode(super::READER)
    });
    send(&site, Method::POST, "/api/v1/packages", &[("authorization", &bearer)], essentials()).await.is(StatusCode::FORBIDDEN);
}
