//! A seat that comes free on the last day: offered, one after the other, with a time to answer.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use crate::site::Outcome::{Applied, Waiting};
use crate::site::{Answer, Form, Letter, Site, Visitor};

/// Executive 3 begins on 23 December at 17:00.
const ON_THE_DAY: &str = "2026-12-23T10:00+09:00";

/// One seat, which Tarō has; Hanako and Takako wait. On the day Tarō cancels, and his ten minutes pass.
async fn freed_on_the_day(site: &Site) -> (Visitor, Visitor, Vec<Letter>) {
    site.limit("R8/executive/3", 1, 5).await;
    let (mut taro, mut hanako, mut takako) = (site.visitor("見本 太郎"), site.visitor("見本 花子"), site.visitor("例示 髙子"));
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    assert_eq!(hanako.applies_for("R8/executive/3").await, Waiting(1));
    assert_eq!(takako.applies_for("R8/executive/3").await, Waiting(2));
    site.deliver().await;
    site.at(ON_THE_DAY);
    taro.cancels().await.is(StatusCode::OK);
    site.deliver().await;
    site.later(Span::minutes(10));
    let letters = about_offers(site).await;
    (hanako, takako, letters)
}

/// The mails that offer a seat or give one; reminders of the day are others' business.
async fn about_offers(site: &Site) -> Vec<Letter> {
    let is_it = |letter: &Letter| letter.subject.contains("空きが出ました") || letter.subject.contains("席が確定しました");
    site.deliver().await.into_iter().filter(is_it).collect()
}

async fn answers(visitor: &mut Visitor, what: &str) -> Answer {
    let page = visitor.get(&format!("{}/offer", visitor.application.clone())).await;
    let form: Form = page.is(StatusCode::OK).form("/offer").with("do", what);
    visitor.submit_and_open(&form).await
}

#[both_engines]
async fn on_the_last_day_a_free_seat_is_offered_to_whoever_waits_longest_and_is_theirs_by_one_tap(site: Site) {
    let (mut hanako, _, letters) = freed_on_the_day(&site).await;
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].to.as_str(), letters[0].has_entry()), ("hanako@example.jp", false), "nothing is in the calendar yet");
    assert!(letters[0].text.contains("12月23日（水）12:10までに"), "{}", letters[0].text);
    assert_eq!(hanako.outcome(&hanako.clone().own_page().await), Waiting(1), "nobody is given a seat unasked");

    // Opening the link changes nothing: mail scanners open links.
    let page = hanako.opens_link(&letters[0].link("/a/")).await;
    page.is(StatusCode::OK).shows("空きが出ました").shows("参加する").shows("辞退する");
    assert_eq!(site.session("R8/executive/3").await.waiting, 2);

    hanako.application = hanako.application.trim_end_matches("/offer").to_owned();
    let page = answers(&mut hanako, "take").await;
    page.is(StatusCode::OK).shows("席が確定しました");
    assert_eq!(hanako.outcome(&page), Applied);
    let letters = about_offers(&site).await;
    assert_eq!((letters.len(), letters[0].entry().method.as_str()), (1, "REQUEST"));
    let session = site.session("R8/executive/3").await;
    assert_eq!((session.taken, session.waiting), (1, 1));
}

#[both_engines]
async fn who_declines_leaves_the_list_and_the_next_one_is_asked_at_once(site: Site) {
    let (mut hanako, mut takako, _) = freed_on_the_day(&site).await;
    answers(&mut hanako, "decline").await.is(StatusCode::OK).shows("申し込みを取り消しました");
    let letters = about_offers(&site).await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "takako@example.jp"));
    takako.own_page().await.shows("空きが出ました").shows("参加するか辞退するかを選ぶ");
    let page = answers(&mut takako, "take").await;
    assert_eq!(takako.outcome(&page), Applied);
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
}

#[both_engines]
async fn who_does_not_answer_in_time_stays_on_the_list_and_the_next_one_is_asked(site: Site) {
    let (mut hanako, mut takako, _) = freed_on_the_day(&site).await;
    site.later(Span::micros(2 * 3_600_000_000 - 1));
    assert!(about_offers(&site).await.is_empty());
    site.later(Span::micros(1));
    let letters = about_offers(&site).await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, "takako@example.jp"));
    answers(&mut hanako, "take").await.is(StatusCode::CONFLICT).shows("席はほかの方に回りました").shows("キャンセル待ちは続いています");
    assert_eq!(hanako.outcome(&hanako.clone().own_page().await), Waiting(1));

    // Nobody else waits: whoever comes too late still gets a seat that is left.
    answers(&mut takako, "decline").await.is(StatusCode::OK);
    assert_eq!(site.session("R8/executive/3").await.taken, 0);
    let page = answers(&mut hanako, "take").await;
    assert_eq!(hanako.outcome(&page), Applied);
}

#[both_engines]
async fn an_offer_ends_at_the_latest_when_the_session_begins(site: Site) {
    site.limit("R8/executive/3", 1, 5).await;
    let (mut taro, mut hanako) = (site.visitor("見本 太郎"), site.visitor("見本 花子"));
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    assert_eq!(hanako.applies_for("R8/executive/3").await, Waiting(1));
    site.at("2026-12-23T16:00+09:00");
    taro.cancels().await.is(StatusCode::OK);
    site.later(Span::minutes(10));
    site.deliver().await;
    let form = hanako.get(&format!("{}/offer", hanako.application.clone())).await.form("/offer").with("do", "take");
    site.at("2026-12-23T17:00+09:00");
    hanako.submit(&form).await.is(StatusCode::CONFLICT).shows("開始時刻を過ぎたため");
    site.deliver().await;
    assert_eq!(site.session("R8/executive/3").await.taken, 0, "it is given back");
}

#[both_engines]
async fn until_a_day_before_the_beginning_seats_are_given_unasked_and_both_hours_can_be_set(site: Site) {
    site.limit("R8/executive/3", 1, 5).await;
    let (mut taro, mut hanako, mut takako) = (site.visitor("見本 太郎"), site.visitor("見本 花子"), site.visitor("例示 髙子"));
    taro.applies_for("R8/executive/3").await;
    hanako.applies_for("R8/executive/3").await;
    takako.applies_for("R8/executive/3").await;
    site.at("2026-12-22T16:49:59.999999+09:00");
    taro.cancels().await.is(StatusCode::OK);
    site.later(Span::minutes(10));
    site.deliver().await;
    assert_eq!(hanako.outcome(&hanako.clone().own_page().await), Applied, "a microsecond before 17:00 on the day before");

    site.write(async |tx, now| web::save_setting(tx, "waiting.ask_hours", "3", "test", now).await).await;
    site.at("2026-12-23T13:00+09:00");
    hanako.cancels().await.is(StatusCode::OK);
    site.later(Span::minutes(10));
    site.deliver().await;
    assert_eq!(takako.outcome(&takako.clone().own_page().await), Applied);
}
