//! Whoever may read a course may teach it: sheets with one's own contacts, and nothing of them is kept.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::Site;

const KIT: &str = "/courses/beginner/kit";

#[both_engines]
async fn everybody_makes_the_sheets_of_a_course(site: Site) {
    let mut stranger = site.visitor("見本 花子");
    stranger.get("/courses/beginner").await.shows("院内研修で使う");
    let page = stranger.get(KIT).await;
    page.is(StatusCode::OK).shows("利用条件").shows("2026.").shows("約55分（12単元）").shows("初学者・医療従事者の方へ");
    page.shows("作成者（見本システム株式会社）");
    assert!(!page.header("cache-control").contains("public"), "a form that posts stands on no page that is kept");
    let form = page.form(KIT).with("institution", "みほん市立総合病院").with("contact-extension", "0000");
    for (paper, name) in [("roster", "roster"), ("quiz", "quiz"), ("answers", "answers")] {
        let made = stranger.submit(&form.clone().with("paper", paper)).await;
        made.is(StatusCode::OK);
        assert!(made.bytes.starts_with(b"%PDF-1.7"), "{name}");
        assert_eq!(made.header("content-type"), "application/pdf");
    }
    // Slides of one unit: with the figures, and whom to call.
    let short = form.without("unit").with_another("unit", "together");
    for paper in ["slides", "script"] {
        let made = stranger.submit(&short.clone().with("paper", paper)).await;
        assert!(made.is(StatusCode::OK).bytes.starts_with(b"%PDF-1.7"), "{paper}");
    }
    stranger.submit(&short.with("paper", "nothing")).await.is(StatusCode::NOT_FOUND);
    stranger.get("/courses/nothing/kit").await.is(StatusCode::NOT_FOUND);
    stranger.get("/en/courses/beginner/kit").await.is(StatusCode::OK).shows("Terms of use");
}

#[both_engines]
async fn what_cannot_be_made_is_said_and_what_was_typed_stays(site: Site) {
    let mut stranger = site.visitor("見本 花子");
    let form = stranger.get(KIT).await.form(KIT).with("paper", "roster").with("speaker", "見本 太郎");
    let none = stranger.submit(&form.clone().without("unit")).await;
    none.is(StatusCode::UNPROCESSABLE_ENTITY).shows("使う単元を、一つ以上選んでください");
    assert_eq!(none.form(KIT).value("speaker"), "見本 太郎");
    let odd = stranger.submit(&form.clone().with("contact-person", "𪚥田")).await;
    odd.is(StatusCode::UNPROCESSABLE_ENTITY).shows("𪚥（U+2A6A5）").shows("別の字にしてください");
    let many = stranger.submit(&form.with("people", "501")).await;
    many.is(StatusCode::UNPROCESSABLE_ENTITY).shows("一度に500人まで");
}

#[both_engines]
async fn nothing_that_is_typed_for_a_sheet_is_kept(site: Site) {
    const SECRET: &str = "ひみつの内線七七七七";
    let mut stranger = site.visitor("見本 花子");
    let form = stranger.get(KIT).await.form(KIT).with("paper", "roster").with("contact-extension", SECRET).with("place", SECRET);
    stranger.submit(&form).await.is(StatusCode::OK);
    let count = async |tx: &mut db::Tx<'_>| {
        let looked = db::sql!("SELECT (SELECT COUNT(*) FROM audit) + (SELECT COUNT(*) FROM idempotency) + (SELECT COUNT(*) FROM jobs)");
        tx.one(looked, &[]).await
    };
    let before: i64 = site.db().read(count).await.expect("it counts");
    stranger.submit(&form).await.is(StatusCode::OK);
    let after: i64 = site.db().read(count).await.expect("it counts");
    assert_eq!(before, after);
}
