//! Files that come in pieces: what goes on after a break, what is not mixed up, and what is taken away in the end.

use access::Role;
use both_engines::both_engines;
use db::sql;
use journal::Workshop;
use kernel::{Span, Uuid};
use serde_json::{Value, json};
use vault::frames::Sealer;

use super::hex;
use crate::as_base64::decoded;
use crate::talk::pieces::sealed_piece;
use crate::testing::{Answer, Browser, Reported, Site};

pub(super) const PIECE: usize = 1024 * 1024;

/// Bytes that differ from one place to another, and from one seed to another.
pub(super) fn bytes(seed: u32, length: usize) -> Vec<u8> {
    (seed..).flat_map(u32::to_le_bytes).take(length).collect()
}

pub(super) async fn asks_to_begin(browser: &mut Browser<'_>, path: &str, name: &str, whole: &[u8], again: &str) -> Answer {
    let (length, hash) = (whole.len().to_string(), hex(whole));
    browser.post(path, &[("name", name), ("bytes", &length), ("sha256", &hash), ("file", again)]).await
}

pub(super) async fn begins(browser: &mut Browser<'_>, name: &str, whole: &[u8]) -> Value {
    let answer = asks_to_begin(browser, "/incident/case/uploads", name, whole, "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

pub(super) fn id(begun: &Value) -> String {
    begun["file"].as_str().unwrap().to_owned()
}

pub(super) async fn sends(browser: &mut Browser<'_>, file: &str, number: usize, piece: &[u8], hash: &str) -> u16 {
    sends_to(browser, "/incident/case/uploads", file, number, piece, hash).await
}

async fn sends_to(browser: &mut Browser<'_>, path: &str, file: &str, number: usize, piece: &[u8], hash: &str) -> u16 {
    let fields = [("file", file), ("number", &number.to_string()), ("hash", hash)];
    browser.post_file(&format!("{path}/pieces"), &fields, ("piece", "piece"), piece).await.status
}

async fn ends(browser: &mut Browser<'_>, file: &str) -> Answer {
    browser.post("/incident/case/uploads/end", &[("file", file)]).await
}

pub(super) async fn comes_back<'s>(site: &'s Site, reported: &Reported) -> Browser<'s> {
    let mut later = site.browser();
    let fields = [("number", reported.number.as_str()), ("words", reported.words.as_str())];
    assert_eq!(later.post("/incident/back", &fields).await.location(), "/incident/case");
    later
}

pub(super) async fn lies_here(site: &Site, file: &str, number: usize) -> Option<Vec<u8>> {
    use futures_util::TryStreamExt as _;
    let content = site.portal.objects.get_piece(&format!("desk-{file}-{number}")).await.ok()?;
    Some(content.stream.try_collect::<Vec<_>>().await.unwrap().concat())
}

#[both_engines]
async fn a_file_that_was_cut_off_goes_on_where_it_was(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let whole = bytes(0, 2_500_000);
    let begun = begins(&mut browser, "画面.jpg", &whole).await;
    let (file, pieces) = (id(&begun), whole.chunks(PIECE).collect::<Vec<_>>());
    assert_eq!((begun["piece"].as_u64(), begun["pieces"].as_u64()), (Some(1024 * 1024), Some(3)));
    assert_eq!(sends(&mut browser, &file, 0, pieces[0], &hex(pieces[0])).await, 200);
    assert_eq!(sends(&mut browser, &file, 1, pieces[1], &hex(pieces[0])).await, 422, "other bytes than announced");
    assert_eq!(sends(&mut browser, &file, 2, pieces[1], &hex(pieces[1])).await, 422, "a piece of another length");
    assert_eq!(sends(&mut browser, &file, 3, pieces[2], &hex(pieces[2])).await, 422, "a piece behind the last");
    assert_eq!(ends(&mut browser, &file).await.status, 422, "pieces are missing");
    let view = browser.get("/incident/case").await.body;
    assert!(view.contains("送りかけ：2.5 MBのうち1.0 MBまで届いています（41%）。2026年11月25日（水）9:00までに同じファイルを選ぶ"));
    assert!(view.contains("<progress value=\"1\" max=\"3\" aria-label=\"画面.jpg\">"));

    // Another device, later: the same file goes on, whatever it is called there.
    let mut later = comes_back(&site, &reported).await;
    let again = begins(&mut later, "画面 (1).jpg", &whole).await;
    assert_eq!((id(&again), &again["have"]), (file.clone(), &json!([0])));
    for number in [2, 1, 1] {
        assert_eq!(sends(&mut later, &file, number, pieces[number], &hex(pieces[number])).await, 200);
    }
    // Who does not hear the end asks again, and who chooses the file again has nothing left to send.
    for _ in 0..2 {
        let end = ends(&mut later, &file).await;
        assert!(end.status == 200 && end.body.contains(&hex(&whole)), "{}", end.body);
    }
    let again = begins(&mut later, "画面.jpg", &whole).await;
    assert_eq!((id(&again), &again["have"]), (file, &json!([0, 1, 2])));
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_entries WHERE action = 'file.arrived'")).await, 1);
    let view = later.get("/incident/case").await.body;
    assert!(view.contains("画面.jpg") && view.contains(&hex(&whole)) && view.contains("2.5 MB") && !view.contains("送りかけ："));
}

