//! Coming back by number and words.

use access::Role;
use both_engines::both_engines;
use kernel::Span;

use crate::testing::Site;

/// Words of the list that belong together, and to no case.
fn other_words() -> String {
    vault::Code::generate().words().join(" ")
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
    let unknown = crate::cases::CaseNumber::new(2026, 777_777).unwrap().to_string();
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
async fn ten_tries_an_hour_and_the_right_words_wait_too(site: Site) {
    let reported = site.browser().reports("none").await;
    let unknown = crate::cases::CaseNumber::new(2026, 777_777).unwrap().to_string();
    let mut refused = Vec::new();
    for number in [&reported.number, &unknown] {
        for _ in 0..10 {
            let answer = site.browser().post("/incident/back", &[("number", number), ("words", &other_words())]).await;
            assert!(answer.body.contains("番号か言葉が違います"));
        }
        let before = site.desk().kdf.derivations();
        let eleventh = site.browser().post("/incident/back", &[("number", number), ("words", &reported.words)]).await;
        assert!(eleventh.body.contains("1時間に10回まで") && eleventh.status == 422);
        assert_eq!(site.desk().kdf.derivations(), before, "no work is done any more");
        refused.push(eleventh.body);
    }
    assert_eq!(refused[0], refused[1], "also here nobody learns which numbers there are");
    site.clock.advance(Span::hours(1));
    let answer = site.browser().post("/incident/back", &[("number", &reported.number), ("words", &reported.words)]).await;
    assert_eq!(answer.location(), "/incident/case");
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
    let page = scraper::Html::parse_document(&given.body);
    let bold = scraper::Selector::parse("ol b").unwrap();
    let words: Vec<String> = page
        .select(&bold)
        .map(|word| word.text().collect::<String>().split_once('：').expect("an ordinal, then the word").1.to_owned())
        .collect();
    assert_eq!(browser.get("/incident/case").await.location(), "/incident/back?ended", "visits by the old words end");
    let old = browser.post("/incident/back", &[("number", &reported.number), ("words", &reported.words)]).await;
    assert!(old.body.contains("番号か言葉が違います"));
    let new = browser.post("/incident/back", &[("number", &reported.number), ("words", &words.join(" "))]).await;
    assert_eq!(new.location(), "/incident/case");
    let trail: Vec<String> = site.all(db::sql!("SELECT action FROM case_entries WHERE action LIKE 'rebinding%' ORDER BY seq")).await;
    assert_eq!(trail, ["rebinding.asked", "rebinding.approved"]);
}
