//! A change of the programme is planned, approved by somebody else, and published as a whole; a rehearsal leaves nothing.

use access::Role;
use both_engines::both_engines;
use db::sql;
use http::StatusCode;
use kernel::Span;
use school::trainings::import::{ProgrammeFile, import};

use super::staff::{staff, staff_called};
use crate::site::{Answer, Form, Outcome, Site, Visitor, project_file};

/// An installation that holds only the programme of R5.
struct OnlyR5(Site);

impl OnlyR5 {
    async fn on(engine: db::Engine) -> Self {
        let site = Site::empty(engine, "2026-08-20T09:00+09:00").await;
        let file = ProgrammeFile::parse(&project_file("data/programmes/r5.toml")).expect("it is a programme");
        site.write(async move |tx, now| {
            import(tx, &file, "test", now).await?.expect("it agrees with the calendar");
            Ok(())
        })
        .await;
        Self(site)
    }
}

/// The plan that a page or a redirect is about.
fn plan_of(answer: &Answer) -> String {
    answer.path.split('?').next().unwrap_or_default().trim_end_matches("/drafts/0").to_owned()
}

/// The addresses under which the sessions of a plan are mended, in order.
fn drafts(page: &Answer) -> Vec<String> {
    page.attributes("td.act a", "href")
}

async fn request(visitor: &mut Visitor, plan: &str) -> Answer {
    let form = visitor.get(plan).await.form("/requests");
    visitor.submit_and_open(&form).await
}

async fn approve(visitor: &mut Visitor, plan: &str) -> Answer {
    let form = visitor.get(plan).await.form("/approvals");
    visitor.submit_and_open(&form).await
}

async fn publish(visitor: &mut Visitor, plan: &str) -> Answer {
    let form = visitor.get(&format!("{plan}/publications")).await.is(StatusCode::OK).form("/publications");
    visitor.submit_and_open(&form).await
}

/// From the draft to publication: asked for by one, approved by another.
async fn all_the_way(site: &Site, office: &mut Visitor, plan: &str) -> Answer {
    request(office, plan).await.is(StatusCode::OK).shows("確認待ち");
    let mut ministry = staff(site, Role::Ministry).await;
    approve(&mut ministry, plan).await.is(StatusCode::OK).shows("承認済み").shows("事務局が公開するのを待っています");
    publish(office, plan).await
}

/// Begins a change of these sessions of R8.
async fn bulk(site: &Site, office: &mut Visitor, sessions: &[&str], fill: impl Fn(Form) -> Form) -> Answer {
    let mut form = fill(office.get("/staff/programmes/R8/bulk").await.is(StatusCode::OK).form("/bulk"));
    for session in sessions {
        form = form.with_another("id", &site.session(session).await.id.to_string());
    }
    office.submit_and_open(&form).await
}

