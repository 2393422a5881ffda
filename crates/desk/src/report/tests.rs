//! Reporting by the front door: what is asked, what is stored, what a machine without its database does.

use access::Role;
use both_engines::both_engines;
use db::sql;
use kernel::Span;
use std::path::Path;

use crate::cases::{CaseId, verify};
use crate::testing::Site;

mod spooled;

#[both_engines]
async fn the_first_answer_makes_the_case_and_the_same_form_sent_twice_is_one(site: Site) {
    let mut browser = site.browser();
    let who = browser.get("/incident/report?door=consult").await;
    assert!(who.body.contains("/incident/report?door=consult&#38;role=admin"), "{}", who.body);
    let first = browser.get("/incident/report?door=consult&role=staff").await;
    assert!(first.body.contains("待たずにこのまま進みます") && first.body.contains("119番"));
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM cases")).await, 0, "nothing is stored before an answer");
    let seed = first.hidden("seed");
    let fields = [("door", "consult"), ("role", "staff"), ("seed", &seed), ("answer", "emergency")];
    for _ in 0..2 {
        assert_eq!(browser.post("/incident/report", &fields).await.location(), "/incident/report/phone");
    }
    let rows: Vec<(String, String, i64)> = site.all(sql!("SELECT door, care_impact, urgency FROM cases")).await;
    assert_eq!(rows, [("consult".to_owned(), "emergency".to_owned(), 1)]);
}

#[both_engines]
async fn seven_questions_lead_to_the_worst_stage_and_to_the_words(site: Site) {
    let mut browser = site.browser();
    let first = browser.get("/incident/report?door=request&role=admin").await;
    let fields = [("door", "request"), ("role", "admin"), ("seed", &first.hidden("seed")), ("answer", "some-stopped")];
    assert_eq!(browser.post("/incident/report", &fields).await.location(), "/incident/report/phone");
    let without = browser.post("/incident/report/phone", &[("answer", "given")]).await;
    assert!(without.status == 422 && without.body.contains("電話番号を入れてください"));
    let phone = [("answer", "given"), ("number", "０９０-0000-0000"), ("name", "見本"), ("institution", "みほん市立総合病院")];
    assert_eq!(browser.post("/incident/report/phone", &phone).await.location(), "/incident/report/seen");
    let seen = browser.get("/incident/report/seen").await;
    assert_eq!(seen.body.matches("<svg class=\"picto\"").count(), 7, "six pictures, and わからない");
    assert_eq!(browser.post("/incident/report/seen", &[("answer", "ransom")]).await.location(), "/incident/report/seen/detail");
    assert!(browser.get("/incident/report/seen/detail").await.body.contains("お金を求める文が出ている"));
    assert_eq!(browser.post("/incident/report/seen/detail", &[("answer", "note")]).await.location(), "/incident/report/spread");
    for (question, answer, next) in
        [("spread", "wide", "chart"), ("chart", "down", "backup"), ("backup", "encrypted", "demand"), ("demand", "publish", "code")]
    {
        let path = format!("/incident/report/{question}");
        assert_eq!(browser.post(&path, &[("answer", answer)]).await.location(), format!("/incident/report/{next}"));
    }
    let rows: Vec<(Option<i64>, i64, Option<String>, String)> = site.all(sql!("SELECT stage, urgency, event, data_exit FROM cases")).await;
    assert_eq!(rows, [(Some(4), 2, Some("ransomware".to_owned()), "seen".to_owned())]);
    let reported = browser.takes_words().await;
    let view = browser.get("/incident/case").await.body;
    assert!(
        view.contains(&reported.number) && view.contains("みほん市立総合病院") && view.contains("順番に、担当者から電話します"),
        "{view}"
    );
    let case = CaseId::from_uuid(reported.case);
    assert_eq!(site.db.read(async move |tx| verify(tx, case).await).await.unwrap(), Ok(()));
}

#[both_engines]
async fn a_wrong_word_is_noticed_and_new_words_end_the_old(site: Site) {
    let mut browser = site.browser();
    let first = browser.get("/incident/report?door=request&role=staff").await;
    browser.post("/incident/report", &[("seed", &first.hidden("seed")), ("answer", "unknown")]).await;
    let shown = browser.post("/incident/report/code", &[]).await;
    let proofs = [shown.hidden("proof_1"), shown.hidden("proof_2")];
    let fields = [("proof_1", proofs[0].as_str()), ("proof_2", &proofs[1]), ("asked", "yes"), ("word_1", "ちがうことば"), ("word_2", "")];
    let wrong = browser.post("/incident/report/code/check", &fields).await;
    assert!(wrong.status == 422 && wrong.body.contains("紙を見直してください"));
    let anew = browser.takes_words().await;
    assert_eq!(browser.post("/incident/report/code", &[]).await.location(), "/incident/case", "once checked, words are not shown again");
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_wraps WHERE kind = 'code'")).await, 1);
    assert!(site.browser().post("/incident/back", &[("number", &anew.number), ("words", &anew.words)]).await.status == 303);
}

