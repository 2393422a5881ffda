//! Facts as they are written down, and the record of what was handed out, on both engines.

use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{Arg, Lane, sql};
use exchange::{TEXT, Tlp};
use kernel::Lang;
use serde_json::json;

use super::*;
use crate::cases::{self, Case, Channel, Circle, Door, NewCase};
use crate::specimen::morning;
use crate::testing::{Browser, Site};
use sha2::Digest as _;

async fn opened(db: &TestDatabase) -> (Case, vault::SecretKey) {
    let (new, key) = NewCase::prepare(Door::Request, Channel::Web, Lang::Ja, &Circle::default(), morning());
    let id = new.id;
    db.write(Lane::Incident, None, async move |tx, now| cases::open_case(tx, &new, now).await.map(|_| ())).await.unwrap();
    let case = db.read(async move |tx| cases::store::case(tx, id).await).await.unwrap().expect("it was just made");
    (case, key)
}

async fn put_down(db: &TestDatabase, case: &Case, fact: &'static str, tlp: Tlp, words: String) -> Result<(), NotWritten> {
    let number = case.number;
    let work = async move |tx: &mut db::Tx<'_>, now| write(tx, number, fact, tlp, &words, "account:1", now).await;
    db.write(Lane::Staff, None, work).await.unwrap()
}

async fn facts(db: &TestDatabase, case: &Case) -> Vec<Fact> {
    let id = case.id;
    db.read(async move |tx| store::facts(tx, id).await).await.unwrap()
}

#[both_engines]
async fn a_fact_is_sealed_where_it_stands_and_written_anew_in_its_place(db: TestDatabase) {
    let (case, key) = opened(&db).await;
    put_down(&db, &case, "summary", Tlp::Amber, "電子カルテが開きません。".to_owned()).await.unwrap();
    let first = facts(&db, &case).await.remove(0);
    put_down(&db, &case, "summary", Tlp::Green, "電子カルテは戻りました。".to_owned()).await.unwrap();
    let known = facts(&db, &case).await;
    assert_eq!(known.len(), 1);
    assert_eq!((known[0].id, known[0].tlp.0), (first.id, Tlp::Green));
    let place = case.id.place("case_facts", first.id.uuid(), "words");
    let words = |fact: &Fact| String::from_utf8(vault::open(&key, &place, &fact.words).unwrap().to_vec()).unwrap();
    assert_eq!((words(&first), words(&known[0])), ("電子カルテが開きません。".to_owned(), "電子カルテは戻りました。".to_owned()));
    let other = case.id.place("case_facts", first.id.uuid(), "note");
    assert!(vault::open(&key, &other, &first.words).is_err(), "it opens at its own place alone");
}

#[both_engines]
async fn what_stood_before_stays_in_the_chain_and_no_word_is_in_clear(db: TestDatabase) {
    let (case, key) = opened(&db).await;
    for words in ["かなりあ一号", "かなりあ二号"] {
        put_down(&db, &case, "cause", Tlp::AmberStrict, words.to_owned()).await.unwrap();
    }
    let id = case.id;
    let (entries, chain) = db.read(async move |tx| Ok((cases::entries(tx, id).await?, cases::verify(tx, id).await?))).await.unwrap();
    assert_eq!(chain, Ok(()));
    let said: Vec<String> = entries
        .iter()
        .filter(|entry| entry.action == "fact.written")
        .map(|entry| {
            assert_eq!(entry.facts, json!({ "fact": "cause", "tlp": "amber+strict" }));
            let place = case.id.place("case_entries", entry.id.uuid(), "sealed");
            String::from_utf8(vault::open(&key, &place, entry.sealed.as_deref().unwrap()).unwrap().to_vec()).unwrap()
        })
        .collect();
    assert_eq!(said, ["かなりあ一号", "かなりあ二号"]);
    let sealed: Vec<Vec<u8>> =
        facts(&db, &case).await.into_iter().map(|fact| fact.words).chain(entries.into_iter().filter_map(|it| it.sealed)).collect();
    assert!(sealed.iter().all(|bytes| !String::from_utf8_lossy(bytes).contains("かなりあ")));
}