#[both_engines]
async fn a_year_is_cloned_mended_approved_by_another_and_published_as_it_was_planned(only: OnlyR5) {
    let site = only.0;
    let mut office = staff(&site, Role::Secretariat).await;
    let old = office.get("/staff/programmes/R5").await;
    let preview = old.attributes(".desk-head a", "href").into_iter().find(|href| href.contains("clone")).expect("it can be cloned");
    assert!(preview.ends_with("to=R8"), "the present year is offered: {preview}");
    let preview = office.get(&preview).await;
    preview.is(StatusCode::OK).shows("まだ何も作っていません").shows("2026年12月23日");
    let begun = office.submit_and_open(&preview.form("/staff/plans")).await;
    begun.is(StatusCode::OK).shows("まだ公開していません").shows("22回の日程を作ります");
    let plan = plan_of(&begun);
    site.get("/trainings/R8").await.is(StatusCode::NOT_FOUND);

    // Two dates are corrected, and one window opens at once.
    let places = drafts(&begun);
    assert_eq!(places.len(), 22);
    let (third, fourth) = (places[4].clone(), places[5].clone());
    let form = office.get(&third).await.form(&third);
    office
        .submit_and_open(
            &form.fill("day", "2026/12/16").fill("closes_day", "2026/12/10").fill("opens_day", "2026/8/20").fill("opens_time", "9:00"),
        )
        .await
        .shows("保存しました");
    let form = office.get(&fourth).await.form(&fourth);
    let saved = office.submit_and_open(&form.fill("day", "2027/1/20")).await;
    saved.shows("2026年12月16日（水）17:00～18:00").shows("2027年1月20日").shows("受付が、すぐに始まります");

    let done = all_the_way(&site, &mut office, &plan).await;
    done.is(StatusCode::OK).shows("公開しました").shows("公開済み");
    let page = site.get("/trainings/R8/executive").await;
    page.is(StatusCode::OK);
    let days: Vec<String> = page.attributes("#dates td.when time", "datetime").iter().map(|at| at[..10].to_owned()).collect();
    assert_eq!(days, ["2026-10-13", "2026-11-17", "2026-12-16", "2027-01-20", "2027-02-09"], "as the plan said");
    let session = site.session("R8/executive/3").await;
    assert_eq!(session.opens_at, Some(site.now()));
    assert_eq!(session.closes_at.map(kernel::Timestamp::rfc3339).as_deref(), Some("2026-12-10T13:00:00+09:00"));
}

#[both_engines]
async fn a_window_that_was_planned_takes_applications(only: OnlyR5) {
    let site = only.0;
    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get("/staff/plans/new").await.form_of("/staff/plans", "kind", "clone");
    assert_eq!((form.value("from"), form.value("to")), ("R5", "R8"));
    let begun = office.submit_and_open(&form).await;
    let plan = plan_of(&begun);
    all_the_way(&site, &mut office, &plan).await.is(StatusCode::OK);
    site.at("2026-09-01T10:00+09:00");
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Outcome::Applied);
    // The year is there now: it is not made again.
    let mut later = staff(&site, Role::Secretariat).await;
    let preview = later.get("/staff/programmes/R5/clone?to=R8").await;
    preview.is(StatusCode::CONFLICT).shows("すでに登録されています");
}

#[both_engines]
async fn nobody_approves_their_own_plan_unless_one_person_runs_the_portal(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let begun = bulk(&site, &mut office, &["R8/executive/4"], |form| form.fill("weeks", "1")).await;
    let plan = plan_of(begun.is(StatusCode::OK));
    let requested = request(&mut office, &plan).await;
    requested.shows("ほかの担当者が内容を確かめて承認します");
    assert!(requested.find_form("/approvals").is_none());
    // By hand, too.
    let by_hand = requested.form("/closures");
    let mut own = by_hand.clone();
    own.action = own.action.replace("/closures", "/approvals");
    office.submit(&own).await.is(StatusCode::CONFLICT).shows("ほかの担当者");
    office.get(&format!("{plan}/publications")).await.is(StatusCode::CONFLICT);

    let mut other = staff_called(&site, "jimukyoku2", Role::Secretariat).await;
    approve(&mut other, &plan).await.is(StatusCode::OK).shows("承認済み");
    // A change of what was approved begins the way again.
    let draft = format!("{plan}/drafts/0");
    let form = other.get(&draft).await.form(&draft).fill("seats", "50");
    other.submit_and_open(&form).await.shows("下書き");
}

