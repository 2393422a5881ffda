//! Every field of every public form: taken and put in order, or refused in words with everything else kept.
//!
//! The fields are read from the pages, so a new one is covered as soon as it stands there.

use both_engines::both_engines;
use http::StatusCode;

use super::bad::{INPUTS, Kind, one_word, too_long};
use super::doors::{Door, apply, contact, doors};
use crate::site::{Answer, Form, Outcome, Person, Site, Visitor};

/// What no page may show, whatever was typed.
#[track_caller]
fn is_sound(answer: &Answer, told: &str) {
    assert!(!answer.status.is_server_error(), "{told}: {}\n{}", answer.status, answer.text());
    assert!(answer.attributes("[onclick]", "onclick").is_empty(), "{told}: what was typed became part of the page");
    let text = answer.text();
    assert!(!text.contains(['\u{0}', '\u{1b}', '\u{202E}']), "{told}: {text}");
}

#[both_engines]
async fn every_typed_field_is_put_in_order_or_refused_in_words(site: Site) {
    for door in doors(&site).await {
        let (visitor, form) = door.fill().await;
        // Without a key each of these is a form of its own.
        let form = form.with("key", "");
        for field in form.lines() {
            let inputs = INPUTS.iter().map(|(what, typed)| (*what, (*typed).to_owned()));
            let long = [("too long", too_long()), ("one long word", one_word())];
            for (what, typed) in inputs.chain(long) {
                tries(&door, visitor.clone(), form.clone(), field, what, &typed).await;
            }
        }
    }
}

async fn tries(door: &Door, mut visitor: Visitor, form: Form, field: &str, what: &str, typed: &str) {
    let is_required = form.requires(field);
    let sent = form.with(field, typed);
    let answer = visitor.submit(&sent).await;
    let told = format!("{} {field}, {what}", door.page);
    is_sound(&answer, &told);
    let kind = Kind::of(field);
    let becomes = if typed.len() > 1_000 { None } else { kind.becomes(what, is_required) };
    match (kind, becomes) {
        // What a secret was is nobody's business; who typed it is kept.
        (Kind::Secret, _) => {
            assert_eq!(answer.status, 422, "{told}");
            assert_eq!(answer.form(door.action).value("login"), sent.value("login"), "{told}");
            assert_eq!(answer.form(door.action).value(field), "", "{told}");
        }
        (_, None) => door.is_refused(&answer, &sent, field, what),
        (Kind::Mail, Some(_)) if door.action == "/sign-in/passphrase" => {
            assert_eq!(answer.status, 422, "{told}");
        }
        (_, Some(expected)) => {
            let page = if answer.status == StatusCode::SEE_OTHER { visitor.open(answer.location()).await } else { answer };
            assert!(page.status.is_success(), "{told}: {}\n{}", page.status, page.text());
            if matches!(kind, Kind::Mail) {
                page.shows(expected);
            }
        }
    }
}

#[both_engines]
async fn what_is_taken_is_stored_as_it_should_be_read(site: Site) {
    let kept = db::sql!(
        "SELECT p.family, p.given, p.family_kana, p.given_kana, a.organization_name, a.question
         FROM applications a JOIN persons p ON p.id = a.person WHERE p.email = $1"
    );
    let columns = ["family", "given", "family_kana", "given_kana", "place", "question"];
    for (number, (what, typed)) in INPUTS.iter().enumerate() {
        for (column, field) in columns.iter().enumerate() {
            let Some(expected) = Kind::of(field).becomes(what, *field != "question") else { continue };
            let email = format!("{field}{number}@example.jp");
            let door = apply(site.visit_by(Person::named("見本 花子").at(&email)));
            let (mut visitor, form) = door.fill().await;
            let page = visitor.submit(&form.with(field, typed)).await;
            let confirm = page.is(StatusCode::OK).form("/confirmation");
            assert_eq!(visitor.confirms(&confirm).await, Outcome::Applied, "{field}, {what}");
            let row: (String, String, String, String, String, String) =
                site.db().read(async move |tx| tx.one(kept, &[email.as_str().into()]).await).await.expect("one application");
            let row = [row.0, row.1, row.2, row.3, row.4, row.5];
            assert_eq!(row[column], expected, "{field}, {what}");
            visitor.own_page().await.shows("R8-E3-");
        }
    }
}

