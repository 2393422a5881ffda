//! 「出席の記録について申し出る」: received, answered, and where it is right, put right.

use both_engines::both_engines;
use http::StatusCode;

use super::{Held, SESSION};
use crate::site::{Site, Visitor};

async fn writes(held: &Held, words: &str) -> Visitor {
    let mut sakio = held.site.visitor("試験 﨑男");
    let letters = held.site.deliver().await;
    let letter = letters.iter().find(|letter| letter.to == "sakio@example.jp").expect("he was told");
    sakio.opens_link(&letter.link("/a/")).await.shows("欠席");
    let path = format!("{}/attendance", sakio.application);
    let form = sakio.get(&path).await.is(StatusCode::OK).form("/attendance");
    sakio.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("お申し出の内容を");
    sakio.submit_and_open(&form.fill("body", words)).await.shows("お申し出を受け付けました").shows(words);
    sakio
}

#[both_engines]
async fn an_objection_is_received_waits_and_is_answered_by_mail(site: Site) {
    let mut held = Held::on(site).await;
    held.brings_in("zoom-meeting-en.csv").await;
    held.closes().await;
    let words = "iPadという名前で、最初から参加していました。";
    let mut sakio = writes(&held, words).await;
    let letters = held.site.deliver().await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].subject.contains("お申し出を受け付けました"), "{}", letters[0].subject);
    let again = format!("{}/attendance", sakio.application);
    assert!(sakio.get(&again).await.find_form("/attendance").is_none(), "one at a time");

    held.office.get("/staff").await.shows("1 出席についての申し出");
    let list = held.office.get("/staff/attendance/objections").await;
    list.shows("試験 﨑男").shows("iPadという名前で");
    let link = list.attributes(".who b a", "href")[0].clone();
    let page = held.office.get(&link).await;
    page.shows(words).shows("60分中30分参加（基準45分以上）：欠席");
    let form = page.form(&link).choose("mark", "present").fill("answer", "記録を確かめ、訂正しました。");
    let preview = held.office.submit(&form.with("do", "check")).await;
    preview.is(StatusCode::OK).shows("まだ送っていません").shows("記録を確かめ、訂正しました。").shows("出席の記録を「出席」にします");
    assert!(held.site.deliver().await.is_empty());
    let send = preview.form(&link).with("do", "send");
    held.office.submit_and_open(&send).await.shows("メールでお答えしました").shows("未回答 0");

    let letters = held.site.deliver().await;
    assert_eq!(letters.len(), 1, "the answer says it all");
    assert!(
        letters[0].text.contains("記録を確かめ、訂正しました。") && letters[0].text.contains("「出席」としました"),
        "{}",
        letters[0].text
    );
    sakio.own_page().await.shows("：出席").shows("ご本人の申し出");
    sakio.get(&again).await.shows("記録を確かめ、訂正しました。");
}

#[both_engines]
async fn nobody_objects_before_the_end_or_to_what_is_somebody_elses(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for(SESSION).await;
    let path = format!("{}/attendance", taro.application);
    taro.get(&path).await.is(StatusCode::SEE_OTHER);
    site.at(super::AFTER);
    taro.get(&path).await.is(StatusCode::OK);
    let mut hanako = site.visitor("見本 花子");
    hanako.applies_for("R8/executive/4").await;
    hanako.get(&path).await.is(StatusCode::SEE_OTHER);
}
