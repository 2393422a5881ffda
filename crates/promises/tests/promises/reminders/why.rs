//! Why somebody was, or was not, written to: on the page of the secretariat and on their own.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use super::{SESSION, days_from, deliver_at, plan, starts};
use crate::office::staff;
use crate::site::Site;

#[both_engines]
async fn each_page_says_what_was_sent_what_will_be_and_what_will_not(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let begins = starts(&site).await;
    taro.own_page().await.shows("お送りしたメール").shows("開始の7日前の8:00").shows("アンケートに答えていなければ送ります");

    deliver_at(&site, days_from(begins, -7, 8)).await;
    taro.own_page().await.shows("8:00に送信しました");

    // Who applies after it has gone out has not missed it by a mistake.
    let closes = site.session(SESSION).await.closes_at.expect("a deadline");
    if site.now() < closes {
        let mut hanako = site.visitor("見本 花子");
        hanako.applies_for(SESSION).await;
        hanako.own_page().await.shows("送る時刻のあとに申し込まれたためです");
    }

    let staff_page = format!("/staff{}", taro.application.replace("/applications/", "/applicants/"));
    let mut office = staff(&site, Role::Secretariat).await;
    office.get(&staff_page).await.is(StatusCode::OK).shows("8:00に送信しました").shows("開始の60分前");
    taro.cancels().await;
    office.get(&staff_page).await.shows("取り消し済みのためです").shows("8:00に送信しました");
}

#[both_engines]
async fn what_came_back_is_said_with_its_reason(site: Site) {
    let mut taro = site.visitor("見本 太郎");
    taro.applies_for(SESSION).await;
    site.deliver().await;
    plan(&site).await;
    let begins = starts(&site).await;
    let told = deliver_at(&site, days_from(begins, -7, 8)).await;
    let id: journal::MailId =
        told[0].message_id.trim_start_matches('<').split('@').next().expect("an id").parse().expect("it is that of the outbox");
    site.later(Span::minutes(5));
    site.write(async move |tx, now| {
        assert!(journal::outbox::bounced(tx, id, "bounce-5.1.1", now).await?);
        Ok(())
    })
    .await;
    taro.own_page().await.shows("届いていません（").shows("不達：宛先不明）");
}
