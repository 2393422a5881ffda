//! Materials come at their moment, as files to keep, and nothing dangerous comes in.

use both_engines::both_engines;
use http::StatusCode;

use super::{Office, SESSION, open_now};
use crate::site::{Answer, Site};

async fn adds(office: &mut Office, title: &str, moment: &str, name: &str, bytes: &[u8]) -> Answer {
    let form = office.page().await.is(StatusCode::OK).form("/archive/materials");
    // The last form with this end adds; those before replace.
    let form = form.without("replaces").with("title", title).with("moment", moment).with("whose", "session");
    let answer = office.visitor.upload(&form, "file", name, bytes).await;
    if answer.status == StatusCode::SEE_OTHER { office.visitor.open(answer.location()).await } else { answer }
}

async fn shown(site: &Site, session: &str) -> Vec<String> {
    site.get(&format!("/archive/{session}")).await.texts(".papers a span span")
}

#[both_engines]
async fn each_is_shown_from_its_moment_on(site: Site) {
    let session = "R8/executive/3";
    let mut office = Office::on(&site, session).await;
    for (title, moment) in [("事前の資料", "before"), ("当日の資料", "day"), ("終了後の資料", "after")] {
        adds(&mut office, title, moment, "shiryo.pdf", b"%PDF-1.7 sample").await.is(StatusCode::OK).shows("資料を載せました").shows(title);
    }
    assert_eq!(shown(&site, session).await, ["事前の資料"]);
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for(session).await;
    let receipt = taro.application.clone();
    taro.get(&receipt).await.is(StatusCode::OK).shows("事前の資料").hides("当日の資料");
    let lobby = format!("/lobby/{session}");
    site.get(&lobby).await.is(StatusCode::OK).shows("事前の資料").hides("当日の資料");
    site.get("/trainings/R8/executive").await.shows("事前の資料").hides("当日の資料");
    site.at("2026-12-23T00:00+09:00");
    assert_eq!(shown(&site, session).await, ["事前の資料", "当日の資料"]);
    site.get(&lobby).await.shows("当日の資料").hides("終了後の資料");
    taro.get(&receipt).await.shows("当日の資料").hides("終了後の資料");
    site.get("/trainings/R8/executive").await.shows("当日の資料").hides("終了後の資料");
    site.at("2026-12-24T10:00+09:00");
    open_now(&site, "R8").await;
    assert_eq!(shown(&site, session).await, ["事前の資料", "当日の資料", "終了後の資料"]);
}

#[both_engines]
async fn a_file_is_kept_by_the_browser_never_shown_and_only_once_its_moment_has_come(site: Site) {
    let session = "R8/executive/3";
    let mut office = Office::on(&site, session).await;
    adds(&mut office, "初動の手引き", "before", "手引き.pdf", b"%PDF-1.7 sample").await.is(StatusCode::OK);
    let link = site.get(&format!("/archive/{session}")).await.attributes(".papers a", "href")[0].clone();
    let file = site.get(&link).await;
    assert_eq!((file.is(StatusCode::OK).bytes.as_slice(), file.header("content-type")), (b"%PDF-1.7 sample".as_slice(), "application/pdf"));
    assert!(file.header("content-disposition").starts_with("attachment; "), "{:?}", file.headers);
    assert!(file.header("content-disposition").ends_with("%E6%89%8B%E5%BC%95%E3%81%8D.pdf"));
    assert_eq!((file.header("x-content-type-options"), file.header("content-security-policy")), ("nosniff", "default-src 'none'; sandbox"));

    adds(&mut office, "あとの資料", "after", "ato.txt", "あとで".as_bytes()).await.is(StatusCode::OK);
    let page = office.page().await;
    let hidden = page.attributes("input[name=replaces]", "value")[1].clone();
    site.get(&format!("/materials/{hidden}")).await.is(StatusCode::NOT_FOUND);
    let withdrawal = page.form("/archive/materials/withdrawal").with("material", link.rsplit('/').next().expect("an id"));
    office.visitor.submit_and_open(&withdrawal).await.shows("資料を取り下げました");
    site.get(&link).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_file_that_is_replaced_stays_in_the_history(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    adds(&mut office, "手引き", "before", "a.pdf", b"%PDF-1.7 first").await.is(StatusCode::OK);
    let link = site.get(&format!("/archive/{SESSION}")).await.attributes(".papers a", "href")[0].clone();
    site.later(kernel::Span::seconds(1));
    let page = office.page().await;
    let form = page.form("/archive/materials");
    assert!(!form.value("replaces").is_empty(), "the first form is that of the material");
    office.visitor.upload(&form, "file", "b.pdf", b"%PDF-1.7 second").await.is(StatusCode::SEE_OTHER);
    assert_eq!(site.get(&link).await.bytes, b"%PDF-1.7 second", "the address stays");
    let page = office.page().await;
    page.shows("前のファイル（1件）");
    let earlier = page.attributes(".papers-list details a", "href")[0].clone();
    assert_eq!(office.visitor.get(&earlier).await.bytes, b"%PDF-1.7 first");
}

#[both_engines]
async fn what_is_dangerous_or_not_what_it_says_is_refused_in_words(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    for (name, bytes, words) in [
        ("a.exe", b"MZ".as_slice(), "この種類のファイルは載せられません"),
        ("a.pdf", b"MZ\x90\x00".as_slice(), "名前の示す種類と違います"),
        ("a.pdf.html", b"<script>".as_slice(), "この種類のファイルは載せられません"),
        ("a.png", b"<svg onload=alert(1)>".as_slice(), "名前の示す種類と違います"),
        ("a.zip", b"PK\x03\x04 nothing".as_slice(), "ファイルが壊れています"),
        ("a.txt", b"".as_slice(), "ファイルの中身がありません"),
        ("a.mp4", b"\0\0\0\x18ftyp".as_slice(), "この種類のファイルは載せられません"),
    ] {
        let answer = adds(&mut office, "見本", "before", name, bytes).await;
        answer.is(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
    adds(&mut office, "", "before", "a.pdf", b"%PDF-1.7").await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("資料の名前を入れてください");
    assert!(shown(&site, SESSION).await.is_empty());
    office.page().await.shows("資料はまだありません");
}
