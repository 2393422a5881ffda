//! Who learns from a package, as the secretariat sees it: the list, one registration, waivers, and sessions that are ended.

use access::Role;
use both_engines::both_engines;
use cmi5::vocabulary as words;
use db::sql;
use http::StatusCode;
use kernel::{PersonName, Span};
use serde_json::json;

use super::{Unit, actor, essentials, program, structure, unit, verbs};
use crate::learning::learner;
use crate::office::staff;
use crate::site::{Answer, Site, Visitor};

/// Brings a package in and shows it to learners; its id.
async fn shown(office: &mut Visitor, name: &str, bytes: &[u8]) -> String {
    let list = office.get("/staff/packages").await;
    let sent = office.upload(&list.form("/staff/packages"), "file", name, bytes).await;
    let page = office.open(sent.is(StatusCode::SEE_OTHER).location()).await;
    office.submit(&page.form("/open")).await.is(StatusCode::SEE_OTHER);
    page.path.split('?').next().and_then(|path| path.rsplit('/').next()).expect("an id").to_owned()
}

/// The launch that a learner's page leads to.
async fn launches<'a>(site: &'a Site, nurse: &mut Visitor, id: &str, unit: usize) -> Unit<'a> {
    let page = nurse.get(&format!("/my/packages/{id}")).await;
    let go = nurse.submit(&page.is(StatusCode::OK).form(&format!("/units/{unit}"))).await;
    Unit::at(site, &json!({ "url": go.attributes("main a.button.main", "href")[0] }))
}

/// Writes down the name on the certificates of whoever signs in with this address.
async fn is_called(site: &Site, email: &'static str, workplace: &'static str) {
    site.write(async move |tx, now| {
        let account = people::accounts::ensure(tx, &email.parse().expect("an address"), kernel::Lang::Ja, now).await?.id;
        let name = PersonName::new("見本", "花子").expect("a name");
        let learner = learning::certificates::Learner { name, workplace: workplace.to_owned() };
        learning::certificates::write_name(tx, account, &learner, now).await
    })
    .await;
}

/// Two chapters: one of two units, one of the last.
fn chapters() -> Vec<u8> {
    let block = |n: usize, inside: String| {
        format!("<block id=\"https://example.com/block/{n}\">{}{inside}</block>", super::head(&format!("第{n}章")))
    };
    let first = unit(0, "moveOn=\"CompletedAndPassed\" masteryScore=\"0.9\"", "https://content.example.com/0");
    let second = unit(1, "moveOn=\"Passed\"", "https://content.example.com/1");
    let last = unit(2, "moveOn=\"Completed\"", "https://content.example.com/2");
    structure(&format!("{}{}", block(1, format!("{first}{second}")), block(2, last))).into_bytes()
}

/// The page of the one learner that a list shows.
async fn only_learner(office: &mut Visitor, id: &str) -> Answer {
    let list = office.get(&format!("/staff/packages/{id}/registrations")).await;
    let links = list.is(StatusCode::OK).attributes("tbody th a", "href");
    assert_eq!(links.len(), 1, "{links:?}");
    office.get(&links[0]).await
}

#[both_engines]
async fn the_secretariat_sees_who_learns_and_how_far_they_are(site: Site) {
    let program = program(&site).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let id = shown(&mut office, "cmi5.xml", &chapters()).await;
    let path = format!("/staff/packages/{id}/registrations");
    office.get(&format!("/staff/packages/{id}")).await.shows("受講者を見る");
    office.get(&path).await.is(StatusCode::OK).shows("受講を始めた方は、まだいません");

    let mut nurse = learner(&site, "hanako@example.jp").await;
    is_called(&site, "hanako@example.jp", "見本中央病院").await;
    let mut unit = launches(&site, &mut nurse, &id, 0).await;
    unit.begins().await;
    unit.says("completed").await.is(StatusCode::NO_CONTENT);
    unit.says("failed").await.is(StatusCode::NO_CONTENT);
    // Whom a program names is told by the program; whoever tries the package is nobody here.
    program.launches(&id, 1, json!({ "actor": actor("7") })).await;
    let tried = office.get(&format!("/staff/packages/{id}")).await.form("/units/0").with("mode", "Normal");
    office.submit(&tried).await.is(StatusCode::OK);

    let list = office.get(&path).await;
    list.shows("受講を始めた方2名、終えた方0名").shows("見本 花子").shows("hanako@example.jp").shows("見本中央病院");
    list.shows("https://lms.example.com").shows("3単元のうち0単元").shows("学習中").shows("いま開いています");
    assert_eq!(list.texts("tbody tr").len(), 2);
    for (asked, hits) in [("見本花子", 1), ("HANAKO@", 1), ("中央 病院", 1), ("lms.example", 1), ("%", 0), ("だれもいない", 0)]
    {
        let found = office.get(&format!("{path}?{}", serde_urlencoded::to_string([("q", asked)]).expect("a query"))).await;
        assert_eq!(found.is(StatusCode::OK).texts("tbody tr").len(), hits, "{asked}");
    }
    office.get(&format!("{path}?q=%E3%81%AA%E3%81%84")).await.shows("見つかりませんでした");

    let found = office.get(&format!("{path}?q=hanako")).await;
    let page = office.get(&found.attributes("tbody th a", "href")[0]).await;
    page.is(StatusCode::OK).shows("第1章").shows("第2章").shows("合格点90%").shows("「単元0」を開いています");
    let lines = page.texts("tbody tr");
    assert!(lines[1].contains("完了") && lines[1].contains("11月22日（日）に不合格") && lines[1].contains("得点20%"), "{}", lines[1]);
    assert!(lines[1].contains("前回は20%で、合格していません。完了しました。合格すると終わりです。"), "{}", lines[1]);
    assert!(lines[2].contains("未着手") && lines[2].contains("合格すると終わりです。"), "{}", lines[2]);
    assert!(lines[4].contains("最後まで進むと終わりです。"), "{}", lines[4]);

    // The learner reads the same of themselves.
    let mine = nurse.get(&format!("/my/packages/{id}")).await;
    mine.is(StatusCode::OK).shows("第1章").shows("3単元のうち0単元").shows("前回は20%で、合格していません");
    mine.shows("いま「単元0」を開いています");
    mine.shows("つぎは：").shows("終わりの条件：完了と合格の両方で終わり（合格点90%）");
    // A day later nothing comes from it any more. Everybody signs in anew.
    site.later(Span::hours(25));
    let mut nurse = learner(&site, "hanako@example.jp").await;
    nurse.get(&format!("/my/packages/{id}")).await.shows("第1章").hides("いま「単元0」を開いています");
    staff(&site, Role::Secretariat).await.get(&page.path).await.shows("24時間を過ぎたので");
}