#[both_engines]
async fn what_is_no_fact_of_a_case_is_not_written_down(db: TestDatabase) {
    let (case, _) = opened(&db).await;
    for (fact, words, refused) in [
        ("canary", "x".to_owned(), NotWritten::Unknown),
        ("stage", "x".to_owned(), NotWritten::Unknown),
        ("summary", String::new(), NotWritten::Empty),
        ("summary", "あ".repeat(TEXT + 1), NotWritten::TooLong),
    ] {
        assert_eq!(put_down(&db, &case, fact, Tlp::Green, words).await, Err(refused), "{fact}");
    }
    put_down(&db, &case, "summary", Tlp::Green, "あ".repeat(TEXT)).await.unwrap();
    assert_eq!(facts(&db, &case).await.len(), 1);
}

#[both_engines]
async fn a_file_leaves_an_entry_in_the_chain_and_nothing_else(db: TestDatabase) {
    let (case, _) = opened(&db).await;
    let handed =
        Handed { receiver: "police".into(), paper: "stix".into(), is_final: false, tlp: "amber", stayed: 2, sha256: "0a".repeat(32) };
    let id = case.id;
    let noted = handed.clone();
    let work = async move |tx: &mut db::Tx<'_>, now| hand_out(tx, id, &noted, "account:1", now).await;
    assert!(db.write(Lane::Staff, None, work).await.unwrap());
    let rows = db.read(async move |tx| store::all_made(tx, id).await).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        rows[0].facts,
        json!({ "receiver": "police", "paper": "stix", "final": false, "tlp": "amber", "stayed": 2, "sha256": handed.sha256 })
    );
    assert_eq!(db.read(async move |tx| cases::verify(tx, id).await).await.unwrap(), Ok(()));
    let sealed: Option<Vec<u8>> = db
        .read(async move |tx| {
            let find = sql!("SELECT sealed FROM case_entries WHERE case_id = $1 AND action = 'export.made'");
            tx.one(find, &[Arg::from(id)]).await
        })
        .await
        .unwrap();
    assert_eq!(sealed, None);
}

/// Somebody of the desk, and a case whose facts were written down by the pages.
async fn at_the_desk(site: &Site) -> (Browser<'_>, Case) {
    let (new, _) = NewCase::prepare(Door::Request, Channel::Web, Lang::Ja, &Circle::default(), site.clock.now());
    let id = new.id;
    site.write(async move |tx, now| cases::open_case(tx, &new, now).await.map(|_| ())).await;
    let case = site.db.read(async move |tx| cases::store::case(tx, id).await).await.unwrap().expect("it was just made");
    (site.signed_in("responder@example.jp", access::Role::Responder).await, case)
}

/// What a page of ours posts once a browser has opened it.
fn told() -> String {
    let words = json!({
        "summary": { "tlp": "amber", "text": "見本 太郎さんが気づいた。電子カルテが開かない。" },
        "cause": { "tlp": "red", "text": "かなりあ赤号" },
        "actions": { "tlp": "amber+strict", "text": "かなりあ橙号" },
        "contact_person": { "tlp": "green", "text": "見本 太郎" },
        "institution": { "tlp": "green", "text": "みほん市立総合病院" },
    });
    let indicators = json!([{ "kind": "domain", "value": "c2[.]example[.]net", "tlp": "green" }]);
    json!({ "words": words, "indicators": indicators }).to_string()
}