#[both_engines]
async fn another_file_of_the_same_name_and_length_is_a_file_of_its_own(site: Site) {
    let mut browser = site.browser();
    browser.reports("slower").await;
    let (one, other) = (bytes(0, PIECE + 5), bytes(7, PIECE + 5));
    let first = begins(&mut browser, "記録.log", &one).await;
    assert_eq!(first["is_other"], json!(false));
    assert_eq!(sends(&mut browser, &id(&first), 0, &one[..PIECE], &hex(&one[..PIECE])).await, 200);
    let second = begins(&mut browser, "記録.log", &other).await;
    assert_eq!((&second["have"], &second["is_other"]), (&json!([]), &json!(true)));
    assert_ne!(id(&second), id(&first));
    // Sent to the wrong file all the same, its end shows it.
    assert_eq!(sends(&mut browser, &id(&first), 1, &other[PIECE..], &hex(&other[PIECE..])).await, 200);
    let spliced = ends(&mut browser, &id(&first)).await;
    assert!(spliced.status == 422 && spliced.body.contains("壊れました"), "{}", spliced.body);
    for (number, piece) in other.chunks(PIECE).enumerate() {
        assert_eq!(sends(&mut browser, &id(&second), number, piece, &hex(piece)).await, 200);
    }
    assert_eq!(ends(&mut browser, &id(&second)).await.status, 200);
    let view = browser.get("/incident/case").await.body;
    assert!(view.contains(&hex(&other)) && !view.contains(&hex(&one)) && view.contains("送りかけ："));
    for (length, hash) in [("0", hex(b"")), ("536870913", hex(b"")), ("5", "no hash".to_owned())] {
        let refused = browser.post("/incident/case/uploads", &[("name", "x"), ("bytes", length), ("sha256", &hash)]).await;
        assert_eq!(refused.status, 422, "{length}");
    }
}

#[both_engines]
async fn a_plain_form_sends_a_file_too(site: Site) {
    let mut browser = site.browser();
    browser.reports("slower").await;
    for bytes in [vec![7; 3 * PIECE], vec![8; PIECE], b"short".to_vec()] {
        let sent = browser.post_file("/incident/case/files", &[], ("file", "記録.log"), &bytes).await;
        assert_eq!(sent.location(), "/incident/case?done=file");
        assert!(browser.get("/incident/case").await.body.contains(&hex(&bytes)));
    }
    assert_eq!(browser.post_file("/incident/case/files", &[], ("file", "空.log"), b"").await.status, 422);
    assert_eq!(browser.post_file("/incident/case/files", &[], ("file", ""), b"").await.status, 422);
    assert!(!browser.get("/incident/case").await.body.contains("途中で切れました"), "an empty file leaves nothing behind");
}

#[both_engines]
async fn a_piece_that_was_swapped_or_cut_is_refused(site: Site) {
    let mut browser = site.browser();
    browser.reports("slower").await;
    let whole = vec![1_u8; 2 * PIECE];
    let file = id(&begins(&mut browser, "画面.jpg", &whole).await);
    for (number, piece) in whole.chunks(PIECE).enumerate() {
        sends(&mut browser, &file, number, piece, &hex(piece)).await;
    }
    let put = async |number: usize, bytes: &[u8]| {
        site.portal.objects.put_piece(&format!("desk-{file}-{number}"), bytes.to_vec().into()).await.unwrap();
    };
    let (first, second) = (lies_here(&site, &file, 0).await.unwrap(), lies_here(&site, &file, 1).await.unwrap());
    put(0, &second).await;
    put(1, &first).await;
    assert_eq!(ends(&mut browser, &file).await.status, 422, "swapped");
    put(0, &first).await;
    put(1, &second[..second.len() / 2]).await;
    assert_eq!(ends(&mut browser, &file).await.status, 422, "cut");
    put(1, &second).await;
    assert_eq!(ends(&mut browser, &file).await.status, 200, "as it was sent");
}

/// The hourly tidying, or what it has queued.
async fn tidies(site: &Site) {
    site.write(async |tx, now| crate::forget_old(tx, now).await).await;
}

pub(super) async fn works(site: &Site) {
    let workshop = Workshop::new((*site.db).clone(), crate::file_handlers(&site.portal.objects));
    workshop.run_due(site.portal.now()).await.unwrap();
}

