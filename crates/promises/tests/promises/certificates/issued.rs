//! Whoever attended has one certificate, however often it is asked for.

use both_engines::both_engines;
use http::StatusCode;
use school::certificates::NotIssued;

use super::{AFTER, application_of, applied, attends, certified, did_not_attend};
use crate::site::{Site, Visitor};

#[both_engines]
async fn whoever_attended_gets_a_mail_and_a_pdf(site: Site) {
    let (mut takako, id, letter) = certified(&site, "例示 髙子").await;
    assert_eq!(letter.to, "takako@example.jp");
    assert!(letter.text.contains("R8-E3-000001") && letter.text.contains("例示 髙子 様"), "{}", letter.text);
    takako.get(&letter.link("/a/")).await.is(StatusCode::SEE_OTHER);
    let page = takako.get(&takako.application.clone()).await;
    page.is(StatusCode::OK).shows("受講証明書").shows("R8-E3-000001");
    let file = takako.get(&page.attributes("main a[href$='.pdf']", "href")[0]).await;
    file.is(StatusCode::OK);
    assert_eq!((file.header("content-type"), file.header("cache-control")), ("application/pdf", "no-store"));
    assert!(file.bytes.starts_with(b"%PDF-"));
    let again = takako.get(&format!("/certificates/{id}.pdf")).await;
    assert_eq!(again.bytes, file.bytes, "the same bytes for ever");
}

#[both_engines]
async fn attending_twice_brings_one_certificate(site: Site) {
    let (takako, id, _) = certified(&site, "例示 髙子").await;
    let again = attends(&site, application_of(&takako)).await.expect("it has a seat");
    assert_eq!((again.id, again.is_new), (id, false));
    assert!(site.deliver().await.is_empty(), "nothing new is told");
}

#[both_engines]
async fn whoever_cancelled_or_does_not_exist_gets_none(site: Site) {
    let mut taro = applied(&site, "見本 太郎", "R8/executive/3").await;
    taro.cancels().await;
    site.at(AFTER);
    assert_eq!(attends(&site, application_of(&taro)).await, Err(NotIssued::NoSeat));
    assert_eq!(attends(&site, school::trainings::application::ApplicationId::new(site.now())).await, Err(NotIssued::Unknown));
}

#[both_engines]
async fn a_file_is_its_owners_alone_and_looks_like_nothing_to_others(site: Site) {
    let (_, id, _) = certified(&site, "例示 髙子").await;
    let mut visitor = site.visitor("見本 太郎");
    let foreign = visitor.get(&format!("/certificates/{id}.pdf")).await;
    let missing = visitor.get(&format!("/certificates/{}.pdf", uuid::Uuid::from_u128(7))).await;
    assert_eq!(foreign.status, missing.status, "both ask to sign in");
    assert_ne!(foreign.status, StatusCode::OK);
}

#[both_engines]
async fn an_attendance_that_was_none_takes_its_certificate_back_and_a_new_one_can_follow(site: Site) {
    let (takako, id, letter) = certified(&site, "例示 髙子").await;
    did_not_attend(&site, application_of(&takako)).await;
    let told = site.deliver().await;
    assert!(told[0].subject.contains("使えなくなりました") && told[0].text.contains("受講の記録が訂正されたため"), "{}", told[0].text);
    Visitor::get(&mut site.visitor("見本 太郎"), &letter.link("/verify/")).await.shows("失効");
    let again = attends(&site, application_of(&takako)).await.expect("it has a seat");
    assert!(again.is_new && again.id != id);
    assert!(site.deliver().await[0].text.contains("R8-E3-000002"), "no number is given twice");
}

#[both_engines]
async fn the_last_part_of_a_series_brings_the_certificate_of_completion(site: Site) {
    let mut applications = Vec::new();
    for part in 1..=7 {
        let session = site.session(&format!("R8/admin/{part}")).await.id;
        site.write(async move |tx, now| {
            let open = db::sql!(
                "UPDATE sessions SET opens_at = $2, closes_at = NULL, day = '2026-12-25', starts_at = NULL, ends_at = NULL WHERE id = $1"
            );
            tx.run(open, &[session.into(), now.into()]).await.map(|_| ())
        })
        .await;
        applications.push(application_of(&applied(&site, "例示 髙子", &format!("R8/admin/{part}")).await));
    }
    site.at("2026-12-26T10:00+09:00");
    for (n, application) in applications.iter().enumerate() {
        let issued = attends(&site, *application).await.expect("it has a seat");
        assert_eq!(issued.series.is_some(), n == 6, "part {}", n + 1);
    }
    let letters = site.deliver().await;
    assert_eq!(letters.len(), 8, "seven parts and the whole");
    assert!(letters.iter().any(|letter| letter.subject.contains("修了証") && letter.text.contains("R8-A-000001")));
    did_not_attend(&site, applications[0]).await;
    assert_eq!(site.deliver().await.len(), 2, "the whole rests on its parts");
}
