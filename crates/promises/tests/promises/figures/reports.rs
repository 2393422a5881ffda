//! 月次の実績報告: what a count at the end of the month finds, kept as issued.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;
use school::trainings::store;
use std::collections::BTreeMap;

use super::{Crowd, sheet, sheets};
use crate::office::staff::staff;
use crate::site::{Answer, Site, Visitor, instant};

/// Issues the report of October and opens it.
async fn issued(office: &mut Visitor, month: &str) -> Answer {
    let form = office.get(&format!("/staff/reports/new?month={month}")).await.is(StatusCode::OK).form("/staff/reports");
    office.submit_and_open(&form).await
}

#[both_engines]
async fn a_report_holds_what_a_count_finds_at_the_end_of_the_month(site: Site) {
    let crowd = Crowd::of(&site, 400, 5).await;
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff/reports").await.is(StatusCode::OK).shows("まだ発行した報告がありません");
    let report = issued(&mut office, "2026-10").await;
    report.is(StatusCode::OK).shows("報告 R8-M10 を発行しました").shows("2026年10月の実績報告");
    let path = report.path.split('?').next().expect("a path").to_owned();
    let file = office.get(&format!("{path}/file.xlsx")).await;
    assert!(file.is(StatusCode::OK).header("content-disposition").contains("R8-M10.xlsx"));
    let bytes = &file.bytes;
    assert_eq!(sheets(bytes), ["概要", "研修別", "回別", "都道府県別", "種別ごと", "当月の出席", "アンケート", "問い合わせ", "メール"]);

    let (from, until) = (instant("2026-10-01T00:00+09:00"), instant("2026-11-01T00:00+09:00"));
    let living = |known: &super::Known| known.applied < until && known.cancelled.is_none_or(|at| at >= until);
    let overview: BTreeMap<String, (String, String)> =
        sheet(bytes, "概要").into_iter().skip(2).map(|row| (row[0].clone(), (row[1].clone(), row[2].clone()))).collect();
    let count = |passes: &dyn Fn(&super::Known) -> bool| crowd.known.iter().filter(|known| passes(known)).count().to_string();
    assert_eq!(overview["受け付けた申し込み"].0, count(&|known| known.applied >= from && known.applied < until));
    assert_eq!(overview["取り消された申し込み"].0, count(&|known| known.cancelled.is_some_and(|at| at >= from && at < until)));
    assert_eq!(overview["月末の申し込み"].1, count(&living));
    assert_eq!(overview["出席"].0, count(&|known| known.verdict == Some("present")));
    assert_eq!(overview["受講証明書"].1, count(&|known| known.certified));
    assert_eq!(overview["アンケートに答えた人"].1, count(&|known| known.surveyed));

    let by_prefecture = crowd.count(living, |known| known.prefecture.clone());
    let read: BTreeMap<String, String> =
        sheet(bytes, "都道府県別").into_iter().skip(2).map(|row| (row[0].clone(), row[1].clone())).collect();
    assert_eq!(read["東京都"], by_prefecture["13"].to_string());
    assert_eq!(read["合計"], by_prefecture.values().sum::<i64>().to_string());
    assert!(read.values().all(|cell| !cell.parse::<i64>().is_ok_and(|n| (1..5).contains(&n))), "{read:?}");
    assert_eq!(sheet(bytes, "問い合わせ")[2], ["受け付けた問い合わせ", "0"]);
    let held = sheet(bytes, "当月の出席");
    let first = held.iter().find(|row| row[0] == "経営者向け" && row[1] == "第1回").unwrap_or_else(|| panic!("{held:?}"));
    assert_eq!(first[7], count(&|known| known.session == 0 && known.verdict == Some("present")));
    assert!(!held.iter().any(|row| row[0] == "経営者向け" && row[1] == "第3回"), "it is yet to come");
}

#[both_engines]
async fn a_report_stays_as_issued_and_later_changes_are_shown(site: Site) {
    let crowd = Crowd::of(&site, 200, 5).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let report = issued(&mut office, "2026-10").await;
    let path = report.path.split('?').next().expect("a path").to_owned();
    let before = office.get(&format!("{path}/file.xlsx")).await.bytes;
    office.get(&format!("{path}/differences")).await.is(StatusCode::OK).shows("発行したときから変わった数字はありません");
    let again = office.get("/staff/reports/new?month=2026-10").await;
    again.shows("すでに発行されていて、数字は変わっていません");
    assert!(again.find_form("/staff/reports").is_none());

    // Twenty from the capital are moved out of the month by hand: as if they had been entered twice.
    let gone: Vec<_> = crowd
        .known
        .iter()
        .zip(&crowd.ids)
        .filter(|(known, _)| known.prefecture == "13" && known.cancelled.is_none() && known.applied < instant("2026-10-20T00:00+09:00"))
        .map(|(_, id)| *id)
        .take(20)
        .collect();
    assert_eq!(gone.len(), 20);
    site.write(async move |tx, _| {
        let at = instant("2026-10-25T00:00+09:00");
        for id in &gone {
            store::mark_cancelled(tx, *id, "test", at.plus(Span::minutes(10)), at).await?;
        }
        Ok(())
    })
    .await;
    let differences = office.get(&format!("{path}/differences")).await;
    differences.is(StatusCode::OK).shows("発行した後に").shows("東京都").shows("都道府県別");
    assert_eq!(office.get(&format!("{path}/file.xlsx")).await.bytes, before, "the file is as it was");
    let hash = hex_of(&before);
    office.get(&path).await.shows(&hash);

    let second = issued(&mut office, "2026-10").await;
    second.shows("R8-M10-2");
    let list = office.get("/staff/reports").await;
    list.shows("R8-M10-2").shows("第2版");
    assert_eq!(list.texts("tbody tr").len(), 2);
    assert_eq!(office.get(&format!("{path}/file.xlsx")).await.bytes, before);
}

fn hex_of(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

#[both_engines]
async fn a_report_cannot_be_changed_even_by_hand(site: Site) {
    Crowd::of(&site, 30, 1).await;
    let mut office = staff(&site, Role::Secretariat).await;
    issued(&mut office, "2026-10").await.is(StatusCode::OK);
    let work = async |tx: &mut db::Tx<'_>, _| tx.run(db::sql!("UPDATE reports SET number = 'R8-M99'"), &[]).await;
    assert!(site.db().write(db::Lane::Staff, None, work).await.is_err());
    let work = async |tx: &mut db::Tx<'_>, _| tx.run(db::sql!("DELETE FROM reports"), &[]).await;
    assert!(site.db().write(db::Lane::Staff, None, work).await.is_err());
}

#[both_engines]
async fn a_month_is_reported_once_it_is_over_and_once(site: Site) {
    Crowd::of(&site, 30, 1).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get("/staff/reports/new?month=2026-10").await.is(StatusCode::OK).form("/staff/reports");
    let early = form.clone().with("month", "2026-11").without("key");
    office.submit(&early).await.is(StatusCode::CONFLICT).shows("まだ終わっていないため");
    office.submit(&form).await.is(StatusCode::SEE_OTHER);
    // The same form once more is the same request; another one finds that nothing differs.
    office.submit(&form).await.is(StatusCode::SEE_OTHER);
    office.submit(&form.clone().without("key")).await.is(StatusCode::CONFLICT).shows("数字が同じため");
    office.submit(&form.with("month", "nonsense").without("key")).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(office.get("/staff/reports").await.texts("tbody tr").len(), 1);
    office.get("/staff/reports/new?month=2025-10").await.is(StatusCode::OK).shows("この月の報告は発行できません");
}
