//! Whoever is shown a certificate can check it, and nobody can look for people.

use both_engines::both_engines;
use http::{Method, StatusCode};

use super::{bare, certified, text_of};
use crate::site::{Answer, Site};

/// Sends a file with the form of the page.
async fn compares(site: &Site, path: &str, file: &[u8]) -> Answer {
    let mut visitor = site.visitor("見本 太郎");
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf\r\n\r\n".to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    visitor.send_as(Method::POST, &format!("{path}/file"), Some("multipart/form-data; boundary=x"), body).await
}

#[both_engines]
async fn the_page_says_field_by_field_what_the_paper_says(site: Site) {
    let (mut takako, id, letter) = certified(&site, "例示 髙子").await;
    takako.get(&letter.link("/a/")).await;
    let paper = text_of(&takako.get(&format!("/certificates/{id}.pdf")).await.bytes);
    let page = site.get(&letter.link("/verify/")).await;
    page.is(StatusCode::OK).shows("この証明書は有効です");
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert!(page.header("cache-control").contains("no-store"));
    let fields = page.texts("#printed dd");
    assert_eq!(fields.len(), 13, "{fields:?}");
    for field in &fields {
        let printed = bare(field);
        // The seal is set in columns.
        let is_there = paper.contains(&printed) || printed.chars().all(|c| paper.contains(c));
        assert!(is_there, "“{field}” is not on the paper:\n{paper}");
    }
    for printed in [
        "受講証明書",
        "R8-E3-000001",
        "例示髙子",
        "見本内科クリニック",
        "令和8年12月23日（水）17:00～18:00",
        "令和8年12月24日",
        "60分のうち58分",
    ] {
        assert!(paper.contains(printed) && bare(&page.text()).contains(printed), "{printed}\n{paper}");
    }
}

#[both_engines]
async fn a_changed_file_is_caught_by_its_hash(site: Site) {
    let (mut takako, id, letter) = certified(&site, "例示 髙子").await;
    takako.get(&letter.link("/a/")).await;
    let path = letter.link("/verify/");
    let mut file = takako.get(&format!("/certificates/{id}.pdf")).await.bytes;
    compares(&site, &path, &file).await.is(StatusCode::OK).shows("発行されたファイルと同じです");
    let at = file.len() / 2;
    file[at] ^= 1;
    compares(&site, &path, &file).await.is(StatusCode::OK).shows("発行されたファイルと違います");
    compares(&site, &path, b"").await.shows("ファイルが選ばれていません");
}

#[both_engines]
async fn a_code_is_read_however_it_is_typed_and_misses_look_alike(site: Site) {
    let (_, _, letter) = certified(&site, "例示 髙子").await;
    let path = letter.link("/verify/");
    let code = path.rsplit('/').next().expect("a code").to_owned();
    let typed = code.to_lowercase().replace('-', "");
    assert_eq!(site.get(&format!("/verify?code={typed}")).await.location(), path);
    assert_eq!(site.get(&format!("/en/verify?code=R8-E3-000001+{code}")).await.location(), format!("/en{path}"));
    let slip = if code.starts_with('2') { code.replacen('2', "3", 1) } else { format!("2{}", &code[1..]) };
    let mut misses = Vec::new();
    for wrong in [slip.as_str(), "R8-E3-000001", "例示", "111111111111"] {
        let miss = site.get(&format!("/verify/{wrong}")).await;
        miss.is(StatusCode::NOT_FOUND).hides("例示 髙子");
        misses.push(miss.texts("[role=alert]"));
    }
    assert!(misses.iter().all(|miss| *miss == misses[0]), "{misses:?}");
}

#[both_engines]
async fn whoever_misses_again_and_again_waits_ten_minutes_and_is_told_so(site: Site) {
    let (_, _, letter) = certified(&site, "例示 髙子").await;
    let path = letter.link("/verify/");
    for _ in 0..60 {
        site.get("/verify/111111111111").await.is(StatusCode::NOT_FOUND);
    }
    let refused = site.get(&path).await;
    refused.is(StatusCode::TOO_MANY_REQUESTS).shows("10分ほど待って").hides("混み合って");
    assert_eq!(refused.header("retry-after"), "600");
    site.get(&format!("{path}/badge")).await.is(StatusCode::TOO_MANY_REQUESTS);
    site.later(kernel::Span::minutes(10));
    site.get(&path).await.is(StatusCode::OK).shows("この証明書は有効です");
}