#[both_engines]
async fn a_responder_sees_what_will_leave_and_gets_exactly_that(site: Site) {
    let (mut desk, case) = at_the_desk(&site).await;
    let exports = format!("/desk/cases/{}/exports", case.number);
    let choose = desk.get(&exports).await;
    assert!(choose.body.contains(&format!("href=\"{exports}/circle/stix\"")), "{}", choose.body);
    let told = told();
    let fields = [("told", told.as_str()), ("tlp", "green"), ("report_no", "1"), ("report_kind", "preliminary")];
    let shown = desk.post(&format!("{exports}/circle/stix/preview"), &fields).await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    let visible = shown.body.split("<form method=\"post\"").next().unwrap();
    assert!(visible.contains("［名前］さんが気づいた。電子カルテが開かない。") && visible.contains("c2[.]example[.]net"), "{visible}");
    for stays in ["かなりあ", "見本 太郎", "みほん市立総合病院"] {
        assert!(!visible.contains(stays), "{stays}");
    }
    assert!(visible.contains("TLP:RED なので"), "what stays is named");
    let (key, at) = (shown.hidden("key"), shown.hidden("at"));
    let again: Vec<(&str, &str)> = fields.into_iter().chain([("key", key.as_str()), ("at", at.as_str())]).collect();
    let file = desk.post(&format!("{exports}/circle/stix/file"), &again).await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert!(file.header("content-disposition").contains("stix.json"));
    assert!(!file.body.contains("かなりあ") && !file.body.contains("太郎") && file.body.contains("c2.example.net"));
    let sha256 = hex::encode(sha2::Sha256::digest(file.body.as_bytes()));
    let again = desk.post(&format!("{exports}/circle/stix/file"), &again).await;
    assert_eq!(again.body, file.body, "the same page makes the same file");
    let id = case.id;
    let handed = site.db.read(async move |tx| store::all_made(tx, id).await).await.unwrap();
    assert_eq!(handed.len(), 1, "a button pressed twice hands out once");
    assert_eq!(handed[0].facts["sha256"], sha256);
    assert!(desk.get(&exports).await.body.contains(&sha256));
}

#[both_engines]
async fn of_what_was_posted_for_a_file_nothing_is_kept(site: Site) {
    let (mut desk, case) = at_the_desk(&site).await;
    let told = told();
    let fields = [
        ("told", told.as_str()),
        ("tlp", "green"),
        ("report_no", "2"),
        ("report_kind", "final"),
        ("key", "0198f0b1-0000-7000-8000-000000000001"),
    ];
    let path = format!("/desk/cases/{}/exports/police/misp/file", case.number);
    assert_eq!(desk.post(&path, &fields).await.status, 200);
    let entries: Vec<serde_json::Value> = site.all(sql!("SELECT facts FROM case_entries")).await;
    let trail: Vec<String> = site.all(sql!("SELECT CAST(detail AS TEXT) FROM audit")).await;
    let outcomes: Vec<String> = site.all(sql!("SELECT CAST(outcome AS TEXT) FROM idempotency")).await;
    let kept = format!("{entries:?} {trail:?} {outcomes:?}");
    for word in ["かなりあ", "太郎", "みほん市立", "電子カルテ", "c2.example", "c2[.]"] {
        assert!(!kept.contains(word), "{word}: {kept}");
    }
    assert!(kept.contains("misp"));
}