#[both_engines]
async fn words_are_given_five_times_an_hour_and_the_last_of_them_open(site: Site) {
    let mut browser = site.browser();
    let first = browser.get("/incident/report?door=request&role=staff").await;
    browser.post("/incident/report", &[("seed", &first.hidden("seed")), ("answer", "unknown")]).await;
    let mut shown = String::new();
    for _ in 0..5 {
        let page = browser.post("/incident/report/code", &[]).await;
        assert_eq!(page.status, 200);
        shown = page.body;
    }
    let before = site.desk().kdf.derivations();
    let sixth = browser.post("/incident/report/code", &[]).await;
    assert!(sixth.status == 422 && sixth.body.contains("1時間に5回まで"), "{}", sixth.body);
    assert_eq!(site.desk().kdf.derivations(), before, "no work is done any more");
    let page = scraper::Html::parse_document(&shown);
    let text = |selector: &str| -> Vec<String> {
        let selector = scraper::Selector::parse(selector).unwrap();
        page.select(&selector).map(|element| element.text().collect()).collect()
    };
    let (number, words) = (text(".case-number").remove(0), text(".return-words b").join(" "));
    let mut other = site.browser();
    assert_eq!(other.post("/incident/back", &[("number", &number), ("words", &words)]).await.location(), "/incident/case");
    site.clock.advance(Span::hours(1));
    assert_eq!(browser.post("/incident/report/code", &[]).await.status, 200);
}

#[both_engines]
async fn what_was_typed_is_nowhere_in_clear(site: Site) {
    let canary = "ＣＡＮＡＲＹ受付の見本太郎";
    let mut browser = site.browser();
    browser.reports("some-stopped").await;
    let phone = [("answer", "given"), ("number", "09012345678"), ("name", canary), ("institution", "カナリア病院")];
    browser.post("/incident/report/phone", &phone).await;
    browser.post("/incident/case/messages", &[("message", "カナリアの伝言")]).await;
    browser.post("/incident/case/contact", &[("email", "canary@example.jp")]).await;
    browser.post_file("/incident/case/files", &[], ("file", "カナリア.log"), "カナリアの中身".as_bytes()).await;
    assert!(browser.get("/incident/case").await.body.contains(canary), "whoever holds the case reads it");
    let mut stored = Vec::new();
    for list in [
        sql!("SELECT sealed FROM case_answers"),
        sql!("SELECT sealed FROM case_entries WHERE sealed IS NOT NULL"),
        sql!("SELECT sealed FROM case_messages"),
        sql!("SELECT address FROM case_contacts"),
        sql!("SELECT about FROM case_files"),
        sql!("SELECT hashes FROM case_files"),
    ] {
        stored.extend(site.all::<Vec<u8>>(list).await.concat());
    }
    for list in [
        sql!("SELECT facts FROM case_entries"),
        sql!("SELECT facts FROM outbox"),
        sql!("SELECT outcome FROM idempotency WHERE outcome IS NOT NULL"),
    ] {
        let texts = site.all::<serde_json::Value>(list).await;
        stored.extend(texts.iter().map(ToString::to_string).collect::<String>().into_bytes());
    }
    let files: Vec<kernel::Uuid> = site.all(sql!("SELECT id FROM case_files")).await;
    for file in files {
        use futures_util::TryStreamExt as _;
        let content = site.portal.objects.get_piece(&format!("desk-{file}-0")).await.unwrap();
        stored.extend(content.stream.try_collect::<Vec<_>>().await.unwrap().concat());
    }
    for word in [canary, "カナリア", "0901234", "canary@", ".log"] {
        let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [word.as_bytes().to_vec(), utf16, crate::as_base64::encoded(word.as_bytes()).into_bytes()] {
            assert!(!stored.windows(bytes.len()).any(|window| window == bytes), "{word} is readable");
        }
    }
}

