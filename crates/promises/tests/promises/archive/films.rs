//! Films come in whole, however often the line breaks, and go out in the ranges that players ask for.

use both_engines::both_engines;
use http::{Method, StatusCode};
use objects::Hash;

use super::{CAPTIONS, Office, SESSION, film, open_now};
use crate::site::{Answer, Form, Site};

const MB: usize = 1 << 20;
const PART: usize = 8 * MB;

/// The form of the page, as the script sends it to an address of its own.
async fn form_for(office: &mut Office, end: &str) -> Form {
    let mut form = office.page().await.form("/archive/film");
    form.action = format!("{}/uploads{end}", office.path);
    form
}

async fn begins(office: &mut Office, name: &str, bytes: usize) -> Answer {
    let form = form_for(office, "").await.with("name", name).with("bytes", &bytes.to_string());
    office.visitor.submit(&form).await
}

async fn sends_part(office: &mut Office, upload: &str, number: usize, part: &[u8], hash: &str) -> Answer {
    let form = form_for(office, "/parts").await;
    let form = form.with("upload", upload).with("number", &number.to_string()).with("hash", hash);
    office.visitor.upload(&form, "part", "part", part).await
}

async fn ends(office: &mut Office, upload: &str) -> Answer {
    let form = form_for(office, "/end").await.with("upload", upload);
    office.visitor.submit(&form).await
}

#[both_engines]
async fn a_film_that_breaks_off_goes_on_where_it_was(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    let whole = film(120, 2 * PART + 100);
    let begun = begins(&mut office, "第1回.mp4", whole.len()).await.is(StatusCode::OK).json();
    assert_eq!((begun["parts"].as_i64(), begun["have"].as_array().map(Vec::len)), (Some(3), Some(0)));
    let upload = begun["upload"].as_str().expect("an id").to_owned();
    let parts: Vec<&[u8]> = whole.chunks(PART).collect();
    let hash = |n: usize| Hash::of(parts[n]).to_string();
    sends_part(&mut office, &upload, 0, parts[0], &hash(0)).await.is(StatusCode::OK);
    sends_part(&mut office, &upload, 2, parts[2], &hash(2)).await.is(StatusCode::OK);
    // A part that changed on its way, one of another size, one too early.
    sends_part(&mut office, &upload, 1, parts[1], &hash(0)).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    sends_part(&mut office, &upload, 1, b"short", &Hash::of(b"short").to_string()).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let early = ends(&mut office, &upload).await.is(StatusCode::UNPROCESSABLE_ENTITY).json();
    assert!(early["error"].as_str().unwrap_or_default().contains("まだ届いていない"), "{early}");
    office.page().await.shows("受け取る途中です（2／3）");

    let again = begins(&mut office, "第1回.mp4", whole.len()).await.json();
    assert_eq!((again["upload"].as_str(), again["have"].to_string()), (Some(upload.as_str()), "[0,2]".to_owned()));
    sends_part(&mut office, &upload, 1, parts[1], &hash(1)).await.is(StatusCode::OK);
    ends(&mut office, &upload).await.is(StatusCode::OK);
    office.page().await.shows("いま確かめています");
    site.deliver().await;
    office.page().await.shows("MP4、長さ 2:00").shows("16.7 MB");
    assert_eq!(site.objects.size(Hash::of(&whole)).await.ok(), u64::try_from(whole.len()).ok());
    assert!(site.objects.get_piece(&format!("{upload}/0")).await.is_err(), "the parts are cleared away");

    // A worker that was stopped among the parts: whoever does the job again clears away what is left.
    let left = format!("{upload}/2");
    site.objects.put_piece(&left, b"left".as_slice().into()).await.expect("it is kept");
    let undone = db::sql!("UPDATE jobs SET done_at = NULL WHERE kind = 'archive.assemble'");
    site.write(async move |tx, _| tx.run(undone, &[]).await.map(drop)).await;
    site.deliver().await;
    assert!(site.objects.get_piece(&left).await.is_err(), "the rest is cleared away too");
    office.page().await.shows("MP4、長さ 2:00");
}

#[both_engines]
async fn what_is_no_film_is_refused_in_words(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    begins(&mut office, "a.avi", 100).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    begins(&mut office, "a.mp4", 0).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    office.sends("a.exe", b"MZ").await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("MP4（H.264とAAC）かWebM");
    office.sends("a.mp4", b"MZ\x90\0\0\0\0\0\0").await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("名前の示す種類と違います");
    office.sends("a.mp4", b"\0\0\0\x10ftypisomisom").await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("映像の長さが読み取れません");

    let nonsense = vec![7; 1000];
    let upload = begins(&mut office, "a.mp4", nonsense.len()).await.json()["upload"].as_str().expect("an id").to_owned();
    sends_part(&mut office, &upload, 0, &nonsense, &Hash::of(&nonsense).to_string()).await.is(StatusCode::OK);
    ends(&mut office, &upload).await.is(StatusCode::OK);
    site.deliver().await;
    office.page().await.shows("前に送られた映像は載せられませんでした").shows("名前の示す種類と違います").shows("映像がありません");
}