#[both_engines]
async fn many_sessions_move_at_once_and_those_who_applied_are_told(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Outcome::Applied);
    site.deliver().await;
    let begun = bulk(&site, &mut office, &["R8/executive/3", "R8/executive/4"], |form| {
        form.fill("weeks", "2").fill("closes_before", "3").fill("closes_time", "13:00").fill("seats", "30")
    })
    .await;
    begun.is(StatusCode::OK).shows("申込者1名に、日時の変更をメールでお知らせします").shows("2件の内容を変えます");
    begun.shows("2026年12月23日（水）17:00～18:00").shows("2027年1月6日（水）17:00～18:00");
    let plan = plan_of(&begun);
    assert_eq!(site.session("R8/executive/3").await.seats, None, "nothing happens before publication");
    let done = all_the_way(&site, &mut office, &plan).await;
    done.shows("公開しました").shows("1名にメールでお知らせします");
    let session = site.session("R8/executive/3").await;
    assert_eq!(session.day.map(|day| day.to_string()).as_deref(), Some("2027-01-06"));
    assert_eq!(session.closes_at.map(kernel::Timestamp::rfc3339).as_deref(), Some("2027-01-03T13:00:00+09:00"));
    assert_eq!(session.seats, Some(30));
    let letters = site.deliver().await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].subject.contains("日時変更"), "{}", letters[0].subject);
    office.get("/staff/programmes/R8/history").await.shows("変更の計画の公開").shows("2026年12月23日（水）").shows("2027年1月6日（水）");
}

#[both_engines]
async fn what_changed_meanwhile_stops_a_plan_and_is_shown(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let begun = bulk(&site, &mut office, &["R8/executive/3", "R8/executive/4"], |form| form.fill("seats", "30")).await;
    let plan = plan_of(&begun);
    request(&mut office, &plan).await;
    let mut ministry = staff(&site, Role::Ministry).await;
    approve(&mut ministry, &plan).await;
    let confirmation = office.get(&format!("{plan}/publications")).await.form("/publications");

    // Somebody gives the session another title in the meantime.
    let edit = format!("/staff/sessions/{}/edit", site.session("R8/executive/4").await.id);
    let form = office.get(&edit).await.form("/edit").fill("title", "急な変更");
    let check = office.submit(&form).await;
    office.submit_and_open(&check.form("/changes")).await.is(StatusCode::OK);

    let refused = office.submit(&confirmation).await;
    refused.is(StatusCode::CONFLICT).shows("ほかの操作で変わりました").shows("経営者向け 第4回：計画のあとで内容が変わりました");
    assert_eq!(site.session("R8/executive/3").await.seats, None, "all of it or nothing");

    // Brought up to date, it keeps what it changes and what the other changed.
    let fresh = office.submit_and_open(&refused.form("/refreshments")).await;
    fresh.is(StatusCode::OK).shows("下書き").hides("計画のあとで内容が変わりました");
    all_the_way(&site, &mut office, &plan).await.shows("公開しました");
    let session = site.session("R8/executive/4").await;
    assert_eq!((session.seats, session.title.as_str()), (Some(30), "急な変更"));
}

#[both_engines]
async fn a_plan_that_is_wrong_says_what_and_cannot_go_on(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    for n in 0..2 {
        site.visit_by(crate::site::Person::number(n)).applies_for("R8/executive/3").await;
    }
    let begun = bulk(&site, &mut office, &["R8/executive/3"], |form| form.fill("weeks", "20").fill("seats", "1")).await;
    begun.shows("このままでは公開できません").shows("令和8年度に入りません").shows("すでに2名の席が確定しています");
    assert!(begun.find_form("/requests").is_none(), "it is mended first");
    let empty = bulk(&site, &mut office, &[], |form| form.fill("weeks", "1")).await;
    empty.is(StatusCode::UNPROCESSABLE_ENTITY).shows("変える回を選んでください");
    let both = bulk(&site, &mut office, &["R8/executive/3"], |form| form.fill("closes_day", "12/1").fill("closes_before", "3")).await;
    both.is(StatusCode::UNPROCESSABLE_ENTITY).shows("どちらか一方を入れてください");
}

