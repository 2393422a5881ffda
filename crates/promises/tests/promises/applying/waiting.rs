//! The waiting list: joined in order, left in peace, and served first come first served.

use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use crate::site::Outcome::{Applied, Refused, Waiting};
use crate::site::Site;

#[both_engines]
async fn a_full_session_has_a_waiting_list_and_a_full_waiting_list_says_so(site: Site) {
    site.limit("R8/executive/3", 1, 2).await;
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    assert_eq!(site.visitor("見本 花子").applies_for("R8/executive/3").await, Waiting(1));
    assert_eq!(site.visitor("例示 髙子").applies_for("R8/executive/3").await, Waiting(2));
    assert_eq!(site.visitor("試験 﨑男").applies_for("R8/executive/3").await, Refused("定員に達しました".into()));

    let letters = site.deliver().await;
    assert_eq!(letters.len(), 3);
    let to_hanako = letters.iter().find(|letter| letter.to == "hanako@example.jp").unwrap();
    assert!(to_hanako.subject.contains("キャンセル待ち"), "{}", to_hanako.subject);
    assert!(!to_hanako.has_entry(), "who waits has nothing in the calendar yet");
}

#[both_engines]
async fn a_seat_that_comes_free_goes_to_whoever_waits_longest_after_the_ten_minutes(site: Site) {
    site.limit("R8/executive/3", 1, 3).await;
    let mut taro = site.visitor("見本 太郎");
    let mut hanako = site.visitor("見本 花子");
    let mut takako = site.visitor("例示 髙子");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    assert_eq!(hanako.applies_for("R8/executive/3").await, Waiting(1));
    assert_eq!(takako.applies_for("R8/executive/3").await, Waiting(2));
    taro.cancels().await;
    site.deliver().await;

    site.later(Span::micros(10 * 60_000_000 - 1));
    assert!(site.deliver().await.is_empty());
    assert_eq!(hanako.outcome(&hanako.clone().own_page().await), Waiting(1), "the seat is held for the one who may think again");

    site.later(Span::micros(1));
    assert_eq!(site.visitor("試験 﨑男").applies_for("R8/executive/3").await, Waiting(3), "no newcomer slips in between");
    let letters: Vec<_> = site.deliver().await.into_iter().filter(|letter| letter.to != "sakio@example.jp").collect();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "hanako@example.jp");
    assert_eq!(letters[0].entry().method, "REQUEST");
    assert_eq!(hanako.outcome(&hanako.clone().own_page().await), Applied);
    assert_eq!(takako.outcome(&takako.clone().own_page().await), Waiting(1));
    let session = site.session("R8/executive/3").await;
    assert_eq!((session.taken, session.waiting), (1, 2));
}

#[both_engines]
async fn who_leaves_the_waiting_list_lets_the_others_move_up(site: Site) {
    site.limit("R8/executive/3", 1, 5).await;
    let mut hanako = site.visitor("見本 花子");
    let mut takako = site.visitor("例示 髙子");
    site.visitor("見本 太郎").applies_for("R8/executive/3").await;
    hanako.applies_for("R8/executive/3").await;
    takako.applies_for("R8/executive/3").await;
    hanako.own_page().await.shows("キャンセル待ちをやめる");
    hanako.cancels().await.is(StatusCode::OK);
    assert_eq!(takako.outcome(&takako.clone().own_page().await), Waiting(1));

    hanako.undoes().await;
    assert_eq!(hanako.outcome(&hanako.clone().own_page().await), Waiting(1), "who thinks again has the old place");
    assert_eq!(takako.outcome(&takako.clone().own_page().await), Waiting(2));

    hanako.cancels().await;
    site.later(Span::minutes(10));
    site.deliver().await;
    let session = site.session("R8/executive/3").await;
    assert_eq!((session.taken, session.waiting), (1, 1));
}

#[both_engines]
async fn a_move_away_passes_the_seat_on_at_once(site: Site) {
    site.limit("R8/executive/3", 1, 5).await;
    let mut taro = site.visitor("見本 太郎");
    let mut hanako = site.visitor("見本 花子");
    taro.applies_for("R8/executive/3").await;
    hanako.applies_for("R8/executive/3").await;
    taro.moves_to("第5回").await.is(StatusCode::OK);
    assert_eq!(hanako.outcome(&hanako.clone().own_page().await), Applied);
}
