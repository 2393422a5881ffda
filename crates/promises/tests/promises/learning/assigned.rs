//! An institution assigns courses to its people, sees how far they are, and whoever is behind is written to once at each moment.

use access::{OrganizationId, Role};
use both_engines::both_engines;
use http::StatusCode;

use super::{learner, takes};
use crate::office::staff;
use crate::office::staff::staff_at;
use crate::site::{Letter, Site, Visitor};

/// An institution and another one, known to the portal.
pub(super) async fn institutions(site: &Site) -> (OrganizationId, OrganizationId) {
    let (own, other) = (OrganizationId::new(site.now()), OrganizationId::new(site.now()));
    site.write(async move |tx, now| {
        for (organization, code, name) in [(own, "1234567", "みほん市立総合病院"), (other, "7654321", "例示クリニック")] {
            let add = db::sql!(
                "INSERT INTO organizations (id, code, name, kana, kind, prefecture, postcode, address, sample, known_since)
                 VALUES ($1, $2, $3, '', 'hospital', '13', '', '', $4, $5)"
            );
            tx.run(add, &[organization.into(), code.into(), name.into(), true.into(), now.into()]).await?;
            access::place(tx, organization, None).await?;
        }
        Ok(())
    })
    .await;
    (own, other)
}

const PEOPLE: &str = "見本 花子\thanako@example.jp\t新人\n見本 太郎, taro@example.jp, 職員\n例示 髙子、takako@example.jp、職員";

/// Puts three people on the list.
pub(super) async fn enrols(clerk: &mut Visitor, base: &str) {
    let form = clerk.get(&format!("{base}/staff")).await.is(StatusCode::OK).form("/staff").with("people", PEOPLE);
    clerk.submit_and_open(&form).await.is(StatusCode::OK).shows("名簿に加えました").shows("名簿に3人").shows("takako@example.jp");
}

/// Assigns, over the page that says what will happen; gives the address of what was assigned.
pub(super) async fn assigns(clerk: &mut Visitor, base: &str, what: &str, jobs: &[&str], due: &str, told: &str) -> String {
    let mut asked = vec![("what", what), ("due", due), ("reason", "令和8年度の院内研修として")];
    asked.extend(jobs.iter().map(|job| ("job", *job)));
    let query = serde_urlencoded::to_string(asked).expect("a query");
    let page = clerk.get(&format!("{base}/new?{query}")).await;
    page.is(StatusCode::OK).shows(told);
    let form = page.form("/new");
    let done = clerk.submit(&form).await;
    let path = done.is(StatusCode::SEE_OTHER).location().split('?').next().expect("a path").to_owned();
    assert_eq!(clerk.submit(&form).await.location().split('?').next(), Some(path.as_str()), "pressed twice is once");
    path
}

fn to(letters: &[Letter]) -> Vec<&str> {
    let mut to: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    to.sort_unstable();
    to
}

/// Looks as the program does once an hour, and sends.
async fn hour(site: &Site, moment: &str) -> Vec<Letter> {
    site.at(moment);
    site.write(async |tx, now| learning::assignments::look(tx, now).await).await;
    let letters = site.deliver().await;
    [letters, site.deliver().await].concat()
}

