//! What changes between the form, its confirmation and what comes after.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::Outcome::{Applied, Refused, Waiting};
use crate::site::{Site, instant};

async fn moves_session(site: &Site, address: &str, starts: &str) {
    let (id, starts) = (site.session(address).await.id, instant(starts));
    site.write(async move |tx, _| {
        let change = db::sql!("UPDATE sessions SET day = $2, starts_at = $3, ends_at = $4 WHERE id = $1");
        tx.run(change, &[id.into(), starts.day().into(), starts.into(), starts.plus(kernel::Span::hours(1)).into()]).await?;
        tx.public_changed().await
    })
    .await;
}

#[both_engines]
async fn who_confirms_a_day_that_has_changed_is_asked_again(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let confirm = taro.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    moves_session(&site, "R8/executive/3", "2026-12-24T15:00+09:00").await;

    let page = taro.submit(&confirm).await;
    page.is(StatusCode::CONFLICT)
        .shows("開催の日時が変わりました")
        .shows("まだ申し込んでいません")
        .shows("15:00～16:00")
        .shows("見本 太郎");
    assert_eq!(site.session("R8/executive/3").await.taken, 0);
    assert_eq!(taro.confirms(&page.form("/confirmation")).await, Applied);
    taro.own_page().await.shows("2026年12月24日（木）15:00～16:00");
    assert_eq!(site.session("R8/executive/3").await.taken, 1);
}

#[both_engines]
async fn who_confirms_a_session_that_was_cancelled_is_told_and_keeps_what_was_typed(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let confirm = taro.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap();
    let id = site.session("R8/executive/3").await.id;
    site.write(async move |tx, now| {
        tx.run(db::sql!("UPDATE sessions SET cancelled_at = $2 WHERE id = $1"), &[id.into(), now.into()]).await?;
        tx.public_changed().await
    })
    .await;
    let page = taro.submit(&confirm).await;
    page.is(StatusCode::CONFLICT).shows("この回は中止になりました");
    assert_eq!(page.form("/apply/R8/executive/4").value("family"), "見本");
}

#[both_engines]
async fn a_seat_that_goes_meanwhile_becomes_a_place_in_the_queue_and_then_a_refusal_that_loses_nothing(site: Site) {
    site.limit("R8/executive/3", 1, 1).await;
    let mut people = ["見本 太郎", "見本 花子", "例示 髙子"].map(|name| site.visitor(name));
    let mut forms = Vec::new();
    for person in &mut people {
        forms.push(person.confirmation("R8/executive/3").await.map_err(|page| page.text()).unwrap());
    }
    let [taro, hanako, takako] = &mut people;
    assert_eq!(taro.confirms(&forms[0]).await, Applied);
    assert_eq!(hanako.confirms(&forms[1]).await, Waiting(1));
    hanako.own_page().await.shows("キャンセル待ち");
    let page = takako.submit(&forms[2]).await;
    page.is(StatusCode::CONFLICT).shows("定員に達しました").shows("入力した内容は残っています");
    let form = takako.submit(&page.form("/apply/R8/executive/4")).await.form("/apply/R8/executive/4");
    assert_eq!((form.value("family"), form.value("email")), ("例示", "takako@example.jp"));
    assert_eq!(takako.confirms(&forms[2]).await, Refused("定員に達しました".into()), "and again the same");
}

#[both_engines]
async fn the_confirmation_opened_again_after_success_applies_for_nothing_more(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    let form = taro.fills_in("R8/executive/3").await;
    let confirm = taro.submit(&form).await.form("/confirmation");
    assert_eq!(taro.confirms(&confirm).await, Applied);
    let own = taro.application.clone();

    // Back twice, and forward again: the browser sends the first form once more.
    let again = taro.submit(&form).await.is(StatusCode::OK).form("/confirmation");
    assert_eq!(taro.submit(&again).await.location().split('?').next(), Some(own.as_str()));
    // The address of the confirmation, typed or reloaded, or in the other language.
    let back = taro.get("/apply/R8/executive/3/confirmation").await;
    assert_eq!(back.is(StatusCode::SEE_OTHER).location(), "/apply/R8/executive/3");
    let english = taro.get("/en/apply/R8/executive/3/confirmation").await;
    assert_eq!(english.is(StatusCode::SEE_OTHER).location(), "/en/apply/R8/executive/3");
    assert_eq!((site.session("R8/executive/3").await.taken, site.deliver().await.len()), (1, 1));
}

#[both_engines]
async fn two_tabs_with_two_changes_of_mind_end_in_one_of_them(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    assert_eq!(taro.applies_for("R8/executive/3").await, Applied);
    let change = taro.get(&format!("{}/move", taro.application)).await.form("/move").choose_saying("session", "第4回");
    taro.cancels().await.is(StatusCode::OK);
    taro.submit(&change).await.is(StatusCode::CONFLICT).shows("取り消");
    let undo = taro.own_page().await.form("/restoration");
    taro.submit(&undo).await.is(StatusCode::SEE_OTHER);
    taro.submit(&change.with("key", "")).await.is(StatusCode::SEE_OTHER);
    assert_eq!((site.session("R8/executive/3").await.taken, site.session("R8/executive/4").await.taken), (0, 1));
}
