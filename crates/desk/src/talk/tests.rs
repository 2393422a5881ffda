//! What the institution and the desk say to each other.

mod files;
mod room;

use both_engines::both_engines;
use db::sql;
use sha2::{Digest as _, Sha256};

use super::{Side, ask_for, send};
use crate::cases::{CaseId, store};
use crate::testing::Site;

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

async fn desk_says(site: &Site, case: CaseId, words: &'static str, urgent: bool) {
    site.write(async move |tx, now| {
        let case = store::case(tx, case).await?.expect("it is there");
        send(tx, &case, Side::Desk, "account:1", words, urgent, now).await.map(|_| ())
    })
    .await;
}

#[both_engines]
async fn messages_go_both_ways_and_are_marked_as_read(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let case = CaseId::from_uuid(reported.case);
    assert_eq!(
        browser.post("/incident/case/messages", &[("message", "線を抜きました\n写真もあります")]).await.location(),
        "/incident/case?done=said"
    );
    desk_says(&site, case, "電源はそのままにしてください", false).await;
    let view = browser.get("/incident/case").await.body;
    assert!(view.contains("線を抜きました\n写真もあります") && view.contains("電源はそのままにしてください"));
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_messages WHERE side = 'desk' AND read_at IS NOT NULL")).await, 1);
    let empty = browser.post("/incident/case/messages", &[("message", "  ")]).await;
    assert!(empty.status == 422 && empty.body.contains("伝えたいことを書いてください"));
    let long = "あ".repeat(22_000);
    let too_long = browser.post("/incident/case/messages", &[("message", &long)]).await;
    assert!(too_long.status == 422 && too_long.body.contains("64KBまで"), "{}", too_long.status);
}

#[both_engines]
async fn what_is_asked_for_is_answered_one_by_one(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let case = CaseId::from_uuid(reported.case);
    site.write(async move |tx, now| {
        let case = store::case(tx, case).await?.expect("it is there");
        let items = ["VPN装置の機種名".to_owned(), "最後に更新した日".to_owned()];
        assert!(ask_for(tx, &case, "account:1", "入口を調べるため", &items, now).await?.is_ok());
        assert!(ask_for(tx, &case, "account:1", "", &[], now).await?.is_err());
        Ok(())
    })
    .await;
    let view = browser.get("/incident/case").await.body;
    assert!(view.contains("VPN装置の機種名") && view.contains("残り2件") && view.contains("お願いを見る"));
    let ids: Vec<kernel::Uuid> = site.all(sql!("SELECT id FROM case_request_items ORDER BY place")).await;
    let path = |at: usize| format!("/incident/case/items/{}", ids[at]);
    browser.post(&path(0), &[("answer", "done"), ("reply", "見本の型番")]).await;
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_requests WHERE done_at IS NULL")).await, 1);
    browser.post(&path(1), &[("answer", "unknown")]).await;
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_requests WHERE done_at IS NULL")).await, 0);
    assert!(browser.get("/incident/case").await.body.contains("見本の型番"));
    let mut other = site.browser();
    other.reports("none").await;
    assert_eq!(other.post(&path(0), &[("answer", "cannot")]).await.status, 404, "another case's list is not there");
}

#[both_engines]
async fn notices_tell_nothing_and_go_only_to_an_address_that_was_left(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let case = CaseId::from_uuid(reported.case);
    desk_says(&site, case, "前の伝言", false).await;
    assert!(site.notices().await.is_empty(), "nobody has left an address");
    assert_eq!(browser.post("/incident/case/contact", &[("email", "mihon@example")]).await.status, 422);
    browser.post("/incident/case/contact", &[("email", "mihon@example.jp")]).await;
    desk_says(&site, case, "急ぐ伝言", true).await;
    let mails = site.notices().await;
    let said: Vec<String> = mails.iter().map(|mail| format!("{}\n{}", mail.subject, mail.text)).collect();
    assert_eq!(mails.len(), 2);
    assert!(said[0].contains("受け付けました") && said[1].contains("すぐに見てください"), "{said:?}");
    for mail in &said {
        for secret in [reported.number.as_str(), "急ぐ伝言", "http", "/incident", &reported.case.to_string()] {
            assert!(!mail.contains(secret), "{mail}");
        }
    }
    browser.post("/incident/case/contact", &[("forget", "yes")]).await;
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_contacts")).await, 0);
}

/// Everything of a file as the desk's browser gets it, opened with the key of the case.
fn opens(sealed: &[u8], key: &vault::SecretKey, case: CaseId, file: kernel::Uuid) -> Vec<u8> {
    use vault::frames::{HEADER_BYTES, Opener, SEALED_FRAME_BYTES};
    let (header, body) = sealed.split_at(HEADER_BYTES);
    let opener = Opener::new(key, case.uuid(), file, header).unwrap();
    let frames: Vec<&[u8]> = body.chunks(SEALED_FRAME_BYTES).collect();
    let open = |(at, frame): (usize, &&[u8])| opener.frame(at as u64, at + 1 == frames.len(), frame).unwrap().to_vec();
    frames.iter().enumerate().flat_map(open).collect()
}

