//! Packages that go: their files, their launches and what is kept of a course in memory; what was learned stays.

use access::Role;
use both_engines::both_engines;
use db::sql;
use http::{Method, StatusCode};
use serde_json::json;
use std::collections::BTreeSet;

use super::{Unit, actor, essentials, program, send, structure, unit, verbs};
use crate::learning::learner;
use crate::office::staff;
use crate::site::{Answer, Site, Visitor};

/// Brings the sample in and shows it to learners; its id.
async fn shown(office: &mut Visitor) -> String {
    let list = office.get("/staff/packages").await;
    let sent = office.upload(&list.form("/staff/packages"), "file", "course.zip", &essentials()).await;
    let page = office.open(sent.is(StatusCode::SEE_OTHER).location()).await;
    office.submit(&page.form("/open")).await.is(StatusCode::SEE_OTHER);
    page.path.split('?').next().and_then(|path| path.rsplit('/').next()).expect("an id").to_owned()
}

/// The launch that a learner's page leads to.
async fn launches<'a>(site: &'a Site, nurse: &mut Visitor, id: &str) -> Unit<'a> {
    let page = nurse.get(&format!("/my/packages/{id}")).await;
    let go = nurse.submit(&page.is(StatusCode::OK).form("/units/0")).await;
    Unit::at(site, &json!({ "url": go.attributes("main a.button.main", "href")[0] }))
}

async fn deletes(office: &mut Visitor, id: &str, is_confirmed: bool) -> Answer {
    let form = office.get(&format!("/staff/packages/{id}/deletion")).await.is(StatusCode::OK).form("/deletion");
    let form = if is_confirmed { form.with("confirmed", "yes") } else { form };
    office.submit_and_open(&form).await
}

#[both_engines]
async fn a_deleted_package_is_gone_and_what_was_learned_stays(site: Site) {
    let program = program(&site).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let id = shown(&mut office).await;
    let mut nurse = learner(&site, "hanako@example.jp").await;
    let mut unit = launches(&site, &mut nurse, &id).await;
    unit.begins().await;
    unit.says("completed").await.is(StatusCode::NO_CONTENT);
    let host = unit.url.split('/').nth(2).expect("a host").to_owned();
    send(&site, Method::GET, "/index.html", &[("host", &host)], "").await.is(StatusCode::OK);

    // What it does is said first; somebody has it open.
    let before = office.get(&format!("/staff/packages/{id}")).await;
    before.shows("削除する");
    let page = office.get(&format!("/staff/packages/{id}/deletion")).await;
    page.is(StatusCode::OK)
        .shows("ファイル4個は、このポータルから開けなくなります")
        .shows("受講を始めた1名の記録")
        .shows("元に戻せません")
        .shows("いま、1件が開いています");
    let refused = deletes(&mut office, &id, false).await;
    refused.is(StatusCode::CONFLICT).shows("削除していません").shows("教材を開いている方がいます");
    unit.sends(Method::GET, "statements", &[("registration", &unit.registration)], "").await.is(StatusCode::OK);

    let gone = deletes(&mut office, &id, true).await;
    gone.is(StatusCode::OK)
        .shows("教材を削除しました")
        .shows("削除済み")
        .shows("受講した記録は残っています")
        .shows("1名")
        .hides("試しに開く");
    office.get("/staff/packages").await.shows("削除済み");
    assert!(office.get(&format!("/staff/packages/{id}/deletion")).await.is(StatusCode::SEE_OTHER).location().ends_with(&id));
    // Nobody reaches it: not by the page, not by the launch that was open, not by its host, not by a program.
    nurse.get("/my/packages").await.shows("公開中の教材はありません");
    nurse.get(&format!("/my/packages/{id}")).await.is(StatusCode::NOT_FOUND);
    unit.says("passed").await.is(StatusCode::UNAUTHORIZED);
    send(&site, Method::GET, "/index.html", &[("host", &host)], "").await.is(StatusCode::NOT_FOUND);
    let body = json!({ "actor": actor("9") }).to_string();
    program.posts(&format!("/{id}/units/0/launches"), "application/json", body).await.is(StatusCode::NOT_FOUND);
    for form in ["/shut", "/units/0"] {
        office.submit(&before.form(form)).await.is(StatusCode::NOT_FOUND);
    }
    // What was said of it stays, and that the session ended out of order is said.
    site.deliver().await;
    let said = program.statements(&unit.registration).await;
    assert_eq!(verbs(&said), ["launched", "initialized", "completed", "abandoned"]);
    let count = async |tx: &mut db::Tx<'_>| {
        let files: i64 = tx.one(sql!("SELECT COUNT(*) FROM package_files"), &[]).await?;
        let registered: i64 = tx.one(sql!("SELECT COUNT(*) FROM package_registrations"), &[]).await?;
        let audited: i64 = tx.one(sql!("SELECT COUNT(*) FROM audit WHERE act = 'packages.deleted'"), &[]).await?;
        Ok((files, registered, audited))
    };
    assert_eq!(site.db().read(count).await.expect("counts"), (0, 1, 1));
}

