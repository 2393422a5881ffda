//! How much is taken of files, and what is said where no more is.

use access::Role;
use both_engines::both_engines;
use db::sql;
use kernel::Uuid;
use objects::{Objects, Place, Reserve};

use super::files::{PIECE, asks_to_begin, begins, bytes, comes_back, id, lies_here, sends, works};
use super::{desk_says, hex};
use crate::cases::CaseId;
use crate::talk::Room;
use crate::testing::{Answer, Site};

const UPLOADS: &str = "/incident/case/uploads";
const FILES: &str = "/incident/case/files";

/// So little that a test fills it.
const SMALL: Room = Room { files: 4, megabytes: 6, early_files: 2, early_megabytes: 3, unseen_megabytes: 100 };

fn is_refused(answer: &Answer, words: &[&str]) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    for word in words {
        assert!(answer.body.contains(word), "{word} is not in {}", answer.body);
    }
}

#[both_engines]
async fn an_institution_has_little_room_until_the_desk_has_answered_and_then_more(site: Site) {
    let site = site.with_room(SMALL);
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let whole = bytes(0, 2 * PIECE);
    let begun = begins(&mut browser, "画面.jpg", &whole).await;

    // What is announced counts before anything of it is here, whichever browser asks and however it sends.
    let mut later = comes_back(&site, &reported).await;
    let early = ["窓口がお返事するまでに受け取れるのは、合わせて3.1 MBまでです（残り1.0 MB）", "窓口に電話してください"];
    is_refused(&asks_to_begin(&mut later, UPLOADS, "記録.log", &bytes(7, PIECE + 1), "").await, &early);
    is_refused(&later.post_file(FILES, &[], ("file", "記録.log"), &bytes(7, PIECE + 1)).await, &early);
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_files")).await, 1, "nothing stays of what was refused");
    begins(&mut later, "控え.log", b"small").await;
    let many = ["窓口がお返事するまでに受け取れるのは、2個までです", "窓口に電話してください"];
    is_refused(&asks_to_begin(&mut browser, UPLOADS, "別.log", b"another", "").await, &many);
    is_refused(&browser.post_file(FILES, &[], ("file", "別.log"), b"another").await, &many);
    // What was begun goes on, and so does the same file chosen again.
    let piece = &whole[..PIECE];
    assert_eq!(sends(&mut browser, &id(&begun), 0, piece, &hex(piece)).await, 200);
    assert_eq!(id(&begins(&mut later, "画面.jpg", &whole).await), id(&begun));

    desk_says(&site, CaseId::from_uuid(reported.case), "受け取ります", false).await;
    begins(&mut browser, "三つ目.log", &bytes(9, 2 * PIECE)).await;
    let room = ["一つの事案で受け取れるのは、合わせて6.2 MBまでです（残り1.0 MB）", "窓口に電話してください"];
    is_refused(&asks_to_begin(&mut browser, UPLOADS, "四つ目.log", &bytes(11, 2 * PIECE), "").await, &room);
    assert_eq!(browser.post_file(FILES, &[], ("file", "四つ目.log"), b"fourth").await.location(), "/incident/case?done=file");
    let many = ["一つの事案で受け取れるのは、4個までです", "窓口に電話してください"];
    is_refused(&asks_to_begin(&mut browser, UPLOADS, "五つ目.log", b"fifth", "").await, &many);
}

#[both_engines]
async fn a_call_makes_as_much_room_as_an_answer(site: Site) {
    let site = site.with_room(SMALL);
    let mut browser = site.browser();
    let case = browser.reports("slower").await.case;
    let whole = bytes(0, 4 * PIECE);
    assert_eq!(asks_to_begin(&mut browser, UPLOADS, "画面.jpg", &whole, "").await.status, 422);
    site.write(async move |tx, now| {
        tx.run(sql!("UPDATE cases SET called_at = $2 WHERE id = $1"), &[case.into(), now.into()]).await.map(|_| ())
    })
    .await;
    assert_eq!(asks_to_begin(&mut browser, UPLOADS, "画面.jpg", &whole, "").await.status, 200);
}

#[both_engines]
async fn a_file_that_turns_out_too_large_leaves_nothing_behind(site: Site) {
    let site = site.with_room(SMALL);
    let mut browser = site.browser();
    browser.reports("slower").await;
    let early = ["合わせて3.1 MBまでです（残り3.1 MB）"];
    is_refused(&browser.post_file(FILES, &[], ("file", "大きい.log"), &bytes(0, 3 * PIECE + 1)).await, &early);
    let file = site.one::<Uuid>(sql!("SELECT subject FROM case_entries WHERE action = 'file.dropped'")).await.to_string();
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_files")).await, 0);
    assert!(lies_here(&site, &file, 0).await.is_some(), "it had come so far");
    works(&site).await;
    for number in 0..4 {
        assert!(lies_here(&site, &file, number).await.is_none(), "piece {number}");
    }
    assert!(!browser.get("/incident/case").await.body.contains("大きい.log"));
    let sent = browser.post_file(FILES, &[], ("file", "ちょうど.log"), &bytes(3, 3 * PIECE)).await;
    assert_eq!(sent.location(), "/incident/case?done=file", "what did not come is not counted");
}