#[both_engines]
async fn a_published_plan_is_taken_back_by_another_one_within_thirty_days(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let begun = bulk(&site, &mut office, &["R8/executive/4"], |form| form.fill("weeks", "1").fill("seats", "30")).await;
    let plan = plan_of(&begun);
    all_the_way(&site, &mut office, &plan).await;
    let before = site.session("R8/executive/4").await;
    // Something else changes besides; it is not taken back.
    let edit = format!("/staff/sessions/{}/edit", before.id);
    let form = office.get(&edit).await.form("/edit").fill("title", "題名は残る");
    let check = office.submit(&form).await;
    office.submit_and_open(&check.form("/changes")).await;

    let form = office.get(&plan).await.form("/restorations");
    let restoring = office.submit_and_open(&form).await;
    restoring.is(StatusCode::OK).shows("下書き").shows("2027年1月19日");
    let back = plan_of(&restoring);
    assert_ne!(back, plan);
    all_the_way(&site, &mut office, &back).await.shows("公開しました");
    let session = site.session("R8/executive/4").await;
    assert_eq!(session.day.map(|day| day.to_string()).as_deref(), Some("2027-01-19"));
    assert_eq!((session.seats, session.title.as_str()), (None, "題名は残る"));
    office.get(&plan).await.shows("公開済み").shows("この変更を元に戻す計画があります");

    site.later(Span::days(31));
    let mut later = staff(&site, Role::Secretariat).await;
    assert!(later.get(&plan).await.find_form("/restorations").is_none());
}

#[both_engines]
async fn what_a_course_says_changes_for_its_readers_once_it_is_published(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let page = office.get("/staff/plans/new?year=R8&course=executive").await;
    page.is(StatusCode::OK);
    page.shows("経営者向け");
    let begin = page.form_of("/staff/plans", "kind", "course");
    assert_eq!(begin.value("course"), "executive");
    let form_page = office.submit_and_open(&begin).await;
    let plan = plan_of(form_page.is(StatusCode::OK));
    let form = form_page.form("/drafts/0");
    let form = form
        .choose("format", "series")
        .fill("fee", "1,000")
        .fill("lead_ja", "経営判断のための研修です。")
        .fill("note_ja", "筆記用具をご用意ください。");
    office.submit_and_open(&form).await.shows("どの回も同じ内容").shows("回ごとに違う内容").shows("1000円");
    site.get("/trainings/R8/executive").await.hides("経営判断のための研修です");
    all_the_way(&site, &mut office, &plan).await;
    let public = site.get("/trainings/R8/executive").await;
    public.shows("経営判断のための研修です").shows("1000円").shows("筆記用具をご用意ください").shows("内容は毎回違います");
    site.get("/trainings/R8/admin").await.hides("経営判断のための研修です");
}

#[both_engines]
async fn lecturers_are_public_only_if_that_is_ticked(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = format!("/staff/sessions/{}", site.session("R8/executive/3").await.id);
    let form = office.get(&format!("{path}/lecturers")).await.form("/lecturers").fill("lecturers", "例示 髙子（見本大学）");
    office.submit_and_open(&form).await.shows("例示 髙子").shows("公開していません");
    site.get("/trainings/R8/executive").await.hides("例示 髙子");
    let form = office.get(&format!("{path}/lecturers")).await.form("/lecturers").choose("lecturers_shown", "yes");
    office.submit_and_open(&form).await;
    site.get("/trainings/R8/executive").await.shows("例示 髙子");
}

#[both_engines]
async fn an_empty_year_is_made_of_courses_and_sessions_that_are_added(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let page = office.get("/staff/plans/new").await;
    let form = page.form_of("/staff/plans", "kind", "new").with("to", "R9").with("course", "executive");
    let begun = office.submit_and_open(&form).await;
    let plan = plan_of(begun.is(StatusCode::OK));
    let added = office.submit_and_open(&begun.form("/additions")).await;
    let form = added.is(StatusCode::OK).form("/drafts/2");
    let form = form
        .fill("day", "2027/10/5")
        .fill("starts", "16:00")
        .fill("ends", "17:00")
        .fill("opens_day", "2027/9/1")
        .fill("opens_time", "10:00");
    office.submit_and_open(&form).await.shows("2027年10月5日（火）16:00～17:00").shows("1回の日程を作ります");
    all_the_way(&site, &mut office, &plan).await.shows("公開しました");
    site.get("/trainings/R9/executive").await.is(StatusCode::OK).shows("2027年10月5日");
}

