//! Participants about whom a person has to decide: nobody is present by a guess.

use both_engines::both_engines;
use http::StatusCode;

use super::{Held, PEOPLE};
use crate::site::Site;

const FILE: &str = "名前,メール,参加時刻,退出時刻\n\
    例示 髙子,,2026/12/23 17:00,2026/12/23 18:00\n\
    iPad,,2026/12/23 17:00,2026/12/23 18:00\n\
    通りすがり 見本,passer@example.jp,2026/12/23 17:00,2026/12/23 18:00\n";

async fn queued(site: Site) -> Held {
    let mut held = Held::on(site).await;
    let preview = held.sends("list.csv", FILE.as_bytes()).await;
    let queue = held.office.submit_and_open(&preview.form(&preview.path)).await;
    queue.shows("確認待ち 3").shows("iPad").shows("候補：例示 髙子").shows("通りすがり 見本");
    held
}

/// The address of a participant.
async fn participant(held: &mut Held, name: &str, pile: &str) -> String {
    let queue = held.page(&format!("/queue?pile={pile}")).await;
    let (names, links) = (queue.texts(".who b"), queue.attributes(".who b a", "href"));
    links[names.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name} is not in {names:?}"))].clone()
}

#[both_engines]
async fn a_participant_counts_for_nobody_until_somebody_decides_and_every_decision_can_be_taken_back(site: Site) {
    let mut held = queued(site).await;
    for name in PEOPLE {
        assert!(held.why(name).await.contains("60分中0分"), "{name}");
    }
    let ipad = participant(&mut held, "iPad", "").await;
    let found = held.office.get(&format!("{ipad}?q=%EF%A8%91%E7%94%B7")).await;
    let form = found.is(StatusCode::OK).form(&ipad).choose_saying("application", "試験 﨑男").with("do", "applicant");
    held.office.submit_and_open(&form).await.shows("1件を決めました");
    assert!(held.why("試験 﨑男").await.contains("60分中60分"), "{}", held.why("試験 﨑男").await);

    let page = held.office.get(&ipad).await;
    page.shows("試験 﨑男");
    held.decides(&page, &ipad, &[("do", "open")]).await;
    assert!(held.why("試験 﨑男").await.contains("60分中0分"), "taken back");

    let page = held.office.get(&ipad).await;
    held.decides(&page, &ipad, &[("do", "stranger")]).await;
    held.page("/queue?pile=settled").await.shows("申込者ではない").shows("iPad");
    let page = held.office.get(&ipad).await;
    let form = page.form(&ipad).with("do", "applicant");
    held.office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("申込者を選んでください");
}

#[both_engines]
async fn several_are_decided_as_suggested_at_once(site: Site) {
    let mut held = queued(site).await;
    let queue = held.page("/queue").await;
    let ids = queue.attributes("input[name=id]", "value");
    let form = ids.iter().fold(queue.form("/queue"), |form, id| form.with_another("id", id)).with("do", "suggested");
    held.office.submit_and_open(&form).await.shows("1件を決めました").shows("確認待ち 2");
    assert!(held.why("例示 髙子").await.contains("60分中60分"));
}

#[both_engines]
async fn who_may_be_in_the_queue_is_not_called_absent_and_is_decided_when_found(site: Site) {
    let mut held = queued(site).await;
    held.page("/closing").await.shows("確認中").shows("どなたのものか分からない記録が3件残っています");
    held.closes().await.shows("4名に結果をメールでお知らせします");
    assert_eq!(held.site.deliver().await.len(), 4, "whoever is still looked for is told later");
    held.page("?state=review").await.shows("例示 髙子").hides("見本 太郎");

    let takako = participant(&mut held, "例示 髙子", "").await;
    let page = held.office.get(&takako).await;
    page.shows("出席は締めています");
    let form = page.form(&takako).choose_saying("application", "例示 髙子").with("do", "applicant");
    held.office.submit_and_open(&form).await.is(StatusCode::OK);
    held.page("?state=present").await.shows("例示 髙子");
    let letters = held.site.deliver().await;
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["takako@example.jp"]);
    assert!(letters[0].subject.contains("【出席】"), "{}", letters[0].subject);
}
