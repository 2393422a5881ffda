//! The mail server is away for a day, or refuses: applications go on, nothing is lost, nothing comes twice or too late.

use base64::Engine as _;
use both_engines::both_engines;
use http::StatusCode;
use journal::sink::Mood;
use kernel::{Lang, Span};
use std::collections::BTreeSet;

use crate::site::{Answer, Outcome::Applied, Person, Site, Visitor};

/// Somebody of the secretariat at a browser of their own, freshly recognized.
async fn secretariat(site: &Site) -> Visitor {
    let secret = [9_u8; 32];
    site.write(async move |tx, now| {
        let email = "office@example.jp".parse().expect("an address");
        let account = people::accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
        access::grant(tx, account, access::Role::Secretariat, access::Standing::Confirmed, None, "test", now).await?;
        let strength = access::Strength::Passkey;
        access::open(tx, &access::NewSignIn { account, strength, secret: &secret, device: "", network: "" }, now).await?;
        Ok(())
    })
    .await;
    let mut visitor = site.visitor("試験 﨑男");
    let cookie = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(secret);
    visitor.cookies.insert("__Host-sid".to_owned(), cookie);
    visitor
}

#[both_engines]
async fn a_day_without_mail_server_hinders_nobody_and_loses_no_mail(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    site.deliver().await;
    site.sink.close();
    let form = taro.get("/sign-in").await.form("/sign-in").fill("email", "taro@example.jp");
    taro.submit(&form).await.is(StatusCode::OK);
    for hour in 0..24 {
        let mut person = site.visit_by(Person::number(hour));
        assert_eq!(person.applies_for("R8/executive/3").await, Applied);
        person.own_page().await.shows("R8-E3-");
        site.later(Span::hours(1));
        assert!(site.deliver().await.is_empty());
    }
    taro.moves_to("第4回").await.is(StatusCode::OK);

    site.sink.open();
    site.later(Span::minutes(2));
    let letters = site.deliver().await;
    let ids: BTreeSet<_> = letters.iter().map(|letter| letter.message_id.clone()).collect();
    assert_eq!((letters.len(), ids.len()), (25, 25), "each once");
    let to: BTreeSet<_> = letters.iter().map(|letter| letter.to.clone()).collect();
    assert_eq!(to.len(), 25, "everybody who applied, and who moved");
    assert!(letters.iter().all(|letter| letter.links("/sign-in/").is_empty()), "a link that had expired is not sent late");
    site.later(Span::days(4));
    assert!(site.deliver().await.is_empty());

    let mut office = secretariat(&site).await;
    office.get("/staff/delivery?state=waiting").await.is(StatusCode::OK);
    assert_eq!(office.get("/staff/delivery?state=gone").await.texts("ul.log li").len(), 27, "the one that was dropped is told too");
}

#[both_engines]
async fn a_server_that_says_later_is_asked_later_and_each_mail_arrives_once(site: Site) {
    site.sink.script(Mood::RefuseLetter(451), 6);
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    let mut letters = site.deliver().await;
    let mut minutes = 0;
    while letters.is_empty() && minutes < 24 * 60 {
        site.later(Span::minutes(1));
        minutes += 1;
        let found = site.deliver().await;
        if !found.is_empty() {
            letters = found;
        }
    }
    assert_eq!(letters.len(), 1);
    assert!((50..=64).contains(&minutes), "1 + 2 + 4 + 8 + 16 + 32 minutes less a fifth at most: {minutes}");
    site.later(Span::days(4));
    assert!(site.deliver().await.is_empty());
}

#[both_engines]
async fn an_answer_lost_on_the_way_repeats_a_mail_under_the_same_id(site: Site) {
    site.sink.script(Mood::TakeAndBreakOff, 1);
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    let mut letters = site.deliver().await;
    site.later(Span::minutes(1));
    letters.extend(site.deliver().await);
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].message_id, letters[1].message_id, "the mail program shows it once");
}

#[both_engines]
async fn an_address_that_nobody_reads_is_marked_for_the_secretariat(site: Site) {
    site.sink.script(Mood::RefuseRecipient(550), 1);
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    assert!(site.deliver().await.is_empty());
    assert_eq!(site.visitor("見本 花子").applies_for("R8/executive/3").await, Applied);
    assert_eq!(site.deliver().await.len(), 1, "another's mail is not held up by it");
    site.later(Span::days(4));
    assert!(site.deliver().await.is_empty(), "it is not tried again by itself");

    let mut office = secretariat(&site).await;
    let id = site.session("R8/executive/3").await.id;
    let list = office.get(&format!("/staff/sessions/{id}/applicants")).await;
    let people = |answer: &Answer| answer.texts("tbody tr").into_iter().filter(|row| row.contains("R8-E3-")).collect::<Vec<_>>();
    let rows = people(list.is(StatusCode::OK));
    let marked: Vec<_> = rows.iter().filter(|row| row.contains("メールが届きません")).collect();
    assert!(rows.len() == 2 && marked.len() == 1 && marked[0].contains("見本 太郎"), "{rows:#?}");
    let only = office.get(&format!("/staff/sessions/{id}/applicants?care=mail")).await;
    assert_eq!(people(only.is(StatusCode::OK)).len(), 1);
    let log = office.get("/staff/delivery?state=failed").await;
    assert_eq!(log.is(StatusCode::OK).texts("ul.log li").len(), 1, "{}", log.text());
    log.hides("taro@example.jp").shows("申込 R8-E3-0001");
}