/// How many rows each table has. Whoever adds a table enters it here: a test compares with the schema.
macro_rules! counted {
    ($($table:literal)*) => {
        /// The tables that are counted.
        const TABLES: &[&str] = &[$($table),*];

        async fn count(site: &Site) -> Vec<(&'static str, i64)> {
            let counts = site.db().read(async |tx| {
                let mut counts = Vec::new();
                $(counts.push(($table, tx.one::<i64>(sql!(concat!("SELECT COUNT(*) FROM ", $table)), &[]).await?));)*
                Ok(counts)
            });
            counts.await.expect("they can be counted")
        }
    };
}

include!("tables.rs");

#[both_engines]
async fn a_rehearsal_shows_every_page_and_mail_and_leaves_nothing(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    site.limit("R8/executive/3", 1, 0).await;
    site.visitor("見本 太郎").applies_for("R8/executive/3").await;
    let tables: std::collections::BTreeSet<String> = site.db().schema().await.unwrap().into_iter().map(|column| column.table).collect();
    let uncounted: Vec<&String> = tables.iter().filter(|table| !TABLES.contains(&table.as_str())).collect();
    assert!(uncounted.is_empty(), "enter these in tables.rs: {uncounted:?}");
    site.deliver().await;
    let before =
        (count(&site).await, format!("{:?}", site.session("R8/executive/3").await), site.get("/trainings/R8/executive").await.bytes);

    let path = format!("/staff/sessions/{}/rehearsal", site.session("R8/executive/3").await.id);
    let first = office.get(&path).await;
    first.is(StatusCode::OK).shows("何も登録されず、メールも送られません");
    let scenes = first.attributes(".rehearsal nav a", "href");
    assert_eq!(scenes.len(), 22, "{scenes:?}");
    for scene in &scenes {
        for (lang, name) in [("ja", "試行"), ("en", "試行")] {
            let page = office.get(&scene.replace("lang=ja", &format!("lang={lang}"))).await;
            page.is(StatusCode::OK);
            let inside = page.attributes("iframe", "srcdoc").concat();
            if scene.contains("scene=form") {
                assert!(inside.contains(if lang == "ja" { "お名前" } else { "Name" }));
            } else {
                assert!(inside.contains(name) || page.text().contains(name), "{scene} in {lang} names nobody");
            }
        }
    }
    office.get(&format!("{path}?scene=rescheduled")).await.shows("BEGIN:VCALENDAR").shows("日時変更").shows("2026年12月30日");
    office.get(&format!("{path}?scene=cancelled")).await.shows("METHOD:CANCEL");
    office.get(&format!("{path}?scene=day")).await.shows("明日").shows("試行 太郎");
    office.get(&format!("{path}?scene=decided")).await.shows("60分中60分参加（基準45分以上）：出席");
    let certificate = office.get(&format!("{path}?scene=certificate")).await.attributes("iframe", "srcdoc").concat();
    assert!(certificate.contains("2026年12月23日") && certificate.contains("試行"), "the certificate of the day as it was planned");

    assert!(site.deliver().await.is_empty(), "no mail is sent");
    assert_eq!(count(&site).await, before.0);
    assert_eq!(format!("{:?}", site.session("R8/executive/3").await), before.1);
    assert_eq!(site.get("/trainings/R8/executive").await.bytes, before.2);
    office
        .get(&format!("/staff/sessions/{}/rehearsal", site.session("R8/beginner/4").await.id))
        .await
        .is(StatusCode::CONFLICT)
        .shows("日程が決まっていない");
}
