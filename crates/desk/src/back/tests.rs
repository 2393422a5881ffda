//! Coming back by number and words.

use access::Role;
use both_engines::both_engines;
use db::sql;
use kernel::Span;
use vault::{Guest, Seat};

use super::comer::{Comer, OF_ALL};
use super::enter::{NotEntered, admit, open};
use super::known::Known;
use crate::cases::{CaseNumber, REPORTER};
use crate::report::code::{NotGiven, give};
use crate::testing::Site;

/// Words of the list that belong together, and to no case.
fn other_words() -> String {
    vault::Code::generate().words().join(" ")
}

/// A number that no case has.
fn unknown() -> String {
    CaseNumber::new(2026, 777_777).unwrap().to_string()
}

/// The words on the page that the second responder reads out.
fn read_out(page: &str) -> String {
    let page = scraper::Html::parse_document(page);
    let bold = scraper::Selector::parse("ol b").unwrap();
    let word = |text: String| text.split_once('：').expect("an ordinal, then the word").1.to_owned();
    page.select(&bold).map(|element| word(element.text().collect())).collect::<Vec<String>>().join(" ")
}

/// Two responders give new words, as after a call-back.
async fn new_words(site: &Site, number: &str, key: &str) -> String {
    let path = format!("/desk/cases/{number}/rebinding");
    let mut first = site.signed_in("first@example.jp", Role::Responder).await;
    let mut second = site.signed_in("second@example.jp", Role::Responder).await;
    assert_eq!(first.post(&path, &[("called", "名簿の代表番号にかけた")]).await.location(), path);
    let given = second.post(&format!("{path}/approval"), &[("case_key", key)]).await;
    assert_eq!(given.status, 200);
    read_out(&given.body)
}

#[both_engines]
async fn one_comes_back_from_another_device_and_goes_again(site: Site) {
    let reported = site.browser().reports("slower").await;
    let mut other = site.browser();
    assert_eq!(other.get("/incident/case").await.location(), "/incident/back?ended");
    let sloppy = reported.words.replace(' ', "　");
    let number = reported.number.replace('-', " ");
    assert_eq!(other.post("/incident/back", &[("number", &number), ("words", &sloppy)]).await.location(), "/incident/case");
    assert!(other.get("/incident/case").await.body.contains(&reported.number));
    assert_eq!(other.post("/incident/back/end", &[]).await.location(), "/incident");
    assert_eq!(other.get("/incident/case").await.location(), "/incident/back?ended");
}

#[both_engines]
async fn a_visit_ends_after_two_hours(site: Site) {
    let mut browser = site.browser();
    browser.reports("none").await;
    assert_eq!(browser.get("/incident/case").await.status, 200);
    site.clock.advance(Span::hours(2));
    assert_eq!(browser.get("/incident/case").await.location(), "/incident/back?ended");
}

#[both_engines]
async fn an_unknown_number_and_wrong_words_look_the_same_and_cost_the_same(site: Site) {
    let reported = site.browser().reports("none").await;
    let unknown = unknown();
    let kdf = site.desk().kdf.clone();
    let mut seen = Vec::new();
    for number in [&reported.number, &unknown] {
        let before = kdf.derivations();
        let answer = site.browser().post("/incident/back", &[("number", number), ("words", &other_words())]).await;
        assert_eq!(answer.status, 422);
        seen.push((answer.body, kdf.derivations() - before));
    }
    assert_eq!(seen[0], seen[1], "same bytes, same work");
    assert_eq!(seen[0].1, 1);
    assert!(seen[0].0.contains("番号か言葉が違います"));
}

#[both_engines]
async fn a_network_tries_a_number_ten_times_an_hour_and_shuts_out_nobody_else(site: Site) {
    let mut known = site.browser().at("192.0.2.1");
    let reported = known.reports("none").await;
    let mut neighbour = site.browser().at("192.0.2.2");
    neighbour.reports("none").await;
    let right = [("number", reported.number.as_str()), ("words", reported.words.as_str())];
    let mut refused = Vec::new();
    for number in [&reported.number, &unknown()] {
        for n in 10..20 {
            let mut stranger = site.browser().at(&format!("192.0.2.{n}"));
            let answer = stranger.post("/incident/back", &[("number", number), ("words", &other_words())]).await;
            assert!(answer.body.contains("番号か言葉が違います"));
        }
        let before = site.desk().kdf.derivations();
        let eleventh = site.browser().at("192.0.2.20").post("/incident/back", &[("number", number), ("words", &reported.words)]).await;
        assert!(eleventh.body.contains("1時間に10回まで") && eleventh.status == 422);
        assert_eq!(site.desk().kdf.derivations(), before, "no work is done any more");
        refused.push(eleventh.body);
    }
    assert_eq!(refused[0], refused[1], "also here nobody learns which numbers there are");
    let answer = neighbour.post("/incident/back", &right).await;
    assert!(answer.body.contains("1時間に10回まで"), "whoever is known in another case is a stranger in this one");
    assert!(!known.cookies["known"].contains(&reported.number), "the browser keeps no number");
    assert_eq!(known.post("/incident/back", &right).await.location(), "/incident/case", "a browser that has been there");
    let mut elsewhere = site.browser().at("198.51.100.7");
    assert_eq!(elsewhere.post("/incident/back", &right).await.location(), "/incident/case", "somebody on another network");
    let mut there = site.browser().at("192.0.2.20");
    assert_eq!(there.post("/incident/back", &right).await.status, 422);
    site.clock.advance(Span::hours(1));
    assert_eq!(there.post("/incident/back", &right).await.location(), "/incident/case");
}