#[both_engines]
async fn what_nobody_has_open_is_deleted_without_more_and_a_registration_opens_nothing(site: Site) {
    let program = program(&site).await;
    let id = program.imports(essentials()).await;
    let mut left = program.launches(&id, 0, json!({})).await;
    left.begins().await;
    // A launch of the day before is heard no more.
    site.later(kernel::Span::hours(25));
    let mut office = staff(&site, Role::Secretariat).await;
    office.get(&format!("/staff/packages/{id}/deletion")).await.is(StatusCode::OK).hides("開いています");
    deletes(&mut office, &id, false).await.is(StatusCode::OK).shows("教材を削除しました");
    let body = json!({ "actor": actor("7"), "registration": left.registration }).to_string();
    program.posts(&format!("/{id}/units/0/launches"), "application/json", body).await.is(StatusCode::NOT_FOUND);
    site.deliver().await;
    let said = program.statements(&left.registration).await;
    assert_eq!(verbs(&said), ["launched", "initialized", "abandoned"]);
}

/// A hundred more open launches, each in a registration of its own that is otherwise like the one of this unit.
async fn opens_a_hundred_times(site: &Site, unit: &Unit<'_>) {
    let like: [kernel::Uuid; 2] = [&unit.registration, &unit.session].map(|id| id.parse().expect("an id"));
    site.write(async move |tx, now| {
        for _ in 0..100 {
            let (registration, launch) = (now.uuid(), now.uuid());
            let register = sql!(
                "INSERT INTO package_registrations (id, package, actor, actor_key, trial, progress, done, made_at)
                 SELECT $1, package, actor, actor_key, trial, progress, done, made_at FROM package_registrations WHERE id = $2"
            );
            tx.run(register, &[registration.into(), like[0].into()]).await?;
            let open = sql!(
                "INSERT INTO package_launches (id, registration, unit, publisher, progress, host, asking, launched_at)
                 SELECT $1, $2, unit, publisher, progress, $3, $4, launched_at FROM package_launches WHERE id = $5"
            );
            let (host, asking) = (launch.to_string(), launch.as_bytes().to_vec());
            tx.run(open, &[launch.into(), registration.into(), host.into(), asking.into(), like[1].into()]).await?;
        }
        Ok(())
    })
    .await;
}

