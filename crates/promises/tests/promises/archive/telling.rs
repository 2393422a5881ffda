//! Whoever missed a session, and whoever asked, is told once that recordings are there: one mail for all of them.

use both_engines::both_engines;
use http::StatusCode;

use super::{Office, film, open_now};
use crate::site::{Letter, Site};

async fn publishes(site: &Site, session: &str) {
    let mut office = Office::on(site, session).await;
    office.sends("a.mp4", &film(60, session.len())).await.is(StatusCode::OK);
    office.captions(super::CAPTIONS).await.is(StatusCode::OK);
    office.publishes().await.is(StatusCode::OK);
}

/// Two apply for two sessions, one more asks to be told; both sessions are over.
async fn two_sessions(site: &Site) {
    let (mut taro, mut hanako) = (site.visitor("見本 太郎"), site.visitor("見本 花子"));
    taro.applies_for("R8/executive/3").await;
    taro.applies_for("R8/executive/4").await;
    hanako.applies_for("R8/executive/3").await;
    hanako.cancels().await;
    site.deliver().await;
    let ended = site.session("R8/executive/4").await.ends_at.expect("an end");
    site.at(&ended.plus(kernel::Span::hours(20)).rfc3339());
}

fn about_films(letters: Vec<Letter>) -> Vec<Letter> {
    letters.into_iter().filter(|letter| letter.subject.contains("録画を公開しました")).collect()
}

#[both_engines]
async fn one_mail_tells_of_all_recordings_and_nobody_is_told_twice(site: Site) {
    two_sessions(&site).await;
    publishes(&site, "R8/executive/3").await;
    publishes(&site, "R8/executive/4").await;
    assert!(about_films(site.deliver().await).is_empty(), "nothing is open yet");
    open_now(&site, "R8").await;
    site.later(kernel::Span::hours(12));
    let told = about_films(site.deliver().await);
    assert_eq!(told.len(), 1, "{:?}", told.iter().map(|letter| &letter.to).collect::<Vec<_>>());
    assert_eq!((told[0].to.as_str(), told[0].subject.as_str()), ("taro@example.jp", "録画を公開しました（2件）"));
    assert!(told[0].text.contains("録画で受講できます"), "{}", told[0].text);
    assert_eq!(told[0].links("/a/").len(), 2);
    let mut reader = site.visitor("見本 太郎");
    let page = reader.open(&told[0].links("/a/")[0]).await;
    page.is(StatusCode::OK).shows("受講の記録");

    publishes(&site, "R8/executive/2").await;
    open_now(&site, "R8").await;
    site.later(kernel::Span::hours(24));
    assert!(about_films(site.deliver().await).is_empty(), "told once");
}

#[both_engines]
async fn whoever_asked_is_told_once_even_without_an_application(site: Site) {
    let mut takako = site.visitor("例示 髙子");
    let form = takako
        .get("/tell-me/executive?about=archive")
        .await
        .is(StatusCode::OK)
        .form("/tell-me/executive")
        .fill("email", "takako@example.jp");
    takako.submit(&form).await;
    site.deliver().await;
    two_sessions(&site).await;
    publishes(&site, "R8/executive/3").await;
    open_now(&site, "R8").await;
    site.later(kernel::Span::hours(12));
    let told = about_films(site.deliver().await);
    assert_eq!(told.len(), 2, "one for the absentee, one for her");
    let hers = told.iter().find(|letter| letter.to == "takako@example.jp").expect("hers came");
    assert!(hers.text.contains("/archive/R8/executive/3"), "{}", hers.text);
    assert!(!hers.links("/tell-me/end/").is_empty(), "it can be ended");
    site.later(kernel::Span::hours(24));
    assert!(about_films(site.deliver().await).is_empty());
}

#[both_engines]
async fn whoever_wants_no_such_mails_gets_none(site: Site) {
    two_sessions(&site).await;
    publishes(&site, "R8/executive/3").await;
    open_now(&site, "R8").await;
    site.later(kernel::Span::hours(12));
    let told = about_films(site.deliver().await);
    let end = told[0].link("/archive-notices/end/");
    let mut taro = site.visitor("見本 太郎");
    let page = taro.get(&end).await;
    page.is(StatusCode::OK).shows("お知らせをやめる");
    taro.submit(&page.form(&end)).await.shows("録画のお知らせをやめました");
    publishes(&site, "R8/executive/4").await;
    site.later(kernel::Span::hours(24));
    assert!(about_films(site.deliver().await).is_empty());
    site.get("/archive-notices/end/nonsense.x").await.is(StatusCode::OK).shows("このリンクは使えません");
}

#[both_engines]
async fn whoever_was_there_or_at_another_date_of_the_same_contents_is_not_told(site: Site) {
    let (mut taro, mut hanako, mut takako) = (site.visitor("見本 太郎"), site.visitor("見本 花子"), site.visitor("例示 髙子"));
    for (visitor, session) in [(&mut taro, "R8/executive/3"), (&mut hanako, "R8/executive/3"), (&mut takako, "R8/executive/3")] {
        visitor.applies_for(session).await;
    }
    let (missed, attended) = (taro.application.clone(), hanako.application.clone());
    taro.applies_for("R8/executive/4").await;
    let other = taro.application.clone();
    site.deliver().await;
    let ended = site.session("R8/executive/4").await.ends_at.expect("an end");
    site.at(&ended.plus(kernel::Span::hours(20)).rfc3339());
    publishes(&site, "R8/executive/3").await;
    let verdicts = [(missed, "absent"), (attended, "present"), (takako.application.clone(), "absent"), (other, "present")];
    site.write(async move |tx, now| {
        for (application, verdict) in &verdicts {
            let id: kernel::Uuid = application.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
            let decide = db::sql!(
                "INSERT INTO attendances (application, session, verdict, decided_at) SELECT id, session, $2, $3 FROM applications WHERE id = $1"
            );
            tx.run(decide, &[id.into(), (*verdict).into(), now.into()]).await?;
        }
        Ok(())
    })
    .await;
    open_now(&site, "R8").await;
    site.later(kernel::Span::hours(12));
    let told = about_films(site.deliver().await);
    assert_eq!(told.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["takako@example.jp"]);
}