#[both_engines]
async fn the_desk_has_room_of_its_own(site: Site) {
    let site = site.with_room(SMALL);
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    begins(&mut browser, "画面.jpg", &bytes(0, 3 * PIECE)).await;
    let mut desk = site.signed_in("responder@example.jp", Role::Responder).await;
    let talk = format!("/desk/cases/{}/talk", reported.number);
    let (files, uploads) = (format!("{talk}/files"), format!("{talk}/uploads"));
    let large = bytes(5, 6 * PIECE + 1);
    let room = ["窓口から一つの事案に送れるのは、合わせて6.2 MBまでです（残り6.2 MB）", "医療機関に電話"];
    is_refused(&asks_to_begin(&mut desk, &uploads, "手順.pdf", &large, "").await, &room);
    is_refused(&desk.post_file(&files, &[], ("file", "手順.pdf"), &large).await, &room);
    assert_eq!(
        asks_to_begin(&mut desk, &uploads, "手順.pdf", &large[..6 * PIECE], "").await.status,
        200,
        "the other side's is not counted"
    );
    is_refused(&desk.post_file(&files, &[], ("file", "別.pdf"), b"another").await, &["残り0 MB", "医療機関に電話"]);
}

#[both_engines]
async fn cases_that_nobody_has_looked_at_share_a_room_and_reports_need_none(site: Site) {
    let site = site.with_room(Room { unseen_megabytes: 3, ..SMALL });
    let (mut one, mut other) = (site.browser(), site.browser());
    let seen = one.reports("slower").await.case;
    other.reports("none").await;
    let whole = bytes(0, 2 * PIECE);
    begins(&mut one, "画面.jpg", &whole).await;
    let crowded = ["窓口がまだ見ていない事案のファイルで、置く場所がいっぱいです", "窓口に電話してください"];
    is_refused(&asks_to_begin(&mut other, UPLOADS, "画面.jpg", &whole, "").await, &crowded);
    is_refused(&other.post_file(FILES, &[], ("file", "画面.jpg"), &whole).await, &crowded);
    assert_eq!(other.post("/incident/case/messages", &[("message", "電話します")]).await.location(), "/incident/case?done=said");
    site.browser().reports("slower").await;
    site.write(async move |tx, now| {
        tx.run(sql!("UPDATE cases SET taken_at = $2 WHERE id = $1"), &[seen.into(), now.into()]).await.map(|_| ())
    })
    .await;
    assert_eq!(other.post_file(FILES, &[], ("file", "画面.jpg"), &whole).await.location(), "/incident/case?done=file");
}

#[both_engines]
async fn a_disk_that_is_nearly_full_takes_reports_and_messages_and_no_files(site: Site) {
    let place = tempfile::tempdir().unwrap();
    let with_free = |site: Site, bytes: u64| {
        let objects = Objects::open(&Place::Disk(place.path().join("objects")), place.path().join("incoming")).unwrap();
        let objects = objects.with_reserve(Reserve::new([place.path().to_owned()], bytes));
        Site { portal: site.portal.clone().with_objects(objects), ..site }
    };
    let whole = bytes(0, 2 * PIECE);
    let site = with_free(site, 0);
    let (reported, begun) = {
        let mut browser = site.browser();
        (browser.reports("slower").await, begins(&mut browser, "画面.jpg", &whole).await)
    };

    let site = with_free(site, u64::MAX);
    let mut browser = comes_back(&site, &reported).await;
    let full = ["サーバーの空きが少なく", "報告は届いていて、伝言も送れます", "窓口に電話してください"];
    is_refused(&asks_to_begin(&mut browser, UPLOADS, "別.log", b"another", "").await, &full);
    is_refused(&browser.post_file(FILES, &[], ("file", "別.log"), b"another").await, &full);
    assert_eq!(sends(&mut browser, &id(&begun), 0, &whole[..PIECE], &hex(&whole[..PIECE])).await, 422);
    assert_eq!(browser.post("/incident/case/messages", &[("message", "電話します")]).await.location(), "/incident/case?done=said");
    site.browser().reports("none").await;
    let mut desk = site.signed_in("responder@example.jp", Role::Responder).await;
    let files = format!("/desk/cases/{}/talk/files", reported.number);
    is_refused(&desk.post_file(&files, &[], ("file", "手順.pdf"), b"how").await, &["サーバーの空きが少なく", "運用管理者に電話"]);

    let site = with_free(site, 0);
    let mut browser = comes_back(&site, &reported).await;
    for (number, piece) in whole.chunks(PIECE).enumerate() {
        assert_eq!(sends(&mut browser, &id(&begun), number, piece, &hex(piece)).await, 200, "it goes on once there is room");
    }
}
