//! What the secretariat and learners see.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use serde_json::json;

use super::{Unit, essentials, program, structure, unit, verbs, zip};
use crate::learning::learner;
use crate::office::staff;
use crate::site::{Answer, Site};

const STAFF: &str = "/staff/packages";

/// The launch that a page leads to.
fn launched<'a>(site: &'a Site, page: &Answer) -> Unit<'a> {
    page.is(StatusCode::OK).shows("教材の画面に移ります");
    let url = page.attributes("main a.button.main", "href")[0].clone();
    assert_eq!(page.header("refresh"), format!("0; url={url}"), "whoever has no script is led on all the same");
    Unit::at(site, &json!({ "url": url }))
}

#[both_engines]
async fn a_package_is_brought_in_tried_shown_and_done(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff").await.shows("教材パッケージ");
    let list = office.get(STAFF).await;
    list.is(StatusCode::OK).shows("教材はまだありません");
    let sent = office.upload(&list.form(STAFF), "file", "course.zip", &essentials()).await;
    sent.is(StatusCode::SEE_OTHER);
    let page = office.open(sent.location()).await;
    page.is(StatusCode::OK)
        .shows("教材を取り込みました")
        .shows("見本の教材")
        .shows("完了と合格の両方で終わり")
        .shows("合格点90%")
        .shows("非公開");
    let path = page.path.split('?').next().expect("a path").to_owned();
    let id = path.rsplit('/').next().expect("an id").to_owned();

    // A trial counts for nobody.
    let tried = office.submit(&page.form("/units/0").with("mode", "Browse")).await;
    let mut trial = launched(&site, &tried);
    trial.begins().await;
    assert_eq!(trial.data["launchMode"], "Browse");
    assert!(trial.data["returnURL"].as_str().is_some_and(|back| back.ends_with(&path)));
    office.get(&path).await.shows("0名");

    let mut nurse = learner(&site, "hanako@example.jp").await;
    let mine = format!("/my/packages/{id}");
    nurse.get(&mine).await.is(StatusCode::NOT_FOUND);
    nurse.get("/my/packages").await.is(StatusCode::OK).shows("公開中の教材はありません");
    let form = office.get(&path).await.form("/open");
    office.submit_and_open(&form).await.is(StatusCode::OK).shows("受講者に公開しました");
    nurse.get("/courses").await.shows("教材で学ぶ");
    nurse.get("/my/packages").await.shows("見本の教材").shows("単元1");
    let page = nurse.get(&mine).await;
    page.is(StatusCode::OK).shows("1単元のうち0単元が終わりました");
    let mut unit = launched(&site, &nurse.submit(&page.form("/units/0")).await);
    assert!(!unit.actor.contains("hanako"), "nothing says who the learner is: {}", unit.actor);
    unit.begins().await;
    unit.says("completed").await.is(StatusCode::NO_CONTENT);
    nurse.get(&mine).await.shows("完了しました。合格すると終わりです。");
    unit.says("passed").await.is(StatusCode::NO_CONTENT);
    unit.says("terminated").await.is(StatusCode::NO_CONTENT);
    let done = nurse.get(&mine).await;
    done.shows("この教材は、全部終わりました");
    nurse.get("/my/packages").await.shows("終わりました");
    office.get(&path).await.shows("1名");

    // Whoever comes back looks at it again, in the same registration.
    let mut again = launched(&site, &nurse.submit(&done.form("/units/0")).await);
    again.begins().await;
    assert_eq!((&again.registration, again.data["launchMode"].as_str()), (&unit.registration, Some("Review")));
    let said = program(&site).await.statements(&unit.registration).await;
    assert_eq!(verbs(&said)[..7], ["launched", "initialized", "completed", "passed", "satisfied", "satisfied", "terminated"]);

    let form = office.get(&path).await.form("/shut");
    office.submit_and_open(&form).await.shows("公開をやめました");
    nurse.get(&mine).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_package_that_is_none_is_refused_in_words(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let list = office.get(STAFF).await;
    for (name, bytes, told) in [
        ("course.zip", zip(&[("cmi5.xml", structure(&unit(0, "", "index.html")).as_bytes())]), "「index.html」が、ZIPの中にありません"),
        ("course.zip", b"PK\x03\x04".to_vec(), "ZIPを読めません"),
        ("course.docx", b"text".to_vec(), "ZIPでもXMLでもない"),
        ("cmi5.xml", structure(&unit(0, "moveOn=\"Maybe\"", "https://example.com/")).into_bytes(), "「Maybe」は、決められた5つの値"),
    ] {
        let refused = office.upload(&list.form(STAFF), "file", name, &bytes).await;
        refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("取り込めませんでした").shows(told).shows("cmi5の要件");
    }
    let empty = office.submit(&list.form(STAFF)).await;
    empty.is(StatusCode::UNPROCESSABLE_ENTITY);
}