#[both_engines]
async fn a_known_browser_has_ten_tries_of_its_own(site: Site) {
    let mut known = site.browser();
    let reported = known.reports("none").await;
    let right = [("number", reported.number.as_str()), ("words", reported.words.as_str())];
    for _ in 0..10 {
        let answer = known.post("/incident/back", &[("number", &reported.number), ("words", &other_words())]).await;
        assert!(answer.body.contains("番号か言葉が違います"));
    }
    assert!(known.post("/incident/back", &right).await.body.contains("1時間に10回まで"));
    assert_eq!(site.browser().post("/incident/back", &right).await.location(), "/incident/case", "nobody else's try was counted");
}

#[both_engines]
async fn all_strangers_together_have_an_end_which_a_known_browser_does_not_meet(site: Site) {
    let mut known = site.browser();
    let reported = known.reports("none").await;
    let mut refused = Vec::new();
    for number in [&reported.number, &unknown()] {
        let typed: CaseNumber = number.parse().unwrap();
        // All tries but one, ten from a network at most.
        assert_eq!(9 * 111, OF_ALL - 1);
        for part in 0..9 {
            let keys = site.portal.keys.clone();
            site.write(async move |tx, now| {
                for n in 0..111 {
                    let comer = Comer::of(&keys, &Known::nobody(), &format!("{part}/{}", n / 10), typed, now);
                    comer.count(tx, now).await?;
                }
                Ok(())
            })
            .await;
        }
        let mut last = site.browser().at("198.51.100.1");
        let answer = last.post("/incident/back", &[("number", number), ("words", &other_words())]).await;
        assert!(answer.body.contains("番号か言葉が違います"));
        let mut late = site.browser().at("203.0.113.1");
        let answer = late.post("/incident/back", &[("number", number), ("words", &reported.words)]).await;
        assert!(answer.body.contains("1時間に10回まで") && answer.status == 422);
        refused.push(answer.body);
    }
    assert_eq!(refused[0], refused[1]);
    let right = [("number", reported.number.as_str()), ("words", reported.words.as_str())];
    assert_eq!(known.post("/incident/back", &right).await.location(), "/incident/case");
}

#[both_engines]
async fn coming_back_costs_no_try_and_gives_none_to_whoever_guesses(site: Site) {
    let reported = site.browser().reports("none").await;
    let right = [("number", reported.number.as_str()), ("words", reported.words.as_str())];
    for _ in 0..11 {
        assert_eq!(site.browser().post("/incident/back", &right).await.location(), "/incident/case");
    }
    for n in 0..10 {
        let answer = site.browser().post("/incident/back", &[("number", &reported.number), ("words", &other_words())]).await;
        assert!(answer.body.contains("番号か言葉が違います"));
        if n == 8 {
            assert_eq!(site.browser().post("/incident/back", &right).await.location(), "/incident/case");
        }
    }
    assert!(site.browser().post("/incident/back", &right).await.body.contains("1時間に10回まで"));
}

#[both_engines]
async fn a_flood_of_tries_is_sent_away_and_takes_nobodys_words(site: Site) {
    let mut known = site.browser();
    let reported = known.reports("none").await;
    let right = [("number", reported.number.as_str()), ("words", reported.words.as_str())];
    let kdf = site.desk().kdf.clone();
    let flood: Vec<Seat> = (0..=u8::MAX).map_while(|n| kdf.seat(Guest::Stranger([n; 32])).ok()).collect();
    let mut sent_away = Vec::new();
    for number in [&reported.number, &unknown()] {
        let before = kdf.derivations();
        let answer = site.browser().post("/incident/back", &[("number", number), ("words", &reported.words)]).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, "30"));
        assert!(answer.body.contains("回数にも数えていません"), "{}", answer.body);
        assert_eq!(kdf.derivations(), before);
        sent_away.push(answer.body);
    }
    assert_eq!(sent_away[0], sent_away[1]);
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_tries")).await, 0, "nothing was counted");
    site.browser().reports("slower").await;
    assert_eq!(known.post("/incident/back", &right).await.location(), "/incident/case", "a seat is left for who is known");
    drop(flood);
    assert_eq!(site.browser().post("/incident/back", &right).await.location(), "/incident/case");
}

