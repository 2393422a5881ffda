//! What is held up is shown to whoever looks after the program, also where the database knows nothing of it.

use access::Role;
use both_engines::both_engines;
use db::Engine;
use http::StatusCode;
use kernel::Span;
use std::path::PathBuf;
use tempfile::TempDir;

use super::staff::staff;
use crate::site::Site;

/// The portal, and where it keeps reports while there is no database.
struct Machine {
    site: Site,
    reports: PathBuf,
}

impl Machine {
    async fn on(engine: Engine) -> Self {
        let mut reports = None;
        let site = Site::completed(engine, "mist.example.jp", |portal| {
            reports = portal.part::<TempDir>().map(|folder| folder.path().to_owned());
            portal
        })
        .await;
        Self { site, reports: reports.expect("the desk has a folder") }
    }
}

#[both_engines]
async fn reports_that_did_not_become_cases_are_shown_to_operators(machine: Machine) {
    let mut operator = staff(&machine.site, Role::Operator).await;
    operator.get("/staff/operation").await.is(StatusCode::OK).shows("事案にできなかった報告はありません。");
    operator.get("/staff").await.is(StatusCode::OK).hides("事案にできなかった報告");

    for visit in ["01990000-0000-7000-8000-000000000001", "01990000-0000-7000-8000-000000000002"] {
        std::fs::write(machine.reports.join(format!("{visit}.refused")), "sealed").expect("there is room");
    }
    let page = operator.get("/staff/operation").await;
    page.is(StatusCode::OK).shows("インシデントの報告が2件").shows("すぐに初動対応責任者に知らせ");
    page.hides("事案にできなかった報告はありません。");
    let home = operator.get("/staff").await;
    home.is(StatusCode::OK).shows("事案にできなかった報告");
    assert!(home.attributes("a", "href").contains(&"/staff/operation#reports".to_owned()), "{}", home.text());
    operator.in_english().get("/staff/operation").await.is(StatusCode::OK).shows("2 reports of incidents were not put into the database");
}

#[both_engines]
async fn numbers_that_nobody_has_called_for_half_a_year_wait_on_the_home_of_those_who_set_them(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff").await.is(StatusCode::OK).hides("半年が過ぎた電話番号");
    site.later(Span::days(200));
    for role in [Role::Secretariat, Role::Operator] {
        let home = staff(&site, role).await.get("/staff").await;
        home.is(StatusCode::OK).shows("3 最後に確かめてから半年が過ぎた電話番号");
        assert!(home.attributes("a", "href").contains(&"/staff/settings#incident".to_owned()), "{}", home.text());
    }
    let mut ministry = staff(&site, Role::Ministry).await;
    ministry.get("/staff").await.is(StatusCode::OK).hides("半年が過ぎた電話番号");

    // Whoever has called a number notes the day; the others still wait.
    let (mut office, path) = (staff(&site, Role::Secretariat).await, "/staff/settings/incident");
    let tomorrow = site.now().plus(Span::days(1)).day().to_string();
    let form = office.get(path).await.form(path).fill("incident-confirmed-on", &tomorrow);
    office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("今日までの日付を入力してください");
    let form = office.get(path).await.form(path).fill("incident-confirmed-on", &site.now().day().to_string());
    office.submit_and_open(&form).await.is(StatusCode::OK);
    let home = office.get("/staff").await;
    home.shows("2 最後に確かめてから半年が過ぎた電話番号");
    assert!(home.attributes("a", "href").contains(&"/staff/settings#portal".to_owned()), "{}", home.text());
}