#[both_engines]
async fn an_institution_assigns_and_sees_who_is_behind(site: Site) {
    let (own, other) = institutions(&site).await;
    let mut clerk = staff_at(&site, Role::InstitutionAdmin, own).await;
    let base = format!("/institutions/{own}/learning");
    clerk.get("/institutions").await.shows("受講の割り当て");
    clerk.get(&base).await.is(StatusCode::OK).shows("はじめに「職員の名簿」に");
    let form = clerk.get(&format!("{base}/staff")).await.form("/staff");
    let slips = clerk.submit(&form.with("people", "見本 花子\n見本 太郎, taro@example.jp")).await;
    slips.is(StatusCode::UNPROCESSABLE_ENTITY).shows("1行目：メールアドレスが読み取れません").shows("2行目：職種が読み取れません");
    enrols(&mut clerk, &base).await;

    clerk
        .get(&format!("{base}/new?what=course-beginner&due=2026-11-20&reason=a"))
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("期限が過ぎた日");
    clerk.get(&format!("{base}/new?what=course-beginner&due=2027-05-01&reason=a")).await.shows("期限の前に公開が終わるコース");
    clerk.get(&format!("{base}/new?what=course-beginner&due=2026-12-20&reason=a&job=systems")).await.shows("この職種の方がいません");
    let path = assigns(&mut clerk, &base, "course-beginner", &[], "2026-12-20", "を3人に割り当てます").await;
    clerk.get(&path).await.shows("3人：修了0人、未修了3人、対象外0人").shows("未受講");

    let mut nurse = learner(&site, "hanako@example.jp").await;
    nurse
        .get("/my")
        .await
        .shows("受講の割り当て")
        .shows("みほん市立総合病院")
        .shows("令和8年度の院内研修として")
        .shows("あと28日")
        .shows("全部で約55分");
    let slide = "/courses/beginner/habits/night-shift-later";
    let form = nurse.get(slide).await.form(slide);
    nurse.submit(&form).await.is(StatusCode::SEE_OTHER);
    let mine = nurse.get("/my").await;
    mine.shows("枚のうち1枚を読みました").shows("つづきから");
    assert_eq!(mine.attributes("#assigned h3 a", "href"), ["/my/courses/beginner"]);
    assert_eq!(mine.attributes(".learning h3 a", "href").len(), 1, "what is assigned is not said again below");
    takes(&site, &mut nurse, "test_out").await;
    let mine = nurse.get("/my").await;
    mine.shows("2026年12月20日").hides("全部で約55分");
    assert_eq!(mine.attributes(".learning h3 a", "href").len(), 1, "nor when it is done");
    learner(&site, "jiro@example.jp").await.get("/my").await.hides("令和8年度の院内研修として");

    // One is let off, for a reason; the reason has to be said.
    let page = clerk.get(&format!("{path}?show=open")).await;
    page.hides("hanako@example.jp").shows("taro@example.jp");
    let forms: Vec<String> = page.attributes("tbody form", "action");
    let form = page.form(&forms[0]).with("why", "other");
    clerk.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("理由を書いてください");
    clerk.submit_and_open(&form.with("why", "away")).await.shows("対象外にしました");
    clerk.get(&path).await.shows("3人：修了1人、未修了1人、対象外1人").shows("休職・休業中");
    clerk.get(&base).await.shows("2人中1人");
    let csv = clerk.get(&format!("{path}/people.csv")).await;
    let text = csv.is(StatusCode::OK).body();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains("hanako@example.jp") && text.contains("修了") && text.contains("休職・休業中"), "{text}");
    assert!(clerk.get(&format!("{path}/people.xlsx?show=open")).await.is(StatusCode::OK).bytes.starts_with(b"PK"));
    let restored = clerk.get(&format!("{path}?show=waived")).await;
    let forms: Vec<String> = restored.attributes("tbody form", "action");
    clerk.submit_and_open(&restored.form(&forms[0])).await.shows("対象に戻しました");

    // Whoever joins the list gets what is open; whoever leaves it is not asked any more.
    let form = clerk.get(&format!("{base}/staff")).await.form("/staff").with("people", "試験 﨑男, sakio@example.jp, システム担当");
    clerk.submit_and_open(&form).await;
    clerk.get(&path).await.shows("4人：修了1人、未修了3人");
    let list = clerk.get(&format!("{base}/staff")).await;
    let leaving = list.attributes("tbody form", "action").into_iter().next().expect("somebody");
    clerk.submit_and_open(&list.form(&leaving)).await.shows("名簿から外しました").shows("名簿に3人");

    for elsewhere in
        [format!("/institutions/{other}/learning"), path.replace(&own.to_string(), &other.to_string()), "/staff/assignments".to_owned()]
    {
        clerk.get(&elsewhere).await.is(StatusCode::NOT_FOUND);
    }
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff/assignments").await.is(StatusCode::OK).shows("みほん市立総合病院").shows("はじめての情報セキュリティ");
    office.get(&path.replace("/institutions/", "/staff/organizations/")).await.is(StatusCode::OK).shows("hanako@example.jp");
    clerk.get(&path).await;
    let end = clerk.get(&path).await.form("/end");
    clerk.submit_and_open(&end).await.shows("割り当てを取りやめました");
    learner(&site, "taro@example.jp").await.get("/my").await.hides("令和8年度の院内研修として");
}

#[both_engines]
async fn whoever_is_behind_is_written_to_once_at_each_moment_within_the_hours(site: Site) {
    let (own, _) = institutions(&site).await;
    let base = format!("/institutions/{own}/learning");
    site.at("2026-11-22T20:30+09:00");
    let mut clerk = staff_at(&site, Role::InstitutionAdmin, own).await;
    enrols(&mut clerk, &base).await;
    let path = assigns(&mut clerk, &base, "path-newcomer", &["newcomer", "clinical"], "2026-12-20", "を3人に割り当てます").await;
    assert!(site.deliver().await.is_empty(), "nobody is written to at night");
    assert!(hour(&site, "2026-11-23T07:59+09:00").await.is_empty());
    let letters = hour(&site, "2026-11-23T08:00+09:00").await;
    assert_eq!(to(&letters), ["hanako@example.jp", "takako@example.jp", "taro@example.jp"]);
    assert!(letters[0].subject.contains("受講のお願い") && letters[0].text.contains("令和8年度の院内研修として"), "{}", letters[0].text);
    assert!(hour(&site, "2026-11-23T09:00+09:00").await.is_empty(), "once");
    assert!(hour(&site, "2026-12-12T12:00+09:00").await.is_empty(), "more than a week before");

    let mut nurse = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut nurse, "test_out").await;
    let week = hour(&site, "2026-12-13T08:00+09:00").await;
    assert_eq!(to(&week), ["takako@example.jp", "taro@example.jp"], "whoever has finished is left alone");
    assert!(week[0].text.contains("あと7日"), "{}", week[0].text);
    assert!(hour(&site, "2026-12-14T08:00+09:00").await.is_empty());
    assert_eq!(hour(&site, "2026-12-19T10:00+09:00").await.len(), 2, "the day before");
    assert!(hour(&site, "2026-12-20T10:00+09:00").await.is_empty());
    let over = hour(&site, "2026-12-21T08:00+09:00").await;
    assert!(over.len() == 2 && over[0].text.contains("1日過ぎました"), "the day after");

    // The last day moves: before it they are told anew.
    let mut clerk = staff_at(&site, Role::InstitutionAdmin, own).await;
    let form = clerk.get(&path).await.form("/due").with("due", "2027-01-20");
    clerk.submit_and_open(&form).await.shows("期限を変えました");
    assert!(hour(&site, "2026-12-28T09:00+09:00").await.is_empty(), "nothing is over any more");
    assert_eq!(hour(&site, "2027-01-13T09:00+09:00").await.len(), 2);
    assert_eq!(hour(&site, "2027-01-21T09:00+09:00").await.len(), 2);
    assert_eq!(hour(&site, "2027-01-28T09:00+09:00").await.len(), 2, "a week after");
    assert!(hour(&site, "2027-02-04T09:00+09:00").await.is_empty(), "and no more");
}
