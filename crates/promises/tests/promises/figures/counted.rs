//! The figures of pages are those of an independent count.

use access::Role;
use both_engines::both_engines;
use db::sql;
use http::StatusCode;
use kernel::{Lang, Timestamp};
use people::organizations::{kind, prefecture};
use std::collections::BTreeMap;

use super::{Crowd, SESSIONS, day, rows};
use crate::office::staff::staff;
use crate::site::Site;

#[both_engines]
async fn figures_are_those_of_a_count(site: Site) {
    let crowd = Crowd::of(&site, 300, 7).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let page = office.get("/staff/programmes/R8/figures").await;
    page.is(StatusCode::OK);

    let living = |known: &super::Known| known.cancelled.is_none();
    let by_prefecture = crowd.count(living, |known| known.prefecture.clone());
    let shown: BTreeMap<String, i64> = rows(&page, "prefectures").into_iter().map(|row| (row[0].clone(), number(&row[1]))).collect();
    for (code, n) in &by_prefecture {
        let name = prefecture(code).map_or("都道府県なし", |prefecture| prefecture.name(Lang::Ja));
        assert_eq!(shown[name], *n, "{name}");
    }
    assert_eq!(shown.len(), 49, "47 prefectures, nowhere, and the sum");
    assert_eq!(shown["合計"], by_prefecture.values().sum::<i64>());
    assert_eq!(page.texts("#prefectures svg .v").len(), 47);

    let by_kind = crowd.count(living, |known| kind(known.kind).map_or("種別なし", |kind| kind.name(Lang::Ja)));
    let shown: BTreeMap<String, i64> = rows(&page, "kinds").into_iter().map(|row| (row[0].clone(), number(&row[1]))).collect();
    for (name, n) in &by_kind {
        assert_eq!(shown[*name], *n, "{name}");
    }

    let came: i64 = rows(&page, "time").iter().rev().skip(1).map(|row| number(&row[1])).sum();
    assert_eq!(came, 300);
    let sums = rows(&page, "time").pop().expect("the sums");
    let went = crowd.known.iter().filter(|known| known.cancelled.is_some()).count();
    assert_eq!((number(&sums[1]), number(&sums[2])), (300, i64::try_from(went).expect("few")));

    let lines = rows(&page, "sessions");
    for (n, address) in SESSIONS.iter().enumerate() {
        let session = site.session(address).await;
        let own = |known: &super::Known| known.session == n;
        let verdicts = crowd.count(|known| own(known) && known.verdict.is_some(), |known| known.verdict.expect("one"));
        let with = |verdict: &str| verdicts.get(verdict).copied().unwrap_or(0);
        let all = |passes: &dyn Fn(&super::Known) -> bool| {
            i64::try_from(crowd.known.iter().filter(|known| own(known) && passes(known)).count()).expect("few")
        };
        let day = kernel::long_date(session.day.expect("a day"), Lang::Ja);
        let nth = format!("第{}回", session.number);
        let line =
            lines.iter().find(|line| line[2].ends_with(&day) && line[1].ends_with(&nth)).unwrap_or_else(|| panic!("{address}: {lines:?}"));
        let told: Vec<i64> = line[3..].iter().map(|cell| number(cell)).collect();
        let decided = all(&|known| known.verdict.is_some());
        let rate = ((with("present") + with("archive")) * 2_000 + decided).checked_div(decided * 2);
        let expected = [
            all(&living),
            0,
            all(&|known| known.cancelled.is_some()),
            with("present"),
            with("archive"),
            with("review"),
            with("absent"),
            rate.unwrap_or(0),
            all(&|known| known.certified),
            all(&|known| known.surveyed),
        ];
        // The rate is 83.3%, here in tenths; a session that is to come has no verdicts yet.
        assert_eq!(told, expected, "{address}: {line:?}");
    }
}

/// The digits of a cell; nothing is nought.
fn number(cell: &str) -> i64 {
    let digits: String = cell.rsplit(' ').next().unwrap_or("").chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

#[both_engines]
async fn counts_are_the_rows_they_stand_for(site: Site) {
    let crowd = Crowd::of(&site, 200, 11).await;
    let read = site.db().read(async |tx| {
        let counts =
            sql!("SELECT owner, what, value, n FROM figures WHERE what IN ('applied', 'cancelled') AND n <> 0 ORDER BY owner, what, value");
        tx.all::<(kernel::Uuid, String, String, i64)>(counts, &[]).await
    });
    let counts: BTreeMap<(kernel::Uuid, String, String), i64> =
        read.await.expect("they can be read").into_iter().map(|(owner, what, value, n)| ((owner, what, value), n)).collect();
    let mut expected: BTreeMap<(kernel::Uuid, String, String), i64> = BTreeMap::new();
    let mut add = |session: usize, what: &str, at: Timestamp| {
        *expected.entry((crowd.sessions[session].uuid(), what.to_owned(), day(at).to_string())).or_default() += 1;
    };
    for known in &crowd.known {
        add(known.session, "applied", known.applied);
        if let Some(at) = known.cancelled {
            add(known.session, "cancelled", at);
        }
    }
    assert_eq!(counts, expected);
}

#[both_engines]
async fn what_people_do_is_counted_at_once(site: Site) {
    let mut visitor = site.visitor("見本 太郎");
    visitor.applies_for("R8/executive/3").await;
    let mut office = staff(&site, Role::Secretariat).await;
    let path = format!("/staff/sessions/{}/figures", site.session("R8/executive/3").await.id);
    let page = office.get(&path).await;
    page.is(StatusCode::OK).shows("申し込みの推移");
    assert!(rows(&page, "prefectures").iter().any(|row| row == &["東京都", "1"]), "{:?}", rows(&page, "prefectures"));
    assert_eq!(rows(&page, "kinds")[0], ["一般診療所", "1"]);
    let form = visitor.get(&format!("{}/cancellation", visitor.application)).await.form("/cancellation");
    visitor.submit(&form).await;
    let page = office.get(&path).await;
    assert_eq!(rows(&page, "prefectures").pop().expect("the sum"), ["合計", "0"]);
    office.get("/en/staff/programmes/R8/figures").await.is(StatusCode::OK).shows("Applications over time");
}