#[both_engines]
async fn nothing_is_published_without_a_film_and_captions_or_a_reason(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    let path = format!("{}/publication", office.path);
    office.visitor.get(&path).await.is(StatusCode::CONFLICT).shows("映像がまだありません");
    office.sends("a.mp4", &film(120, 10)).await.is(StatusCode::OK);
    office.visitor.get(&path).await.is(StatusCode::CONFLICT).shows("字幕がまだありません");
    office
        .captions("WEBVTT\n\n00:05.000 --> 00:01.000\nx")
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("3行目の終わりの時刻が、始まりより前です");
    office.captions("").await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("字幕を入れるか、付けない理由を書いてください");
    office.details("0:00 a\n9:00 b", "").await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("2行目の時刻が、映像の長さを超えています");
    office.details("", "問 a\n○ b").await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("1行目の問題には");
    office.captions(CAPTIONS).await.is(StatusCode::OK).shows("2か所");
    office.publishes().await.is(StatusCode::OK).shows("公開しました");
    office.visitor.get(&path).await.is(StatusCode::CONFLICT).shows("すでに公開しています");

    let path = format!("{}/withdrawal", office.path);
    let form = office.visitor.get(&path).await.is(StatusCode::OK).form("/withdrawal");
    office.visitor.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由を書いてください");
    office.visitor.submit_and_open(&form.with("reason", "音声の乱れ")).await.shows("公開をやめました");
}

#[both_engines]
async fn a_player_gets_the_range_that_it_asks_for(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    office.has_published().await;
    open_now(&site, "R5").await;
    let whole = film(120, 5_000);
    let path = format!("/archive/{SESSION}/film");
    let all = site.get(&path).await;
    assert_eq!((all.is(StatusCode::OK).bytes.as_slice(), all.header("accept-ranges")), (whole.as_slice(), "bytes"));
    assert_eq!(all.header("content-type"), "video/mp4");
    let tag = all.header("etag").to_owned();
    let ask = async |range: &str, more: (&'static str, &str)| {
        site.visitor("見本 太郎").with_header("range", range).with_header(more.0, more.1).get(&path).await
    };
    let none = ("accept", "*/*");
    let part = ask("bytes=100-199", none).await;
    assert_eq!(
        (part.is(StatusCode::PARTIAL_CONTENT).bytes.as_slice(), part.header("content-range")),
        (&whole[100..200], format!("bytes 100-199/{}", whole.len()).as_str())
    );
    assert_eq!(part.header("content-length"), "100");
    assert_eq!(ask("bytes=-10", none).await.bytes, &whole[whole.len() - 10..]);
    let beyond = ask("bytes=999999-", none).await;
    assert_eq!(beyond.is(StatusCode::RANGE_NOT_SATISFIABLE).header("content-range"), format!("bytes */{}", whole.len()));
    assert_eq!(
        ask("bytes=0-1", ("if-range", "\"another\"")).await.is(StatusCode::OK).bytes.len(),
        whole.len(),
        "never pieces of two films"
    );
    assert_eq!(ask("bytes=0-1", ("if-range", &tag)).await.is(StatusCode::PARTIAL_CONTENT).bytes.len(), 2);
    site.visitor("見本 太郎").with_header("if-none-match", &tag).get(&path).await.is(StatusCode::NOT_MODIFIED);
    let head = site.visitor("見本 太郎").send(Method::HEAD, &path, String::new()).await;
    assert_eq!((head.is(StatusCode::OK).bytes.len(), head.header("content-length")), (0, whole.len().to_string().as_str()));
}

#[both_engines]
async fn what_is_said_can_be_searched_and_kept(site: Site) {
    let mut office = Office::on(&site, SESSION).await;
    office.has_published().await;
    open_now(&site, "R5").await;
    let page = site.get(&format!("/archive/{SESSION}?q=%E3%82%89%E3%82%93%E3%81%95%E3%82%80")).await;
    page.shows("1か所にあります").shows("ランサムウェアとは何でしょうか");
    site.get(&format!("/archive/{SESSION}?q=%E3%81%AA%E3%81%97")).await.shows("見つかりません");
    assert!(page.attributes("#transcript a[data-at]", "href").contains(&format!("/archive/{SESSION}?t=1")));
    assert!(page.header("content-security-policy").ends_with("media-src 'self' blob:"));
    assert!(!site.get("/trainings").await.header("content-security-policy").contains("media-src"), "on these pages only");
    assert!(site.get(&format!("/archive/{SESSION}/captions.vtt")).await.body().starts_with("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n"));
    let kept = site.get(&format!("/archive/{SESSION}/transcript.txt")).await;
    assert_eq!(kept.body(), "0:01 ランサムウェアとは何でしょうか\n1:30 まず、ネットワークから外します\n");
    assert!(kept.header("content-disposition").starts_with("attachment"));
}