#[both_engines]
async fn what_nobody_goes_on_with_is_taken_away_after_three_days(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let (left, kept) = (bytes(0, PIECE + 5), bytes(9, 2 * PIECE + 5));
    let mut files = Vec::new();
    for (name, whole) in [("置き去り.log", &left), ("続く.log", &kept)] {
        let file = id(&begins(&mut browser, name, whole).await);
        assert_eq!(sends(&mut browser, &file, 0, &whole[..PIECE], &hex(&whole[..PIECE])).await, 200);
        files.push(file);
    }
    site.clock.advance(Span::minutes(3 * 24 * 60 - 1));
    tidies(&site).await;
    works(&site).await;
    let mut later = comes_back(&site, &reported).await;
    let view = later.get("/incident/case").await.body;
    assert!(view.contains("置き去り.log") && view.contains("続く.log"), "nothing has waited long enough");
    let middle = &kept[PIECE..2 * PIECE];
    assert_eq!(sends(&mut later, &files[1], 1, middle, &hex(middle)).await, 200);
    site.clock.advance(Span::minutes(2));
    for _ in 0..2 {
        tidies(&site).await;
        works(&site).await;
    }
    let view = later.get("/incident/case").await.body;
    assert!(!view.contains("置き去り.log") && view.contains("続く.log"));
    assert!(lies_here(&site, &files[0], 0).await.is_none() && lies_here(&site, &files[1], 1).await.is_some());
    assert_eq!(sends(&mut later, &files[0], 1, &left[PIECE..], &hex(&left[PIECE..])).await, 422, "it is no longer under way");
    assert!(lies_here(&site, &files[0], 1).await.is_none(), "nor does a piece of it stay");
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_entries WHERE action = 'file.dropped'")).await, 1);

    // Queued, and gone on with before it is done: it stays.
    site.clock.advance(Span::days(3));
    tidies(&site).await;
    let mut last = comes_back(&site, &reported).await;
    assert_eq!(sends(&mut last, &files[1], 2, &kept[2 * PIECE..], &hex(&kept[2 * PIECE..])).await, 200);
    works(&site).await;
    assert_eq!(ends(&mut last, &files[1]).await.status, 200);
    site.clock.advance(Span::days(30));
    tidies(&site).await;
    works(&site).await;
    assert!(lies_here(&site, &files[1], 2).await.is_some(), "what is here stays");
}

/// What a responder's browser makes of a file once it has opened the key of the case.
async fn sealed_by_a_browser(holder: &Browser<'_>, case: Uuid, begun: &Value, whole: &[u8]) -> Vec<Vec<u8>> {
    let header = decoded(begun["header"].as_str().unwrap()).unwrap();
    let sealer = Sealer::again(&holder.key_of_case().await, case, id(begun).parse().unwrap(), &header).unwrap();
    let pieces: Vec<&[u8]> = whole.chunks(PIECE).collect();
    let seal = |(number, plain): (i64, &&[u8])| sealed_piece(&sealer, number, usize::try_from(number).unwrap() + 1 == pieces.len(), plain);
    (0_i64..).zip(&pieces).map(seal).collect()
}

