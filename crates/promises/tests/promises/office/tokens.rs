//! A token's secret is shown once, and opens what was chosen until it ends.

use access::{Role, Standing, Who};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use both_engines::both_engines;
use http::StatusCode;
use kernel::{Lang, Span};

use super::staff::staff;
use crate::site::Site;

/// What a program with this secret may do; nothing if it opens nothing.
async fn opens(site: &Site, secret: &str) -> Vec<String> {
    let (secret, now) = (B64.decode(secret).expect("base64url"), site.now());
    let actor = site.db().read(async move |tx| access::token_of(tx, &secret, now).await).await.expect("tokens can be read");
    match actor.map(|actor| actor.who) {
        Some(Who::Program { scopes, .. }) => scopes,
        _ => Vec::new(),
    }
}

#[both_engines]
async fn a_secret_is_shown_once_and_opens_until_its_token_ends(site: Site) {
    let mut operator = staff(&site, Role::Operator).await;
    operator.get("/staff/tokens").await.is(StatusCode::OK).shows("まだトークンがありません");
    let form = operator.get("/staff/tokens/new").await.form("/staff/tokens");
    let form = form.fill("name", "配信システム").choose("scope", "applications:read").fill("days", "３０");
    let made = operator.submit(&form).await;
    made.is(StatusCode::OK).shows("いま写してください").shows("配信システム").shows("2026年12月22日（火）");
    assert_eq!(made.header("cache-control"), "no-store");
    let secret = made.attributes("#secret", "value")[0].clone();
    assert_eq!(opens(&site, &secret).await, ["applications:read"]);

    let again = operator.submit(&form).await;
    again.is(StatusCode::OK).shows("すでに作られています");
    assert!(!again.body().contains(&secret) && again.attributes("#secret", "value").is_empty());
    let list = operator.get("/staff/tokens").await;
    list.shows("配信システム").shows("申し込みを読む").shows("まだ使われていません");
    assert!(!list.body().contains(&secret), "never again");
    assert_eq!(list.attributes("td a", "href").len(), 1, "sent twice, it is one token");
    assert!(site.deliver().await.is_empty(), "no mail says it");

    let end = list.attributes("td a", "href")[0].clone();
    let form = operator.get(&end).await.shows("すぐに読めなくなります").form(&end);
    operator.submit_and_open(&form).await.shows("トークンを終わらせました").shows("に終了");
    assert!(opens(&site, &secret).await.is_empty());
    operator.get(&end).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_token_has_a_name_a_scope_and_an_end_within_a_year(site: Site) {
    let mut operator = staff(&site, Role::Operator).await;
    let form = operator.get("/staff/tokens/new").await.form("/staff/tokens");
    let refused = operator.submit(&form.clone().fill("days", "366")).await;
    refused
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("使いみちを入れてください")
        .shows("できることを選んでください")
        .shows("1から365まで");
    let forged = form.clone().fill("name", "配信システム").with("scope", "everything:write");
    operator.submit(&forged).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    let year = form.fill("name", "配信システム").choose("scope", "applications:read").fill("days", "365");
    let secret = operator.submit(&year).await.is(StatusCode::OK).attributes("#secret", "value")[0].clone();
    site.later(Span::micros(365 * 24 * 3_600_000_000 - 1));
    assert_eq!(opens(&site, &secret).await.len(), 1);
    site.later(Span::micros(1));
    assert!(opens(&site, &secret).await.is_empty());
}

#[both_engines]
async fn the_oldest_of_many_tokens_is_found_and_ended(site: Site) {
    site.write(async |tx, now| {
        for n in 0..120 {
            let issued_at = now.minus(Span::minutes(n));
            access::issue(tx, &format!("連携{n}"), "applications:read", &web::Keys::random(), None, "test", issued_at).await?;
        }
        Ok(())
    })
    .await;
    let mut operator = staff(&site, Role::Operator).await;
    let first = operator.get("/staff/tokens").await;
    assert_eq!(first.is(StatusCode::OK).texts("tbody tr").len(), 50);
    assert_eq!(first.texts("tbody th")[0], "連携0", "the newest stands first");
    let last = operator.get("/staff/tokens?page=3").await;
    assert_eq!(last.texts("tbody th").last().map(String::as_str), Some("連携119"));
    let end = last.attributes("td a", "href").pop().expect("it can be ended");
    let form = operator.get(&end).await.shows("連携119").form(&end);
    operator.submit_and_open(&form).await.shows("トークンを終わらせました");
    let after = operator.get("/staff/tokens?page=3").await;
    assert_eq!((after.texts("tbody tr").len(), after.attributes("td a", "href").len()), (20, 19));
}

#[both_engines]
async fn a_role_opens_however_many_there_were_before(site: Site) {
    site.write(async |tx, now| {
        let account = people::accounts::ensure(tx, &"operator@example.jp".parse().expect("an address"), Lang::Ja, now).await?.id;
        for n in 0..120 {
            let place = access::OrganizationId::new(now);
            access::place(tx, place, None).await?;
            access::grant(tx, account, Role::InstitutionAdmin, Standing::Left, Some(place), "test", now.minus(Span::days(n + 1))).await?;
        }
        access::grant(tx, account, Role::Operator, Standing::Confirmed, None, "test", now).await.map(|_| ())
    })
    .await;
    let mut operator = staff(&site, Role::Operator).await;
    operator.get("/staff/tokens").await.is(StatusCode::OK);
}