#[both_engines]
async fn a_responder_on_the_telephone_reads_out_and_types(site: Site) {
    assert!(site.browser().get("/desk/telephone").await.location().starts_with("/sign-in"));
    let mut responder = site.signed_in("responder@example.jp", Role::Responder).await;
    assert!(responder.get("/desk/telephone").await.body.contains("の窓口です。落ち着いて大丈夫です"));
    let first = responder.get("/desk/telephone?door=request&role=staff").await;
    assert!(first.body.contains("電話を切って119番をかけてください"));
    let fields = [("door", "request"), ("role", "staff"), ("seed", &first.hidden("seed")), ("answer", "emergency")];
    assert_eq!(responder.post("/desk/telephone", &fields).await.location(), "/desk/telephone/phone");
    assert!(responder.get("/desk/telephone/phone").await.body.contains("番号を復唱します"));
    let phone = [("answer", "given"), ("number", "09000000000")];
    assert_eq!(responder.post("/desk/telephone/phone", &phone).await.location(), "/desk/telephone/seen");
    let shown = responder.post("/desk/telephone/code", &[]).await;
    assert!(shown.body.contains("に、まる、に、ろく。ハイフン。まる、まる、まる。まる、まる、ひと。"), "{}", shown.body);
    let rows: Vec<(String, Option<i64>)> = site.all(sql!("SELECT channel, bound_at FROM cases")).await;
    assert_eq!(rows, [("phone".to_owned(), None)], "nobody has called back yet");
    let actors: Vec<String> = site.all(sql!("SELECT actor FROM case_answers WHERE question = 'phone'")).await;
    assert!(actors[0].starts_with("account:"));
}

/// Everything in the folder, whatever it is called.
fn everything(folder: &Path) -> Vec<u8> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.file_name().unwrap() != "reserve").flat_map(|path| std::fs::read(path).unwrap()).collect()
}

#[both_engines]
async fn without_a_database_a_report_is_spooled_sealed_and_brought_in_once(site: Site) {
    let mut browser = site.browser();
    let first = browser.get("/incident/report?door=request&role=staff").await;
    let seed = first.hidden("seed");
    site.portal.db.clone().close().await;
    let rest = browser.post("/incident/report", &[("door", "request"), ("role", "staff"), ("seed", &seed), ("answer", "emergency")]).await;
    assert!(rest.status == 200 && rest.body.contains("ここまでの答えを受け取りました"), "{}", rest.body);
    assert_eq!(rest.hidden("seed"), seed, "what follows belongs to the same report");
    let all = [
        ("door", "request"),
        ("role", "staff"),
        ("seed", &seed),
        ("care", "emergency"),
        ("number", "09012345678"),
        ("name", "カナリア"),
        ("seen", "ransom"),
    ];
    for _ in 0..2 {
        assert_eq!(browser.post("/incident/report/whole", &all).await.location(), "/incident/report/received");
    }
    assert!(browser.get("/incident/report/received").await.body.contains("封をして預かっています"));
    let desk = site.desk();
    assert_eq!(desk.spool.waiting().unwrap().len(), 1);
    let kept = everything(site.spool.path());
    for word in ["カナリア", "09012345678"] {
        assert!(!kept.windows(word.len()).any(|window| window == word.as_bytes()), "the spool is sealed");
    }
    // The same database comes back.
    let again = db::Db::open(site.db.settings(site.clock.clone())).await.unwrap();
    assert_eq!(desk.tend(&again).await.unwrap(), 1);
    assert_eq!(desk.tend(&again).await.unwrap(), 0);
    let rows: Vec<(String, Option<String>, i64)> =
        again.read(async |tx| tx.all(sql!("SELECT care_impact, event, urgency FROM cases"), &[]).await).await.unwrap();
    assert_eq!(rows, [("emergency".to_owned(), Some("ransomware".to_owned()), 1)]);
    let answers: i64 = again.read(async |tx| tx.one(sql!("SELECT count(*) FROM case_answers"), &[]).await).await.unwrap();
    assert_eq!(answers, 3);
    assert!(desk.spool.waiting().unwrap().is_empty());
    again.close().await;
}

#[test]
fn a_report_takes_its_room_from_the_reserve() {
    let folder = tempfile::tempdir().unwrap();
    super::Spool::open(folder.path()).unwrap();
    let reserve = std::fs::metadata(folder.path().join("reserve")).unwrap().len();
    assert!(reserve >= 1_000 * 4_096, "a thousand reports of a block each fit into it: {reserve}");
}

#[both_engines]
async fn a_step_of_a_report_takes_64_kib_and_no_more(site: Site) {
    let mut browser = site.browser();
    let first = browser.get("/incident/report?door=request&role=staff").await;
    let seed = first.hidden("seed");
    // The browser sends three bytes for each.
    for (kib, status, cases) in [(22, 413, 0), (21, 303, 1)] {
        let more = "x".repeat(kib * 1024);
        let fields = [("door", "request"), ("role", "staff"), ("seed", seed.as_str()), ("answer", "unknown"), ("more", more.as_str())];
        assert_eq!(browser.post("/incident/report", &fields).await.status, status, "{kib} KiB");
        assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM cases")).await, cases, "{kib} KiB");
    }
}
