//! A list of more than a thousand people leaves the portal only with a second person's word (rule 23).

use access::Role;
use both_engines::both_engines;
use db::{Tx, sql};
use http::StatusCode;
use kernel::{Span, Timestamp};

use super::staff::{staff, staff_called};
use crate::site::{Answer, Site, Visitor};

pub(super) const SESSION: &str = "R8/executive/3";
/// One more than may be taken alone.
pub(super) const PEOPLE: i64 = 1_001;

/// So many have applied for the session, a few of them from hospitals.
pub(super) async fn crowd(site: &Site) {
    let session = site.session(SESSION).await.id;
    site.write(async move |tx: &mut Tx<'_>, now: Timestamp| {
        let person = sql!(
            "INSERT INTO persons (id, key, email, family, given, family_kana, given_kana, known_since)
             VALUES ($1, $2, $3, '見本', $2, 'ミホン', 'タロウ', $4)"
        );
        let application = sql!(
            "INSERT INTO applications (id, session, person, number, place, organization_name, organization_kind, prefecture, job,
                 question, lang, search, applied_at)
             VALUES ($1, $2, $1, $3, 'seat', '見本医院', $4, '13', 'clinical', '', 'ja', 'みほん', $5)"
        );
        for number in 1..=PEOPLE {
            let id = now.uuid();
            let (name, kind) = (format!("{number}番"), if number <= 10 { "hospital" } else { "clinic" });
            tx.run(person, &[id.into(), name.as_str().into(), format!("n{number}@example.jp").into(), now.into()]).await?;
            tx.run(application, &[id.into(), session.into(), number.into(), kind.into(), now.into()]).await?;
        }
        Ok(())
    })
    .await;
}

async fn export_page(site: &Site, who: &mut Visitor, query: &str) -> Answer {
    let path = format!("/staff/sessions/{}/export{query}", site.session(SESSION).await.id);
    who.get(&path).await
}

/// Asks for the whole list, and gives the address of the request.
async fn asks(site: &Site, who: &mut Visitor) -> String {
    let form = export_page(site, who, "").await.form("/export").choose("format", "csv").fill("reason", "会場の受付名簿にするため");
    let asked = who.submit(&form).await;
    asked.is(StatusCode::SEE_OTHER);
    asked.location().split('?').next().expect("a path").to_owned()
}

#[both_engines]
async fn a_list_of_more_than_a_thousand_people_leaves_with_a_second_persons_word(site: Site) {
    crowd(&site).await;
    let mut clerk = staff(&site, Role::Secretariat).await;
    let page = export_page(&site, &mut clerk, "").await;
    page.is(StatusCode::OK).shows("1001名を書き出します").shows("もう一人の承認が必要です").shows("24時間以内");
    let form = page.form("/export").choose("format", "csv");
    clerk.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("書き出す目的を入力してください");
    let path = asks(&site, &mut clerk).await;
    clerk.get(&path).await.is(StatusCode::OK).shows("ほかの担当者の承認を待っています");
    assert!(clerk.get(&path).await.find_form("/decision").is_none(), "nobody decides about their own");

    let mut colleague = staff_called(&site, "kumiko", Role::Secretariat).await;
    colleague.get("/staff").await.shows("書き出しの承認待ち");
    let page = colleague.get("/staff/exports").await;
    page.is(StatusCode::OK).shows("経営者向け").shows("第3回").shows("会場の受付名簿にするため").shows("承認待ち");
    let page = colleague.get(&path).await;
    page.shows("jimukyoku@example.jp").shows("1001名");
    assert!(page.find_form("/file").is_none(), "the list is taken by who asked for it");
    let form = page.form("/decision").with("decision", "approved");
    colleague.submit_and_open(&form).await.shows("承認しました").shows("申請した人は");
    colleague.get("/staff").await.hides("書き出しの承認待ち");

    let page = clerk.get(&path).await;
    page.shows("承認済み").shows("kumiko@example.jp");
    let file = clerk.submit(&page.form("/file")).await;
    file.is(StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(file.body().lines().count(), 1 + 1_001, "everybody and the headings");
    let trail = staff(&site, Role::Auditor).await.get("/staff/audit").await;
    trail.shows("申込者の書き出し").shows("書き出しの承認").shows("書き出しの申請");

    // After a day it takes another request.
    site.later(Span::hours(25));
    let mut clerk = staff(&site, Role::Secretariat).await;
    let late = clerk.get(&path).await;
    late.shows("書き出し済み");
    assert!(late.find_form("/file").is_none());
    // The form of the page that stood open, with the token of the new sign-in.
    let other = clerk.get("/staff/plans/new").await.form("/staff/plans");
    let refused = clerk.submit(&page.form("/file").without("token").with("token", other.value("token"))).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("もう判断・取り下げ・書き出しができません");
}

#[both_engines]
async fn nobody_agrees_to_their_own_export(site: Site) {
    crowd(&site).await;
    let mut clerk = staff(&site, Role::Secretariat).await;
    let path = asks(&site, &mut clerk).await;
    let mut colleague = staff_called(&site, "kumiko", Role::Secretariat).await;
    let form = colleague.get(&path).await.form("/decision").with("decision", "approved");
    // The same form, sent by who asked.
    let token = clerk.get(&path).await.form("/withdrawal").value("token").to_owned();
    let own = clerk.submit(&form.without("token").with("token", &token)).await;
    own.is(StatusCode::UNPROCESSABLE_ENTITY).shows("自分の申請は承認できません");
    let taken = clerk.get(&path).await;
    taken.shows("承認待ち");
    assert!(taken.find_form("/file").is_none());
}

#[both_engines]
async fn a_refusal_says_why_and_a_request_can_be_withdrawn(site: Site) {
    crowd(&site).await;
    let mut clerk = staff(&site, Role::Secretariat).await;
    let path = asks(&site, &mut clerk).await;
    let mut ministry = staff(&site, Role::Ministry).await;
    let form = ministry.get(&path).await.form("/decision").with("decision", "refused");
    ministry.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("却下する理由を入力してください");
    ministry.submit_and_open(&form.fill("remark", "受付には席が確定した方だけで足ります")).await.shows("却下しました");
    clerk.get(&path).await.shows("却下されました").shows("受付には席が確定した方だけで足ります");

    let path = asks(&site, &mut clerk).await;
    let form = ministry.get(&path).await.form("/decision").with("decision", "approved");
    let page = clerk.get(&path).await;
    clerk.submit_and_open(&page.form("/withdrawal")).await.shows("申請を取り下げました").shows("取り下げ");
    ministry.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("もう判断・取り下げ・書き出しができません");

    // One that nobody answers ends by itself.
    let path = asks(&site, &mut clerk).await;
    site.later(Span::days(8));
    let mut clerk = staff(&site, Role::Secretariat).await;
    clerk.get(&path).await.shows("期限切れ");
}

#[both_engines]
async fn a_part_of_a_long_list_that_is_short_enough_asks_nobody(site: Site) {
    crowd(&site).await;
    let mut clerk = staff(&site, Role::Secretariat).await;
    let page = export_page(&site, &mut clerk, "?kind=hospital").await;
    page.shows("10名を書き出します").hides("もう一人の承認が必要です");
    let file = clerk.submit(&page.form("/export?kind=hospital").choose("format", "csv")).await;
    assert_eq!(file.is(StatusCode::OK).body().lines().count(), 1 + 10);
    clerk.get("/staff/exports").await.shows("申請はまだありません");
}