#[both_engines]
async fn whoever_was_trying_old_words_while_new_ones_were_given_stays_outside(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("none").await;
    let (number, code): (CaseNumber, _) = (reported.number.parse().unwrap(), vault::Code::parse(&reported.words).unwrap());
    let visit = vault::Visit::from_cookie(&browser.cookies["case"]).unwrap();
    let held = crate::report::find_held(&site.portal, &visit).await.unwrap().expect("the browser holds the case");
    let (desk, now) = (site.desk(), site.portal.now());
    let comer = Comer::of(&site.portal.keys, &Known::nobody(), "192.0.2.0/24", number, now);
    let opened = open(&site.portal, &desk, comer, number, &code).await.unwrap().unwrap();
    let words = new_words(&site, &reported.number, &crate::as_base64::encoded(held.key.expose())).await;
    assert_eq!(admit(&site.portal, comer, opened).await.unwrap().err(), Some(NotEntered::Wrong));
    let given = give(&site.portal, &desk.kdf, &held, REPORTER).await.unwrap();
    assert_eq!(given.err(), Some(NotGiven::Over), "nor are words given to a visit that has ended");
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM case_wraps WHERE kind = 'visit'")).await, 0);
    let new = browser.post("/incident/back", &[("number", &reported.number), ("words", &words)]).await;
    assert_eq!(new.location(), "/incident/case");
}

#[both_engines]
async fn slips_are_named_before_anything_is_tried(site: Site) {
    let reported = site.browser().reports("none").await;
    let mut browser = site.browser();
    let before = site.desk().kdf.derivations();
    let mut words: Vec<&str> = reported.words.split(' ').collect();
    words[2] = "ぱぴぷぺぽ";
    let unknown = browser.post("/incident/back", &[("number", &reported.number), ("words", &words.join(" "))]).await;
    assert!(unknown.body.contains("三つ目の言葉"), "{}", unknown.body);
    let short = browser.post("/incident/back", &[("number", "2026-1"), ("words", &reported.words)]).await;
    assert!(short.body.contains("番号は11桁です"));
    let last = reported.number.chars().last().unwrap().to_digit(10).unwrap();
    let wrong = format!("{}{}", &reported.number[..12], (last + 1) % 10);
    assert!(browser.post("/incident/back", &[("number", &wrong), ("words", &reported.words)]).await.body.contains("番号のどこかが違う"));
    assert_eq!(site.desk().kdf.derivations(), before);
}

#[both_engines]
async fn lost_words_are_replaced_by_a_call_back_and_two_people(site: Site) {
    let mut browser = site.browser();
    let reported = browser.reports("slower").await;
    let visit = vault::Visit::from_cookie(&browser.cookies["case"]).unwrap();
    let held = crate::report::find_held(&site.portal, &visit).await.unwrap().expect("the browser holds the case");
    // As the browser of a responder opens it by the key of the duty group.
    let key = crate::as_base64::encoded(held.key.expose());
    let path = format!("/desk/cases/{}/rebinding", reported.number);
    let mut first = site.signed_in("first@example.jp", Role::Responder).await;
    let mut second = site.signed_in("second@example.jp", Role::Responder).await;
    let approval = format!("{path}/approval");
    assert!(second.post(&approval, &[("case_key", &key)]).await.body.contains("確かめを待っている折り返しはありません"));
    assert_eq!(first.post(&path, &[("called", "")]).await.status, 422);
    assert_eq!(first.post(&path, &[("called", "名簿の代表番号にかけた")]).await.location(), path);
    assert!(first.post(&approval, &[("case_key", &key)]).await.body.contains("別の担当者が承認してください"));
    let other_key = crate::as_base64::encoded(vault::SecretKey::generate().expose());
    assert!(second.post(&approval, &[("case_key", &other_key)]).await.body.contains("鍵が開いていません"));
    let given = second.post(&approval, &[("case_key", &key)]).await;
    assert_eq!(given.status, 200);
    let words = read_out(&given.body);
    assert_eq!(browser.get("/incident/case").await.location(), "/incident/back?ended", "visits by the old words end");
    let old = browser.post("/incident/back", &[("number", &reported.number), ("words", &reported.words)]).await;
    assert!(old.body.contains("番号か言葉が違います"));
    let new = browser.post("/incident/back", &[("number", &reported.number), ("words", &words)]).await;
    assert_eq!(new.location(), "/incident/case");
    let trail: Vec<String> = site.all(db::sql!("SELECT action FROM case_entries WHERE action LIKE 'rebinding%' ORDER BY seq")).await;
    assert_eq!(trail, ["rebinding.asked", "rebinding.approved"]);
}
