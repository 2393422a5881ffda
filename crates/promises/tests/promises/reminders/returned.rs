//! Mail that comes back, and mail that is not wanted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use both_engines::both_engines;
use http::{Method, StatusCode};
use kernel::Span;

use super::{SESSION, addresses, days_from, deliver_at, plan, starts};
use crate::site::{Letter, Site};

/// A notification of a relay about a letter.
fn notification(letter: &Letter, action: &str, status: &str) -> String {
    format!(
        "From: MAILER-DAEMON@relay.example.jp\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"edge\"\r\n\r\n\
         --edge\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example.jp\r\n\r\n\
         Final-Recipient: rfc822; taro@example.jp\r\nAction: {action}\r\nStatus: {status}\r\n\r\n\
         --edge\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{}>\r\nSubject: x\r\n\r\nx\r\n--edge--\r\n",
        letter.message_id
    )
}

/// The relay reports by the webhook.
async fn reports(site: &Site, scope: &str, body: &str) -> crate::site::Answer {
    let secret = web::Keys::random();
    let scope = scope.to_owned();
    site.write(async move |tx, now| access::issue(tx, "relay", &scope, &secret, None, "test", now).await.map(|_| ())).await;
    let bearer = format!("Bearer {}", B64.encode(secret));
    let mut relay = site.visitor("見本 太郎").without_header("sec-fetch-site").with_header("authorization", &bearer);
    relay.send_as(Method::POST, "/webhooks/bounces", Some("message/rfc822"), body.as_bytes().to_vec()).await
}

#[both_engines]
async fn an_address_that_does_not_exist_gets_only_what_is_necessary_until_it_is_confirmed(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for(SESSION).await;
    let letter = site.deliver().await.remove(0);
    plan(&site).await;
    let begins = starts(&site).await;

    reports(&site, "applications:read", &notification(&letter, "failed", "5.1.1")).await.is(StatusCode::FORBIDDEN);
    reports(&site, "bounces:write", "Subject: hello\r\n\r\nhello").await.is(StatusCode::BAD_REQUEST);
    let answer = reports(&site, "bounces:write", &notification(&letter, "delayed", "4.4.1")).await;
    assert_eq!(answer.is(StatusCode::OK).json()["noted"], "late");
    let answer = reports(&site, "bounces:write", &notification(&letter, "failed", "5.1.1")).await;
    assert_eq!(answer.is(StatusCode::OK).json()["noted"], "bounced");
    taro.own_page().await.shows("前に送ったメールが届かなかったためです");
    assert!(deliver_at(&site, days_from(begins, -7, 8)).await.is_empty(), "the week before is optional");
    let day = deliver_at(&site, days_from(begins, -1, 8)).await;
    assert_eq!(addresses(&day), ["taro@example.jp"], "the day before is not");
    assert!(deliver_at(&site, days_from(begins, 1, 8)).await.is_empty());
}

#[both_engines]
async fn one_press_in_the_mail_program_ends_a_kind_and_the_page_brings_it_back(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for(SESSION).await;
    taro.applies_for("R8/executive/4").await;
    site.deliver().await;
    plan(&site).await;
    let begins = starts(&site).await;
    site.at(&days_from(begins, -7, 8).minus(Span::minutes(10)).rfc3339());
    site.deliver().await;
    site.at(&days_from(begins, -7, 8).rfc3339());
    let week = site.deliver().await.remove(0);
    let choice = week.link("/mails/");

    // As a mail program does it: no cookie, no origin.
    let mut program = site.visitor("見本 太郎").without_header("sec-fetch-site");
    let answer = program.send(Method::POST, &format!("{choice}/end/week"), "List-Unsubscribe=One-Click".to_owned()).await;
    answer.is(StatusCode::NO_CONTENT);
    program.send(Method::POST, &format!("{choice}/end/day"), String::new()).await.is(StatusCode::NO_CONTENT);
    let page = site.get(&choice).await;
    page.is(StatusCode::OK).shows("t…@example.jp").shows("必ずお送りするメール").hides("taro@example.jp");
    let form = page.form(&choice);
    assert!(!form.fields().iter().any(|(name, value)| name == "want" && value == "week"), "{:?}", form.fields());
    assert!(!deliver_at(&site, days_from(begins, -1, 8)).await.is_empty(), "what is necessary comes");

    let mut reader = site.visitor("見本 太郎");
    let form = reader.get(&choice).await.form(&choice).with_another("want", "week");
    reader.submit_and_open(&form).await.is(StatusCode::OK).shows("設定を変えました");
    let form = reader.get(&choice).await.form(&choice);
    assert!(form.fields().iter().any(|(name, value)| name == "want" && value == "week"), "{:?}", form.fields());
    reader.get("/mails/nonsense.x").await.is(StatusCode::OK).shows("このリンクは使えません");
}