#[both_engines]
async fn what_is_asked_is_stored_as_it_should_be_read(site: Site) {
    let kept = db::sql!(
        "SELECT i.name, i.institution, m.body FROM inquiries i JOIN inquiry_messages m ON m.inquiry = i.id AND m.number = 1
         WHERE i.email = $1"
    );
    for (number, (what, typed)) in INPUTS.iter().enumerate() {
        for (column, field) in ["name", "institution", "body"].into_iter().enumerate() {
            let Some(expected) = Kind::of(field).becomes(what, field != "institution") else { continue };
            let email = format!("{field}{number}@example.jp");
            let (mut visitor, form) = contact(&site).fill().await;
            let answer = visitor.submit(&form.with(field, typed).with("email", &email)).await;
            answer.is(StatusCode::SEE_OTHER);
            visitor.open(answer.location()).await.is(StatusCode::OK).shows(&email);
            let row: (String, String, String) =
                site.db().read(async move |tx| tx.one(kept, &[email.as_str().into()]).await).await.expect("one inquiry");
            assert_eq!([row.0, row.1, row.2][column], expected, "{field}, {what}");
        }
    }
}

#[both_engines]
async fn what_is_not_typed_but_chosen_or_carried_breaks_nothing_when_it_is_forged(site: Site) {
    for door in doors(&site).await {
        // Filled in once: what is done by it may take the form from the page.
        let (visitor, form) = door.fill().await;
        for field in form.names().into_iter().filter(|name| !form.lines().contains(name)) {
            let values = INPUTS.iter().filter(|(what, _)| matches!(*what, "nothing" | "control characters" | "HTML" | "a picture"));
            for (what, value) in values.copied().chain([("too long", too_long().as_str())]) {
                let answer = visitor.clone().submit(&form.clone().with(&field, value)).await;
                let told = format!("{} {field}, {what}", door.page);
                is_sound(&answer, &told);
                assert!(answer.status.is_redirection() || answer.heading().chars().count() > 3, "{told}: {}", answer.status);
            }
        }
    }
}

#[both_engines]
async fn what_has_to_be_chosen_is_asked_for_and_the_rest_stays(site: Site) {
    for (door, fields) in
        [(apply(site.visitor("見本 花子")), vec!["kind", "prefecture", "consent"]), (contact(&site), vec!["about", "consent"])]
    {
        for field in fields {
            let (mut visitor, form) = door.fill().await;
            let sent = form.without(field);
            let answer = visitor.submit(&sent).await;
            door.is_refused(&answer, &sent, field, "not chosen");
        }
    }
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Outcome::Applied);
    let page = taro.get(&format!("{}/move", taro.application)).await;
    let answer = taro.submit(&page.form("/move")).await;
    assert_eq!(answer.is(StatusCode::UNPROCESSABLE_ENTITY).attributes(".summary a", "href"), ["#session"]);
    assert_eq!(answer.shows("変更先の日程を選んでください").attributes("[id=session]", "id"), ["session"]);
}

#[both_engines]
async fn an_english_form_is_refused_in_english(site: Site) {
    let is_japanese = |c: char| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}');
    for door in doors(&site).await.into_iter().map(Door::in_english) {
        let (_, form) = door.open().await;
        for field in form.lines().iter().filter(|field| Kind::of(field) != Kind::Secret) {
            for (what, typed) in [("nothing", ""), ("a picture", "😀"), ("too long", too_long().as_str())] {
                let (mut visitor, form) = door.fill().await;
                let answer = visitor.submit(&form.with(field, typed)).await;
                let told = format!("{} {field}, {what}", door.page);
                if answer.status == StatusCode::UNPROCESSABLE_ENTITY {
                    assert_eq!(answer.attributes("html", "lang"), ["en"], "{told}");
                    let words = format!("{} {}", answer.texts(".summary").join(" "), answer.texts(".error").join(" "));
                    assert!(!words.contains(is_japanese), "{told}: {words}");
                    let rest = answer.english("main h1, main label, main legend, main .hint, main button, main aside h2");
                    assert!(!rest.contains(is_japanese), "{told}: {rest}");
                }
            }
        }
    }
}
