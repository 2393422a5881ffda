//! Exercises are marked, ring the desk, and stay out of what is counted.

use access::Role;
use both_engines::both_engines;
use db::sql;
use kernel::Timestamp;

use super::{NewDrill, begin, demo, scripts};
use crate::cases::{self, Circle};
use crate::queue::clusters;
use crate::roster;
use crate::specimen::Stage;
use crate::testing::{Answer, Browser, Site};
use kernel::Lang;

#[both_engines]
async fn the_demo_has_a_case_for_each_stage_a_web_site_and_a_question(stage: Stage) {
    stage.hires("sekinin", Role::DeskLead).await;
    let count = stage.write(async |tx, now| demo(tx, &Circle::default(), now).await.map(|cases| cases.len())).await;
    assert_eq!(count, scripts().len());
    let stages: Vec<Option<i64>> =
        stage.read(async |tx| tx.all(sql!("SELECT stage FROM cases WHERE is_drill = $1 ORDER BY number"), &[true.into()]).await).await;
    assert_eq!(stages, [Some(0), Some(1), Some(2), Some(3), Some(4), None, None]);
    assert_eq!(stage.read(async |tx| roster::store::open_cases(tx).await).await, 0, "they are in no figure");
    let mails: Vec<serde_json::Value> = stage.read(async |tx| tx.all(sql!("SELECT facts FROM outbox"), &[]).await).await;
    assert!(!mails.is_empty() && mails.iter().all(|facts| facts["drill"] == true), "every mail says that it is an exercise");
    let now: Timestamp = stage.clock.now();
    assert_eq!(stage.read(async move |tx| clusters(tx, now).await).await, []);
}

#[both_engines]
async fn an_exercise_of_a_prefecture_is_one_case_for_each_institution(stage: Stage) {
    let script = scripts().iter().find(|script| script.id == "stage-4").unwrap();
    let drills: Vec<NewDrill> =
        (0..3).map(|_| NewDrill::prepare(script, Some("04"), Lang::Ja, &Circle::default(), stage.clock.now()).0).collect();
    let ids = stage
        .write(async move |tx, now| Ok(begin(tx, &drills, "account:x", now).await?.into_iter().map(|case| case.id).collect::<Vec<_>>()))
        .await;
    assert_eq!(ids.len(), 3);
    for id in ids {
        let case = stage.read(async move |tx| cases::store::case(tx, id).await).await.unwrap();
        assert!(case.is_drill && case.prefecture.as_deref() == Some("04") && case.stage == Some(4));
        assert_eq!(stage.read(async move |tx| cases::verify(tx, id).await).await, Ok(()));
    }
}

/// Somebody who acts for an institution, and the form of an exercise.
async fn begins(browser: &mut Browser<'_>) -> Answer {
    let form = browser.get("/exercises").await;
    assert_eq!(form.status, 200, "{}", form.body);
    let (key, seed) = (form.hidden("key"), form.hidden("seed"));
    browser.post("/exercises", &[("key", &key), ("seed", &seed)]).await
}

#[both_engines]
async fn an_institution_begins_an_exercise_that_goes_through_the_whole_desk_marked_everywhere(site: Site) {
    let mut lead = site.signed_in("sekinin@example.jp", Role::DeskLead).await;
    let mut hospital = site.signed_in("byoin@example.jp", Role::InstitutionAdmin).await;
    let begun = begins(&mut hospital).await;
    assert_eq!(begun.location(), "/incident/report/care");
    let marked = |answer: &Answer| assert!(answer.body.contains("<title>【訓練】") && answer.body.contains(">【訓練】"), "{}", answer.body);
    for page in ["/incident/report/care", "/incident/report/phone", "/incident/report/code"] {
        marked(&hospital.get(page).await);
    }
    hospital.post("/incident/report/care", &[("answer", "emergency")]).await;
    hospital.post("/incident/case/contact", &[("email", "mihon@example.jp")]).await;
    let held = hospital.takes_words().await;
    marked(&hospital.get("/incident/case").await);

    let case = site.one::<(bool, String)>(sql!("SELECT is_drill, channel FROM cases")).await;
    assert_eq!(case, (true, "drill".to_owned()));
    assert_eq!(site.db.read(async |tx| roster::store::open_cases(tx).await).await.unwrap(), 0, "it is in no figure");
    let mails: Vec<serde_json::Value> = site.all(sql!("SELECT facts FROM outbox WHERE kind = 'desk.duty'")).await;
    assert!(!mails.is_empty() && mails.iter().all(|facts| facts["drill"] == true), "every mail says so: {mails:?}");
    let notices = site.notices().await;
    assert!(!notices.is_empty() && notices.iter().all(|mail| mail.subject.starts_with("【訓練】") && mail.text.starts_with("【訓練】")));
    let path = format!("/desk/cases/{}", held.number);
    for page in ["", "/talk", "/assessment", "/timeline", "/evidence", "/support", "/notes", "/exports", "/binding", "/rebinding"] {
        marked(&lead.get(&format!("{path}{page}")).await);
    }
    assert_eq!(lead.post(&format!("{path}/takings"), &[]).await.status, 303);
}

#[both_engines]
async fn an_exercise_waits_for_the_one_before_and_for_the_desk(site: Site) {
    site.signed_in("sekinin@example.jp", Role::DeskLead).await;
    let mut first = site.signed_in("byoin@example.jp", Role::InstitutionAdmin).await;
    assert_eq!(begins(&mut first).await.status, 303);
    let again = begins(&mut first).await;
    assert!(again.status == 409 && again.body.contains("いま行っている訓練"), "{}", again.body);
    site.clock.advance(kernel::Span::hours(25));
    let mut first = site.signed_in("byoin@example.jp", Role::InstitutionAdmin).await;
    assert_eq!(begins(&mut first).await.status, 303, "one that nobody closed is in nobody's way for ever");
    let mut real = site.browser();
    real.reports("slower").await;
    let mut second = site.signed_in("shinryojo@example.jp", Role::InstitutionAdmin).await;
    let busy = begins(&mut second).await;
    assert!(busy.status == 409 && busy.body.contains("混み合っている"), "a real case waits: {}", busy.body);
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM cases WHERE is_drill")).await, 2);
    let mut nobody = site.signed_in("jimu@example.jp", Role::Secretariat).await;
    assert_ne!(nobody.get("/exercises").await.status, 200);
}

#[both_engines]
async fn pressed_twice_an_exercise_begins_once(site: Site) {
    let mut hospital = site.signed_in("byoin@example.jp", Role::InstitutionAdmin).await;
    let form = hospital.get("/exercises").await;
    let (key, seed) = (form.hidden("key"), form.hidden("seed"));
    for _ in 0..2 {
        let begun = hospital.post("/exercises", &[("key", &key), ("seed", &seed)]).await;
        assert_eq!(begun.location(), "/incident/report/care");
        assert_eq!(hospital.get("/incident/report/care").await.status, 200);
    }
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM cases")).await, 1);
}