#[both_engines]
async fn a_field_that_is_not_on_the_list_is_refused_and_nothing_is_handed_out(site: Site) {
    let (mut desk, case) = at_the_desk(&site).await;
    let path = format!("/desk/cases/{}/exports/police/stix", case.number);
    for (told, tlp, number) in [
        (r#"{"words":{"canary":{"tlp":"clear","text":"x"}}}"#, "green", "1"),
        (r#"{"words":{},"canary":"x"}"#, "green", "1"),
        ("", "green", "1"),
        ("{}", "red", "1"),
        ("{}", "banana", "1"),
        ("{}", "green", "0"),
    ] {
        let fields = [("told", told), ("tlp", tlp), ("report_no", number), ("report_kind", "preliminary")];
        for end in ["preview", "file"] {
            let refused = desk.post(&format!("{path}/{end}"), &fields).await;
            assert_eq!(refused.status, 422, "{told} {tlp} {number}");
            assert!(refused.body.contains("role=\"alert\"") || refused.body.contains("class=\"error\""), "{}", refused.body);
        }
    }
    let id = case.id;
    assert!(site.db.read(async move |tx| store::all_made(tx, id).await).await.unwrap().is_empty());
}

#[both_engines]
async fn a_fact_is_written_where_a_paper_misses_it(site: Site) {
    let (mut desk, case) = at_the_desk(&site).await;
    let paper = format!("/desk/cases/{}/exports/ministry/ministry", case.number);
    let missing = desk.get(&paper).await;
    assert!(missing.body.contains(&format!("/desk/cases/{}/facts/summary?for={paper}", case.number)), "{}", missing.body);
    let fact = format!("/desk/cases/{}/facts/summary", case.number);
    let form = desk.get(&format!("{fact}?for={paper}")).await;
    let (key, back) = (form.hidden("key"), form.hidden("for"));
    let empty = desk.post(&fact, &[("key", &key), ("for", &back), ("words", " "), ("tlp", "amber")]).await;
    assert_eq!(empty.status, 422);
    let key = empty.hidden("key");
    let saved = desk.post(&fact, &[("key", &key), ("for", &back), ("words", "電子カルテが開かない。"), ("tlp", "amber")]).await;
    assert_eq!(saved.location(), paper);
    let written = desk.get(&paper).await;
    let known = facts(&site.db, &case).await;
    assert!(written.body.contains(&format!("data-place=\"case_facts|{}|words\"", known[0].id)));
    assert!(!written.body.contains("電子カルテが開かない"), "the page holds it sealed");
}

#[both_engines]
async fn whoever_is_not_of_the_desk_finds_nothing_here(site: Site) {
    let (mut desk, case) = at_the_desk(&site).await;
    let path = format!("/desk/cases/{}/exports", case.number);
    assert_eq!(desk.get(&format!("{path}/police/ppc")).await.status, 404, "not a paper of theirs");
    assert_eq!(desk.get("/desk/cases/2026-999999-0/exports").await.status, 404);
    let mut secretariat = site.signed_in("office@example.jp", access::Role::Secretariat).await;
    assert_ne!(secretariat.get(&path).await.status, 200);
    assert_ne!(site.browser().get(&path).await.status, 200);
}

/// A file for this receiver, made just now.
async fn made(db: &TestDatabase, case: &Case, receiver: &str, paper: &str, is_final: bool) -> cases::EntryId {
    let handed = Handed { receiver: receiver.into(), paper: paper.into(), is_final, tlp: "amber", stayed: 0, sha256: "0a".repeat(32) };
    let id = case.id;
    db.write(Lane::Staff, None, async move |tx, now| hand_out(tx, id, &handed, "account:1", now).await).await.unwrap();
    db.read(async move |tx| store::all_made(tx, id).await).await.unwrap()[0].id
}

async fn hands_over(db: &TestDatabase, case: &Case, export: cases::EntryId, words: &'static str) -> Result<Vec<String>, NotHandedOver> {
    let number = case.number;
    let work = async move |tx: &mut db::Tx<'_>, now| hand_over(tx, number, export, now, words, "account:1", now).await;
    db.write(Lane::Staff, None, work).await.unwrap()
}

/// Which of the clocks of a case run.
async fn running(db: &TestDatabase, case: &Case) -> Vec<String> {
    let id = case.id;
    let clocks = db.read(async move |tx| crate::clocks::store::of_case(tx, id).await).await.unwrap();
    clocks.into_iter().filter(|clock| clock.stopped_at.is_none()).map(|clock| clock.kind).collect()
}

#[both_engines]
async fn a_clock_stops_when_what_it_waits_for_is_handed_over_and_says_to_whom(db: TestDatabase) {
    let (case, key) = opened(&db).await;
    let id = case.id;
    for kind in ["ministry-first", "ppc-preliminary", "ppc-final-attack", "police", "common-form", "post-incident", "patients"] {
        let start = async move |tx: &mut db::Tx<'_>, now| crate::clocks::start(tx, id, kind, now, "account:1", now).await.map(|_| ());
        db.write(Lane::Staff, None, start).await.unwrap();
    }
    let file = made(&db, &case, "ministry", "ministry", false).await;
    assert!(running(&db, &case).await.contains(&"ministry-first".to_owned()), "making a file hands nothing over");
    assert_eq!(hands_over(&db, &case, file, "受付番号 12").await, Ok(vec!["ministry-first".to_owned()]));
    assert_eq!(hands_over(&db, &case, file, "").await, Err(NotHandedOver::Already));

    let clocks = db.read(async move |tx| crate::clocks::store::of_case(tx, id).await).await.unwrap();
    let stopped = clocks.iter().find(|clock| clock.kind == "ministry-first").unwrap();
    assert_eq!(stopped.ended.as_deref(), Some("done"));
    let place = id.place("case_clocks", stopped.id.uuid(), "reason");
    let reason = vault::open(&key, &place, stopped.reason.as_deref().unwrap()).unwrap();
    let reason = String::from_utf8(reason.to_vec()).unwrap();
    assert!(reason.contains("厚生労働省（担当室）に") && reason.ends_with("受付番号 12"), "{reason}");

    // The institution's own copy of the same form ends no duty of theirs; what programs read ends none either.
    for (receiver, paper) in [("institution", "police"), ("police", "stix")] {
        let file = made(&db, &case, receiver, paper, false).await;
        assert_eq!(hands_over(&db, &case, file, "").await, Ok(Vec::new()), "{receiver} {paper}");
    }
    let ends = async |receiver: &'static str, paper: &'static str, is_final| {
        let file = made(&db, &case, receiver, paper, is_final).await;
        hands_over(&db, &case, file, "").await.unwrap()
    };
    assert_eq!(ends("commission", "ppc", true).await, ["ppc-final-attack"]);
    assert_eq!(ends("commission", "ppc", false).await, ["ppc-preliminary"]);
    let mut common = ends("police", "ransomware-common", false).await;
    common.sort();
    assert_eq!(common, ["common-form", "police"]);
    assert_eq!(ends("institution", "report-director", false).await, ["post-incident"]);
    assert_eq!(ends("patients", "report-patients", false).await, ["patients"]);
    assert_eq!(db.read(async move |tx| cases::verify(tx, id).await).await.unwrap(), Ok(()));
}

#[both_engines]
async fn whoever_handed_a_file_over_puts_it_down_on_the_page(site: Site) {
    let (mut desk, case) = at_the_desk(&site).await;
    let told = told();
    let fields = [("told", told.as_str()), ("tlp", "green"), ("report_no", "1"), ("report_kind", "preliminary")];
    let exports = format!("/desk/cases/{}/exports", case.number);
    assert_eq!(desk.post(&format!("{exports}/police/police/file"), &fields).await.status, 200);
    let id = case.id;
    let export = site.db.read(async move |tx| store::all_made(tx, id).await).await.unwrap()[0].id;
    let address = format!("/desk/cases/{}/exported/{export}/handovers", case.number);
    let page = desk.get(&exports).await;
    assert!(page.body.contains(&format!("action=\"{address}\"")) && page.body.contains("まだ渡していません"), "{}", page.body);
    let (at, to) = (format!("at-{export}"), format!("to-{export}"));
    let early = desk.post(&address, &[(&at, "2020-01-01T09:00"), (&to, "生活安全課")]).await;
    assert_eq!(early.status, 422);
    assert!(early.body.contains("value=\"生活安全課\"") && early.body.contains("作る前の日時"), "what was typed stays: {}", early.body);
    let done = desk.post(&address, &[(&at, ""), (&to, "生活安全課")]).await;
    assert_eq!(done.location(), format!("{exports}?done=handed"));
    let page = desk.get(&exports).await;
    assert!(!page.body.contains("まだ渡していません") && !page.body.contains("生活安全課"), "{}", page.body);
    let foreign = format!("/desk/cases/{}/exported/{}/handovers", case.number, kernel::Uuid::from_u128(7));
    assert_eq!(desk.post(&foreign, &[(&at, "")]).await.status, 404);
}

#[test]
fn the_shipped_forms_receivers_and_facts_fit_together() {
    let lexicon = contents::shipped().unwrap_or_else(|fault| panic!("{fault}"));
    assert_eq!(lexicon.forms.len(), 8);
    for form in &lexicon.forms {
        assert!(crate::clocks::clocks().get(&form.clock).is_some(), "{} stops the clock {}", form.id, form.clock);
    }
    assert!(lexicon.receivers.iter().all(|receiver| receiver.tlp < Tlp::Red && !receiver.papers.is_empty()));
    for receiver in lexicon.receivers.iter().filter(|receiver| !receiver.names) {
        assert!(receiver.papers.iter().all(|paper| lexicon.form(paper).is_none()), "a form asks for names: {}", receiver.id);
    }
}

#[test]
fn a_fault_of_a_form_is_named_by_file_and_line() {
    let text = |name: &str| match name {
        "desk/forms/police.toml" => web::data_text(name).replacen("\"known_by\"", "\"known_bye\"", 1),
        name => web::data_text(name),
    };
    let fault = exchange::Lexicon::read(text, &web::data_names("desk/forms")).unwrap_err();
    assert_eq!(fault.file, "desk/forms/police.toml");
    assert!(fault.line > 10, "{fault}");
    assert!(fault.to_string().contains("known_bye"), "{fault}");
}
