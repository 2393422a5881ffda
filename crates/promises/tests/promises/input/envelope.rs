//! Requests as programs and broken browsers make them.

use both_engines::both_engines;
use http::{Method, StatusCode};

use super::doors::{Door, apply, contact};
use crate::site::{Answer, Outcome, Site, Visitor};

async fn taken(site: &Site) -> i64 {
    site.session("R8/executive/3").await.taken
}

/// Says what happened, whether anything was saved, what to do, when it was, a number and whom to call.
#[track_caller]
fn explains(answer: &Answer, status: StatusCode) {
    answer
        .is(status)
        .shows("保存していません")
        .shows("前の画面に戻")
        .shows("2026年11月22日")
        .shows("お問い合わせ番号")
        .shows("000-0000-0000");
}

async fn sends(door: &Door, content_type: &str, body: Vec<u8>) -> Answer {
    let (mut visitor, form) = door.fill().await;
    visitor.send_as(Method::POST, &form.action, Some(content_type), body).await
}

const FORM: &str = "application/x-www-form-urlencoded";

#[both_engines]
async fn a_form_with_more_fields_than_any_of_ours_is_refused_and_one_with_some_is_not(site: Site) {
    for door in [apply(site.visitor("見本 花子")), contact(&site)] {
        let (mut visitor, mut form) = door.fill().await;
        for number in 0..100 {
            form = form.with_another(&format!("more{number}"), "x");
        }
        let answer = visitor.submit(&form).await;
        assert!(answer.status.is_success() || answer.status.is_redirection(), "{}", answer.text());
        for number in 0..100 {
            form = form.with_another(&format!("andmore{number}"), "x");
        }
        explains(&visitor.submit(&form).await, StatusCode::BAD_REQUEST);
    }
    assert_eq!(taken(&site).await, 0);
}

#[both_engines]
async fn of_a_field_that_comes_twice_the_first_counts(site: Site) {
    let (mut visitor, form) = apply(site.visitor("見本 花子")).fill().await;
    let form = form.with_another("family", "例示").with_another("email", "other@example.jp").with_another("consent", "");
    let page = visitor.submit(&form).await;
    page.is(StatusCode::OK).shows("見本 花子").shows("hanako@example.jp").hides("other@example.jp");
    assert_eq!(visitor.confirms(&page.form("/confirmation")).await, Outcome::Applied);
    assert_eq!(site.deliver().await.iter().map(|letter| letter.to.clone()).collect::<Vec<_>>(), ["hanako@example.jp"]);
}

#[both_engines]
async fn what_is_no_utf8_is_nobodys_name(site: Site) {
    for door in [apply(site.visitor("見本 花子")), contact(&site)] {
        let (_, form) = door.fill().await;
        let field = if form.names().contains(&"family".to_owned()) { "family" } else { "name" };
        let rest = form.without(field).encoded();
        // Cut in the middle of a character, two bytes of Shift_JIS, a byte that no text has.
        for value in ["%E8%A6", "%8C%A9", "%FF"] {
            explains(&sends(&door, FORM, format!("{rest}&{field}={value}").into_bytes()).await, StatusCode::BAD_REQUEST);
        }
        let mut raw = format!("{rest}&{field}=").into_bytes();
        raw.extend([0x8c, 0xa9]);
        explains(&sends(&door, FORM, raw).await, StatusCode::BAD_REQUEST);
    }
}

#[both_engines]
async fn a_percent_sign_that_means_itself_is_taken(site: Site) {
    let door = contact(&site);
    let (mut visitor, form) = door.fill().await;
    let body = format!("{}&body=100%+%zz+%", form.clone().without("body").encoded());
    let answer = visitor.send_as(Method::POST, &form.action, Some(FORM), body.into_bytes()).await;
    visitor.open(answer.is(StatusCode::SEE_OTHER).location()).await.shows("100% %zz %");
}

#[both_engines]
async fn a_form_sent_in_parts_is_the_same_form(site: Site) {
    let (mut visitor, form) = apply(site.visitor("見本 花子")).fill().await;
    let parts = |visitor: &mut Visitor, extra: &[u8]| {
        let mut body = Vec::new();
        for (name, value) in form.fields() {
            body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        body.extend_from_slice(extra);
        body.extend(b"--x--\r\n");
        let (mut visitor, action) = (visitor.clone(), form.action.clone());
        async move { visitor.send_as(Method::POST, &action, Some("multipart/form-data; boundary=x"), body).await }
    };
    let page = parts(&mut visitor, b"").await;
    page.is(StatusCode::OK).shows("見本 花子").shows("質問です");
    let wrong = b"--x\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\n\x8c\xa9\r\n";
    explains(&parts(&mut visitor, wrong).await, StatusCode::BAD_REQUEST);
    assert_eq!(visitor.confirms(&page.form("/confirmation")).await, Outcome::Applied);
}

#[both_engines]
async fn what_is_no_form_at_all_is_refused_in_words(site: Site) {
    let long = vec![b'x'; 300_000];
    for door in [apply(site.visitor("見本 花子")), contact(&site)] {
        explains(&sends(&door, "application/json", br#"{"family":"x"}"#.to_vec()).await, StatusCode::BAD_REQUEST);
        explains(&sends(&door, "text/plain", b"family=x".to_vec()).await, StatusCode::BAD_REQUEST);
        explains(&sends(&door, "multipart/form-data", b"family=x".to_vec()).await, StatusCode::BAD_REQUEST);
        explains(&sends(&door, FORM, long.clone()).await, StatusCode::PAYLOAD_TOO_LARGE);
        let english = door.in_english();
        let answer = sends(&english, "application/json", b"{}".to_vec()).await;
        assert_eq!(answer.is(StatusCode::BAD_REQUEST).attributes("html", "lang"), ["en"]);
        answer.shows("not been saved");
    }
    assert_eq!(taken(&site).await, 0);
}
