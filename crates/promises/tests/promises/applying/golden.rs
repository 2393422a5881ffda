//! The mails of an application's life, letter by letter, each with what its calendar entry asks of a calendar.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use crate::site::Outcome::{Applied, Waiting};
use crate::site::{Golden, Letter, Person, Site, Visitor};

/// A letter as it is kept: what differs with every installation is left out.
fn kept(letter: &Letter) -> String {
    let entry = if letter.has_entry() {
        let entry = letter.entry();
        format!("{} {} {}", entry.method, entry.status, entry.sequence)
    } else {
        "-".to_owned()
    };
    format!("{}\n{entry}\n\n{}\n", letter.subject, without_secrets(letter.text.trim()))
}

/// Tokens and ids are runs of at least 20 characters of the alphabet of links.
fn without_secrets(text: &str) -> String {
    let (mut whole, mut run) = (String::new(), String::new());
    for character in text.chars().chain(['\n']) {
        if character.is_ascii_alphanumeric() || matches!(character, '-' | '_') {
            run.push(character);
            continue;
        }
        whole.push_str(if run.len() < 20 { &run } else { "…" });
        run.clear();
        whole.push(character);
    }
    whole.trim_end().to_owned()
}

/// The one letter that is about an application for the third session for executives.
async fn letter(site: &Site) -> Letter {
    let mut letters = site.deliver().await;
    assert_eq!(letters.len(), 1, "{:?}", letters.iter().map(|letter| &letter.subject).collect::<Vec<_>>());
    letters.remove(0)
}

fn speaking(visitor: Visitor, lang: &str) -> Visitor {
    if lang == "en" { visitor.in_english() } else { visitor }
}

#[both_engines]
async fn the_mails_of_an_application_read_as_they_did(site: Site) {
    let mut golden = Golden::in_folder("tests/promises/applying/golden");
    for (lang, name, fourth) in [("ja", "例示 髙子", "第4回"), ("en", "見本 太郎", "Session 4")] {
        let mut keep = |what: &str, letter: &Letter| golden.compare(&format!("{what}.{lang}.txt"), &kept(letter));
        let mut visitor = speaking(site.visitor(name), lang);
        assert_eq!(visitor.applies_for("R8/executive/3").await, Applied);
        keep("applied", &letter(&site).await);
        let mut elsewhere = speaking(site.visitor(name), lang);
        let form = elsewhere.confirmation("R8/executive/4").await.map_err(|page| page.text()).expect("a page to confirm");
        elsewhere.submit(&form).await.is(StatusCode::OK);
        keep("elsewhere", &letter(&site).await);
        visitor.moves_to(fourth).await.is(StatusCode::OK);
        keep("moved", &letter(&site).await);
        visitor.cancels().await.is(StatusCode::OK);
        keep("cancelled", &letter(&site).await);
        visitor.undoes().await.is(StatusCode::OK);
        keep("restored", &letter(&site).await);
    }
    golden.finish();
}

#[both_engines]
async fn the_mails_of_a_waiting_list_read_as_they_did(site: Site) {
    let mut golden = Golden::in_folder("tests/promises/applying/golden");
    site.limit("R8/executive/3", 2, 5).await;
    let mut seated = [site.visit_by(Person::number(1)), site.visit_by(Person::number(2))];
    for visitor in &mut seated {
        assert_eq!(visitor.applies_for("R8/executive/3").await, Applied);
    }
    site.deliver().await;
    for (n, (lang, name)) in (1..).zip([("ja", "例示 髙子"), ("en", "見本 太郎"), ("ja", "試験 﨑男"), ("en", "見本 花子")])
    {
        assert_eq!(speaking(site.visitor(name), lang).applies_for("R8/executive/3").await, Waiting(n));
        if n < 3 {
            golden.compare(&format!("waiting.{lang}.txt"), &kept(&letter(&site).await));
        }
    }
    site.deliver().await;
    for visitor in &mut seated {
        visitor.cancels().await.is(StatusCode::OK);
    }
    site.deliver().await;
    site.later(Span::minutes(10));
    let promoted = site.deliver().await;
    assert_eq!(promoted.len(), 2, "a seat for each of the first two who wait");
    for letter in &promoted {
        golden.compare(&format!("promoted.{}.txt", spoken(letter)), &kept(letter));
    }

    // On the last day a seat is offered.
    site.at("2026-12-23T10:00+09:00");
    site.deliver().await;
    for name in ["例示 髙子", "見本 太郎"] {
        let mail = promoted.iter().find(|letter| letter.to == Person::named(name).email).expect("theirs");
        let mut visitor = site.visitor(name);
        visitor.opens_link(&mail.link("/a/")).await.is(StatusCode::OK);
        visitor.cancels().await.is(StatusCode::OK);
    }
    site.deliver().await;
    site.later(Span::minutes(10));
    let offered: Vec<Letter> = site.deliver().await.into_iter().filter(|letter| letter.text.contains("to=offer")).collect();
    assert_eq!(offered.len(), 2);
    for letter in &offered {
        golden.compare(&format!("offered.{}.txt", spoken(letter)), &kept(letter));
    }
    golden.finish();
}

#[both_engines]
async fn the_mails_of_a_series_and_of_an_office_read_as_they_did(site: Site) {
    let mut golden = Golden::in_folder("tests/promises/applying/golden");
    for (lang, name) in [("ja", "例示 髙子"), ("en", "見本 太郎")] {
        let mut visitor = speaking(site.visitor(name), lang);
        super::series::applies(&mut visitor).await.is(StatusCode::OK);
        golden.compare(&format!("series.{lang}.txt"), &kept(&letter(&site).await));
        let mut office = speaking(site.visitor("試験 﨑男"), lang);
        let filled = super::colleagues::row(super::colleagues::form(&mut office).await, 0, name, "ミホン ミホン", "colleague@example.jp");
        super::colleagues::confirms(&mut office, &filled).await.is(StatusCode::OK);
        golden.compare(&format!("colleague.{lang}.txt"), &kept(&letter(&site).await));
    }
    golden.finish();
}

fn spoken(letter: &Letter) -> &'static str {
    if letter.link("/a/").starts_with("/en/") { "en" } else { "ja" }
}