#[both_engines]
async fn a_responder_gets_what_was_sent_sealed_and_puts_it_on_the_list_of_evidence(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let (case, number) = (CaseId::from_uuid(reported.case), reported.number.clone());
    let whole = "かなりあの記録".repeat(150_000).into_bytes();
    assert_eq!(browser.post_file("/incident/case/files", &[], ("file", "記録.log"), &whole).await.location(), "/incident/case?done=file");
    let file: kernel::Uuid = site.all(sql!("SELECT id FROM case_files")).await[0];

    let mut desk = site.signed_in("responder@example.jp", access::Role::Responder).await;
    let path = format!("/desk/cases/{number}/files/{file}");
    assert!(desk.get(&format!("/desk/cases/{number}/talk")).await.body.contains(&format!("data-href=\"{path}\"")));
    let fetched = desk.get(&path).await;
    assert_eq!((fetched.status, fetched.header("content-type")), (200, "application/octet-stream"));
    assert!(
        fetched.header("content-disposition").starts_with("attachment") && fetched.header("content-security-policy").contains("sandbox")
    );
    assert!(!String::from_utf8_lossy(&fetched.bytes).contains("かなりあ"), "it leaves the server sealed");
    assert_eq!(opens(&fetched.bytes, &browser.key_of_case().await, case, file), whole);
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_entries WHERE action = 'file.fetched'")).await, 1);

    let evidence = format!("/desk/cases/{number}/evidence");
    let form = desk.get(&evidence).await;
    assert!(form.body.contains(&format!("<option value=\"{file}\"")) && !form.body.contains("記録.log"), "its name is sealed");
    let (file, hash) = (file.to_string(), hex(&whole));
    let fields = [("key", form.hidden("key")), ("file", file.clone()), ("what", "受付の記録".into()), ("sha256", hash)];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(desk.post(&evidence, &fields).await.location(), format!("{evidence}?done=saved"));
    let stored = site.one::<Vec<u8>>(sql!("SELECT e.sealed_hash FROM case_evidence e JOIN case_files f ON f.id = e.file_id")).await;
    assert_eq!(stored, Sha256::digest(&fetched.bytes).to_vec(), "the hash of what lies here comes with it");
    let listed = desk.get(&evidence).await.body;
    assert!(!listed.contains(&format!("<option value=\"{file}\"")) && listed.contains(&format!("data-file-save=\"{file}\"")));

    let mut other = site.browser();
    let others = other.reports("none").await;
    assert_eq!(desk.get(&format!("/desk/cases/{}/files/{file}", others.number)).await.status, 404, "a file is of one case");
    let foreign = desk.post(&format!("/desk/cases/{}/evidence", others.number), &[("file", &file), ("what", "別の事案")]).await;
    assert_eq!(foreign.status, 404, "and so is a piece of evidence");
    assert_ne!(other.get(&path).await.status, 200);
}

#[both_engines]
async fn the_desk_sends_a_file_that_the_institution_alone_opens(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    browser.post("/incident/case/contact", &[("email", "mihon@example.jp")]).await;
    let mut desk = site.signed_in("responder@example.jp", access::Role::Responder).await;
    let talk = format!("/desk/cases/{}/talk", reported.number);
    for whole in [vec![7; 3 * 1024 * 1024 + 5], "手順です".as_bytes().to_vec()] {
        let sent = desk.post_file(&format!("{talk}/files"), &[], ("file", "手順.pdf"), &whole).await;
        assert_eq!(sent.location(), format!("{talk}?done=given"), "{}", sent.body);
        let file = site.all::<kernel::Uuid>(sql!("SELECT id FROM case_files WHERE side = 'desk' ORDER BY begun_at DESC, id DESC")).await[0];
        let view = browser.get("/incident/case").await.body;
        assert!(view.contains("窓口からの物") && view.contains("手順.pdf") && view.contains(&hex(&whole)));
        let path = format!("/incident/case/files/{file}");
        let fetched = browser.get(&path).await;
        assert_eq!((fetched.status, &fetched.bytes), (200, &whole));
        assert!(fetched.header("content-disposition").starts_with("attachment"));
        let mut other = site.browser();
        assert_ne!(other.get(&path).await.status, 200, "not without the case");
        other.reports("none").await;
        assert_eq!(other.get(&path).await.status, 404, "nor with another");
    }
    let said: Vec<String> = site.notices().await.iter().map(|mail| format!("{}{}", mail.subject, mail.text)).collect();
    assert!(said.last().is_some_and(|said| said.contains("新しい連絡があります") && !said.contains("手順")), "{said:?}");
    assert_eq!(desk.post_file(&format!("{talk}/files"), &[], ("file", "空.pdf"), b"").await.status, 422);
    browser.post_file("/incident/case/files", &[], ("file", "控え.log"), b"own").await;
    let own = site.all::<kernel::Uuid>(sql!("SELECT id FROM case_files WHERE side = 'institution'")).await[0];
    assert_eq!(browser.get(&format!("/incident/case/files/{own}")).await.status, 404, "what was sent is not given back");
}