#[both_engines]
async fn a_unit_is_waived_for_a_reason_that_its_learner_sees(site: Site) {
    let program = program(&site).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let id = shown(&mut office, "cmi5.xml", &chapters()).await;
    let mut nurse = learner(&site, "hanako@example.jp").await;
    let mut begun = launches(&site, &mut nurse, &id, 2).await;
    begun.begins().await;
    begun.says("completed").await.is(StatusCode::NO_CONTENT);
    let page = only_learner(&mut office, &id).await;
    let waiver = |unit: usize| format!("{}/units/{unit}/waiver", page.path);

    // What it does is said first; without a reason nothing happens, and what was typed stays.
    let form = office.get(&waiver(0)).await;
    form.is(StatusCode::OK).shows("学んだものとして数えます").shows("元に戻せません").shows("単元0");
    let form = form.form("/waiver");
    let refused = office.submit(&form.clone().with("note", "書きかけ")).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("免除の理由を選んでください");
    assert_eq!(refused.form("/waiver").value("note"), "書きかけ");
    let refused = office.submit(&form.clone().choose("reason", "other")).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("くわしい理由を書いてください");
    let long = form.clone().choose("reason", "other").with("note", &"あ".repeat(201));
    office.submit(&long).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("200文字までにしてください");
    assert_eq!(verbs(&program.statements(&begun.registration).await).last(), Some(&"satisfied"), "nothing was waived");

    let filled = form.choose("reason", "other").with("note", "産休のため");
    office.submit_and_open(&filled).await.is(StatusCode::OK).shows("単元を免除しました").shows("対象外（事務局の判断）：産休のため");
    // The same form twice is one waiver; another one comes too late, and so does one of what is done.
    office.submit(&filled).await.is(StatusCode::SEE_OTHER);
    office.get(&waiver(0)).await.is(StatusCode::CONFLICT).shows("もう免除されています");
    let form = office.get(&waiver(1)).await.form("/waiver").choose("reason", "Equivalent Outside Activity");
    office.get(&waiver(2)).await.is(StatusCode::CONFLICT).shows("もう終わりの条件を満たしています");
    office.submit_and_open(&form).await.shows("アーカイブ視聴など").shows("修了");
    let late = office.submit(&form.with("key", "0190c8a0-0000-7000-8000-000000000001")).await;
    late.is(StatusCode::CONFLICT).shows("免除していません").shows("もう免除されています");

    // The statements say the reasons of cmi5, and what somebody has typed stands in the registration alone.
    let said = program.statements(&begun.registration).await;
    let told: Vec<&str> = verbs(&said).into_iter().filter(|verb| ["waived", "satisfied"].contains(verb)).collect();
    assert_eq!(told, ["satisfied", "waived", "waived", "satisfied", "satisfied"]);
    let reasons: Vec<_> = said.iter().filter_map(|one| one["result"]["extensions"][words::REASON].as_str()).collect();
    assert_eq!(reasons, ["Administrative", "Equivalent Outside Activity"]);
    assert!(!said.iter().any(|one| one.to_string().contains("産休")));
    let audited = async |tx: &mut db::Tx<'_>| {
        let list = sql!("SELECT detail FROM audit WHERE act = 'packages.waived' ORDER BY seq");
        let entries: Vec<serde_json::Value> = tx.all(list, &[]).await?;
        Ok(entries)
    };
    let entries = site.db().read(audited).await.expect("the trail");
    assert_eq!(entries.iter().filter_map(|detail| detail["reason"].as_str()).collect::<Vec<_>>(), reasons);
    assert!(entries.iter().all(|detail| !detail.to_string().contains("産休")), "{entries:?}");

    let mine = nurse.get(&format!("/my/packages/{id}")).await;
    mine.shows("この教材は、全部終わりました").shows("免除").shows("対象外（事務局の判断）：産休のため").shows("アーカイブ視聴など");
    let mut english = learner(&site, "hanako@example.jp").await.in_english();
    english.get(&format!("/my/packages/{id}")).await.shows("Waived").shows("Learned elsewhere").shows("decided by the secretariat");
}