#[both_engines]
async fn a_file_of_the_desk_goes_on_where_it_was_cut_off_and_comes_sealed(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let whole = "かなりあの手順\n".repeat(120_000).into_bytes();
    let (talk, path) = (format!("/desk/cases/{}/talk", reported.number), format!("/desk/cases/{}/talk/uploads", reported.number));
    let mut desk = site.signed_in("responder@example.jp", Role::Responder).await;
    let begun = asks_to_begin(&mut desk, &path, "手順.pdf", &whole, "").await;
    assert_eq!(begun.status, 200, "{}", begun.body);
    let begun: Value = serde_json::from_str(&begun.body).unwrap();
    let file = id(&begun);
    let sealed = sealed_by_a_browser(&browser, reported.case, &begun, &whole).await;
    assert_eq!(sealed.len(), 3);
    assert_eq!(sends_to(&mut desk, &path, &file, 0, &sealed[0], &hex(&sealed[0])).await, 200);
    assert_eq!(sends_to(&mut desk, &path, &file, 1, &sealed[1], &hex(&sealed[0])).await, 422, "other bytes than announced");
    assert_eq!(sends_to(&mut desk, &path, &file, 1, &sealed[1][1..], &hex(&sealed[1][1..])).await, 422, "no whole frames");
    assert_eq!(sends_to(&mut desk, &path, &file, 1, &sealed[2], &hex(&sealed[2])).await, 422, "too few frames for its place");
    assert_eq!(sends_to(&mut desk, &path, &file, 3, &sealed[2], &hex(&sealed[2])).await, 422, "a piece behind the last");
    let end = format!("{path}/end");
    let (length, hash) = (whole.len().to_string(), hex(&whole));
    let fields = [("file", file.as_str()), ("name", "手順.pdf"), ("bytes", length.as_str()), ("sha256", hash.as_str())];
    let early = desk.post(&end, &fields).await;
    assert!(early.status == 422 && early.body.contains("まだ届いていない部分"), "{}", early.body);
    let shown = desk.get(&talk).await.body;
    assert!(shown.contains(&format!("<li data-given=\"{file}\">")) && shown.contains("のうち1.0 MBまで届いています"));
    assert!(shown.contains("<progress value=\"1\" max=\"3\""));

    // The proof of who one is has run out: what was begun goes on, nothing new begins.
    site.clock.advance(Span::minutes(16));
    assert!(asks_to_begin(&mut desk, &path, "別.pdf", b"other", "").await.location().starts_with("/step-up"));
    assert_eq!(sends_to(&mut desk, &path, &file, 2, &sealed[2], &hex(&sealed[2])).await, 200);

    // A colleague, whose browser has found it by its contents.
    let mut colleague = site.signed_in("colleague@example.jp", Role::Responder).await;
    let again: Value = serde_json::from_str(&asks_to_begin(&mut colleague, &path, "手順.pdf", &whole, &file).await.body).unwrap();
    assert_eq!((id(&again), &again["have"], &again["header"]), (file.clone(), &json!([0, 2]), &begun["header"]));
    let rest = sealed_by_a_browser(&browser, reported.case, &again, &whole).await;
    assert_eq!(sends_to(&mut colleague, &path, &file, 1, &rest[1], &hex(&rest[1])).await, 200);
    for _ in 0..2 {
        assert_eq!(colleague.post(&end, &fields).await.status, 200);
    }
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_entries WHERE action = 'file.given'")).await, 1);
    for number in 0..3 {
        let lies = lies_here(&site, &file, number).await.unwrap();
        assert!(!String::from_utf8_lossy(&lies).contains("かなりあ"), "piece {number}");
    }
    let view = browser.get("/incident/case").await.body;
    assert!(view.contains("手順.pdf") && view.contains(&hash));
    let fetched = browser.get(&format!("/incident/case/files/{file}")).await;
    assert!(fetched.is_whole && fetched.bytes == whole);

    // Frames open at their own place alone.
    site.portal.objects.put_piece(&format!("desk-{file}-0"), rest[1].clone().into()).await.unwrap();
    assert!(!browser.get(&format!("/incident/case/files/{file}")).await.is_whole, "a browser keeps no half file as a whole one");
}

#[both_engines]
async fn a_file_is_of_one_case_and_one_side_and_none_comes_to_a_closed_one(site: Site) {
    let (mut browser, mut other) = (site.browser(), site.browser());
    let (reported, others) = (browser.reports("slower").await, other.reports("none").await);
    let mut desk = site.signed_in("responder@example.jp", Role::Responder).await;
    let path = format!("/desk/cases/{}/talk/uploads", reported.number);
    let whole = b"a small file".to_vec();
    let begun: Value = serde_json::from_str(&asks_to_begin(&mut desk, &path, "手順.txt", &whole, "").await.body).unwrap();
    let sealed = sealed_by_a_browser(&browser, reported.case, &begun, &whole).await;
    let theirs = format!("/desk/cases/{}/talk/uploads", others.number);
    assert_eq!(sends_to(&mut desk, &theirs, &id(&begun), 0, &sealed[0], &hex(&sealed[0])).await, 422, "another case");
    assert_eq!(sends(&mut browser, &id(&begun), 0, &whole, &hex(&whole)).await, 422, "the other side");
    let own = begins(&mut browser, "控え.txt", &whole).await;
    assert_eq!(sends_to(&mut desk, &path, &id(&own), 0, &sealed[0], &hex(&sealed[0])).await, 422, "nor the other way round");
    let case = reported.case;
    site.write(async move |tx, now| {
        let close = sql!("UPDATE cases SET closed_at = $2, outcome = 'done' WHERE id = $1");
        tx.run(close, &[case.into(), now.into()]).await.map(|_| ())
    })
    .await;
    for refused in [
        asks_to_begin(&mut desk, &path, "手順.txt", &whole, "").await,
        asks_to_begin(&mut browser, "/incident/case/uploads", "別.txt", b"another", "").await,
    ] {
        assert!(refused.status == 422 && refused.body.contains("対応は終わっている"), "{}", refused.body);
    }
    assert_eq!(sends_to(&mut desk, &path, &id(&begun), 0, &sealed[0], &hex(&sealed[0])).await, 422);
    assert_eq!(browser.post_file("/incident/case/files", &[], ("file", "控え.log"), b"own").await.status, 422);
}