#[both_engines]
async fn a_package_that_more_have_open_than_one_transaction_ends_is_deleted_all_the_same(site: Site) {
    let program = program(&site).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let id = shown(&mut office).await;
    let mut heard = program.launches(&id, 0, json!({})).await;
    heard.begins().await;
    let mut late = program.launches(&id, 0, json!({ "actor": actor("8") })).await;
    // The job ends five hundred at once.
    for _ in 0..6 {
        opens_a_hundred_times(&site, &heard).await;
    }
    deletes(&mut office, &id, false).await.is(StatusCode::CONFLICT).shows("いま、602件が開いています");
    deletes(&mut office, &id, true).await.is(StatusCode::OK).shows("教材を削除しました").shows("602名");

    // From that moment nothing is taken from any of them, though the job has ended none of them yet.
    heard.says("completed").await.is(StatusCode::UNAUTHORIZED);
    heard.reads_preferences().await.is(StatusCode::UNAUTHORIZED);
    assert_eq!(late.fetches().await["error-code"], "1");
    let body = json!({ "actor": actor("7"), "registration": heard.registration }).to_string();
    program.posts(&format!("/{id}/units/0/launches"), "application/json", body).await.is(StatusCode::NOT_FOUND);

    // Done twice, the job says nothing twice.
    for _ in 0..2 {
        site.deliver().await;
        site.write(async |tx, _| tx.run(sql!("UPDATE jobs SET done_at = NULL WHERE kind = 'packages.leave'"), &[]).await.map(|_| ())).await;
    }
    let read = async |tx: &mut db::Tx<'_>| {
        let open: i64 = tx.one(sql!("SELECT COUNT(*) FROM package_launches WHERE ended_at IS NULL"), &[]).await?;
        let registered: Vec<kernel::Uuid> = tx.all(sql!("SELECT id FROM package_registrations"), &[]).await?;
        let said: Vec<String> = tx.all(sql!("SELECT json FROM record_statements WHERE json LIKE '%/verbs/abandoned%'"), &[]).await?;
        Ok((open, registered, said))
    };
    let (open, registered, said) = site.db().read(read).await.expect("what is there");
    assert_eq!((open, registered.len(), said.len()), (0, 602, 602), "each is abandoned, once");
    let of = |text: &String| {
        let statement: serde_json::Value = serde_json::from_str(text).expect("a statement");
        statement["context"]["registration"].as_str().expect("a registration").to_owned()
    };
    let abandoned: BTreeSet<String> = said.iter().map(of).collect();
    assert_eq!(abandoned, registered.iter().map(ToString::to_string).collect::<BTreeSet<String>>());
    assert_eq!(verbs(&program.statements(&heard.registration).await), ["launched", "initialized", "abandoned"]);
}

#[both_engines]
async fn a_replaced_package_is_not_served_stale(site: Site) {
    let program = program(&site).await;
    let of = |move_on: &str| structure(&unit(0, &format!("moveOn=\"{move_on}\""), "https://content.example.com/"));
    let first = program.imports(of("Completed")).await;
    let mut unit = program.launches(&first, 0, json!({})).await;
    unit.begins().await;
    assert_eq!(unit.data["moveOn"], "Completed");
    // Brought in again, the same course of the same publisher is another package.
    let second = program.imports(of("Passed")).await;
    let mut unit = program.launches(&second, 0, json!({ "actor": actor("8") })).await;
    unit.begins().await;
    assert_eq!(unit.data["moveOn"], "Passed");
    unit.says("completed").await.is(StatusCode::NO_CONTENT);
    assert_eq!(verbs(&program.statements(&unit.registration).await), ["launched", "initialized", "completed"]);
    // And where another edition takes the place of one, it is read anew.
    let (id, manifest): (kernel::Uuid, Vec<u8>) = (first.parse().expect("an id"), of("CompletedOrPassed").into_bytes());
    site.later(kernel::Span::minutes(1));
    site.write(async move |tx, now| {
        let replace = sql!("UPDATE packages SET manifest = $2, imported_at = $3 WHERE id = $1");
        tx.run(replace, &[id.into(), manifest.clone().into(), now.into()]).await.map(|_| ())
    })
    .await;
    let mut unit = program.launches(&first, 0, json!({ "actor": actor("9") })).await;
    unit.begins().await;
    assert_eq!(unit.data["moveOn"], "CompletedOrPassed");
}