#[both_engines]
async fn an_open_session_is_ended_and_a_later_one_is_not(site: Site) {
    let program = program(&site).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let id = shown(&mut office, "course.zip", &essentials()).await;
    let mut nurse = learner(&site, "hanako@example.jp").await;
    let mut first = launches(&site, &mut nurse, &id, 0).await;
    first.begins().await;
    let page = only_learner(&mut office, &id).await;
    page.shows("打ち切る");
    let path = format!("{}/abandonment", page.path);
    let seen = office.get(&path).await;
    seen.is(StatusCode::OK).shows("「単元0」を開いています").shows("その場で終わりになります").shows("もう一度開いて続けられます");

    // In the meantime another one was opened: the form that was seen ends nothing.
    let mut second = launches(&site, &mut nurse, &id, 0).await;
    second.begins().await;
    let late = office.submit(&seen.form("/abandonment")).await;
    late.is(StatusCode::CONFLICT).shows("打ち切っていません").shows("いま開いているのは、下の画面です");
    second.says("completed").await.is(StatusCode::NO_CONTENT);

    let ended = office.submit_and_open(&late.form("/abandonment")).await;
    ended.is(StatusCode::OK).shows("開いている画面を打ち切りました").shows("開いている画面はありません").hides("打ち切る");
    second.says("passed").await.is(StatusCode::UNAUTHORIZED);
    // Twice the same form is done once; another one finds nothing open.
    office.submit(&late.form("/abandonment")).await.is(StatusCode::SEE_OTHER);
    office.get(&path).await.is(StatusCode::CONFLICT).shows("もう終わっています");
    let said = program.statements(&first.registration).await;
    let abandoned = verbs(&said).into_iter().filter(|verb| *verb == "abandoned").count();
    assert_eq!(abandoned, 2, "one by the second launch, one by the secretariat");
    let audited = async |tx: &mut db::Tx<'_>| {
        let count: i64 = tx.one(sql!("SELECT COUNT(*) FROM audit WHERE act = 'packages.abandoned'"), &[]).await?;
        Ok(count)
    };
    assert_eq!(site.db().read(audited).await.expect("the trail"), 1);
}

#[both_engines]
async fn a_registration_is_reached_by_its_own_package_alone_and_stays_as_it_is_after_it(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let other = shown(&mut office, "course.zip", &essentials()).await;
    let id = shown(&mut office, "course.zip", &essentials()).await;
    let mut nurse = learner(&site, "hanako@example.jp").await;
    launches(&site, &mut nurse, &id, 0).await;
    let page = only_learner(&mut office, &id).await;
    let elsewhere = page.path.replace(&id, &other);
    office.get(&elsewhere).await.is(StatusCode::NOT_FOUND);
    office.get(&format!("{elsewhere}/units/0/waiver")).await.is(StatusCode::NOT_FOUND);
    office.get(&format!("{}/units/1/waiver", page.path)).await.is(StatusCode::NOT_FOUND);
    office.get(&format!("{}/registrations", page.path)).await.is(StatusCode::NOT_FOUND);
    nurse.get(&page.path).await.is(StatusCode::NOT_FOUND);
    // Somebody else's session is not ended by the form of another registration.
    let form = office.get(&format!("{}/abandonment", page.path)).await.form("/abandonment");
    let mut stranger = learner(&site, "taro@example.jp").await;
    launches(&site, &mut stranger, &other, 0).await;
    let foreign = only_learner(&mut office, &other).await;
    let stolen = office.get(&format!("{}/abandonment", foreign.path)).await.form("/abandonment").value("session").to_owned();
    office.submit(&form.clone().with("session", &stolen)).await.is(StatusCode::NOT_FOUND);

    let confirmed = office.get(&format!("/staff/packages/{id}/deletion")).await.form("/deletion").with("confirmed", "yes");
    office.submit_and_open(&confirmed).await.shows("教材を削除しました");
    office.get(&page.path).await.is(StatusCode::OK).shows("hanako@example.jp").hides("免除する").hides("打ち切る");
    office.get(&format!("{}/units/0/waiver", page.path)).await.is(StatusCode::NOT_FOUND);
    office.submit(&form).await.is(StatusCode::NOT_FOUND);
}
