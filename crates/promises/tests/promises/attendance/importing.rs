//! The files of the meeting tools, as they are given out.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;

use super::{AFTER, Held, SESSION, sample};
use crate::office::staff::staff;
use crate::site::Site;

#[both_engines]
async fn each_tools_file_is_shown_first_brought_in_once_and_can_be_taken_out(site: Site) {
    let mut held = Held::on(site).await;
    let files = [
        ("zoom-meeting-en.csv", "Zoom", 4, 2, "46分"),
        ("zoom-meeting-ja.csv", "Zoom", 5, 1, "47分"),
        ("zoom-unique-en.csv", "Zoom", 4, 1, "47分"),
        ("zoom-unique-ja.csv", "Zoom", 4, 0, "47分"),
        ("teams-en.csv", "Microsoft Teams", 4, 2, "46分"),
        ("teams-ja.csv", "Microsoft Teams", 4, 1, "46分"),
        ("webex-en.csv", "Webex", 4, 1, "46分"),
        ("webex-ja.csv", "Webex", 4, 1, "46分"),
    ];
    for (name, tool, found, open, hanako) in files {
        let preview = held.sends(name, &sample(name)).await;
        preview.is(StatusCode::OK).shows("まだ何も登録していません").shows(tool).shows(&format!("申込者と結び付く {found}名"));
        preview.shows(&format!("確認が必要 {open}名"));
        assert!(held.why("見本 太郎").await.contains("60分中0分"), "{name}: nothing is stored before the confirmation");
        let done = held.office.submit_and_open(&preview.form(&preview.path)).await;
        done.is(StatusCode::OK).shows(&format!("{found}名を申込者と結び付けました"));
        assert!(held.why("見本 太郎").await.contains("60分中60分参加（基準45分以上）：出席"), "{name}: {}", held.why("見本 太郎").await);
        assert!(held.why("見本 花子").await.contains(&format!("60分中{hanako}参加")), "{name}: {}", held.why("見本 花子").await);
        let sakio = held.why("試験 﨑男").await;
        assert!(["30分", "32分"].iter().any(|minutes| sakio.contains(minutes)) && sakio.contains("：欠席"), "{name}: {sakio}");

        let again = held.sends(name, &sample(name)).await;
        let refused = held.office.submit(&again.form(&again.path)).await;
        refused.is(StatusCode::CONFLICT).shows("同じファイルを、すでに取り込んでいます");

        let page = held.page("").await;
        let at = page.texts("aside a[lang=ja]").iter().position(|known| known == name).expect("it is listed");
        let link = page.attributes("aside a[lang=ja]", "href")[at].clone();
        let file = held.office.get(&link).await;
        file.shows(tool).shows(&format!("結び付いている申込者は{found}名です"));
        held.office.submit_and_open(&file.form(&link)).await.shows("記録を取り下げました");
        assert!(held.why("見本 太郎").await.contains("60分中0分"), "{name}: what it said does not count any more");
    }
}

#[both_engines]
async fn minutes_of_several_files_are_united(site: Site) {
    let mut held = Held::on(site).await;
    let file = |times: &str| format!("名前,メール,参加時刻,退出時刻\n見本 太郎,taro@example.jp,{times}\n").into_bytes();
    for (name, times, minutes) in [
        ("one.csv", "2026/12/23 17:00,2026/12/23 17:20", "60分中20分"),
        ("two.csv", "2026/12/23 17:10,2026/12/23 17:30", "60分中30分"),
        ("three.csv", "2026/12/23 17:32,2026/12/23 17:40", "60分中40分"),
        ("four.csv", "2026/12/23 17:45,2026/12/23 18:20", "60分中55分"),
    ] {
        let preview = held.sends(name, &file(times)).await;
        held.office.submit_and_open(&preview.form(&preview.path)).await.is(StatusCode::OK);
        let why = held.why("見本 太郎").await;
        assert!(why.contains(minutes), "{name}: {why}");
    }
}

#[both_engines]
async fn the_zone_of_a_file_can_be_chosen_and_is_said(site: Site) {
    let mut held = Held::on(site).await;
    let file = b"name,email,join time,leave time\nTaro,taro@example.jp,12/23/2026 08:00:00 AM,12/23/2026 09:00:00 AM\n";
    let form = held.page("/import").await.form("/import");
    let sent = held.office.upload(&form, "file", "a.csv", file).await;
    let preview = held.office.open(sent.location()).await;
    preview.shows("日本時間として読みました").shows("この回の時間に参加した方がいません");
    let sent = held.office.upload(&form.choose("zone", "UTC"), "file", "a.csv", file).await;
    let preview = held.office.open(sent.location()).await;
    preview.shows("協定世界時（UTC）として読みました").hides("この回の時間に参加した方がいません");
    held.office.submit_and_open(&preview.form(&preview.path)).await.is(StatusCode::OK);
    assert!(held.why("見本 太郎").await.contains("60分中60分"));
}

#[both_engines]
async fn what_cannot_be_read_is_named_and_what_is_no_list_is_refused_in_words(site: Site) {
    let mut held = Held::on(site).await;
    let text =
        "名前,メール,参加時刻,退出時刻\n見本 太郎,taro@example.jp,2026/12/23 17:00,2026/12/23 18:00\n見本 花子,,きのう,2026/12/23 18:00\n";
    let preview = held.sends("list.csv", text.as_bytes()).await;
    preview.shows("読めない行 1行").shows("3行目").shows("きのう").shows("参加した時刻を読み取れません").shows("1名の記録を取り込む");
    for (name, bytes, words) in [
        ("list.pdf", b"%PDF-1.7".to_vec(), "表のファイルではありません"),
        ("list.csv", "姓,名\n見本,太郎\n".as_bytes().to_vec(), "参加者の一覧の見出しが見つかりません"),
        ("list.csv", "名前,参加時刻,退出時刻\n".as_bytes().to_vec(), "見出しの下に参加者がいません"),
        ("list.csv", Vec::new(), "ファイルを選んでください"),
        ("list.csv", vec![b'x'; school::attendance::files::LIMITS.bytes + 1], "ファイルが大きすぎます"),
    ] {
        held.sends(name, &bytes).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
}

#[both_engines]
async fn a_file_is_its_senders_own_until_it_is_brought_in_and_gone_after_a_day(site: Site) {
    let mut held = Held::on(site).await;
    let preview = held.sends("teams-en.csv", &sample("teams-en.csv")).await;
    let mut other = crate::office::staff::staff_called(&held.site, "jimukyoku2", Role::Secretariat).await;
    other.get(&preview.path).await.is(StatusCode::NOT_FOUND);
    held.site.later(kernel::Span::hours(25));
    held.site.write(async |tx, now| school::attendance::forget_old(tx, now).await).await;
    staff(&held.site, Role::Secretariat).await.get(&preview.path).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn nothing_is_brought_in_before_it_begins_and_the_rule_is_frozen_then(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = format!("/staff/sessions/{}/attendance", site.session(SESSION).await.id);
    office.get(&format!("{path}/import")).await.shows("まだ始まっていないため、取り込めません");
    let form = office.get(&format!("{path}/rule")).await.form("/rule");
    assert!(form.offers("reason").is_empty());
    let done = office.submit_and_open(&form.choose("unit", "minutes").fill("least", "５０")).await;
    done.shows("出席の基準を変更しました").shows("60分中50分以上");

    site.at(AFTER);
    let mut office = staff(&site, Role::Secretariat).await;
    let form = office.get(&format!("{path}/rule")).await.form("/rule").fill("least", "40");
    office.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("訂正の理由を選んでください");
    office.get(&path).await.shows("60分中50分以上");
    office.submit_and_open(&form.choose("reason", "shortened")).await.shows("60分中40分以上");
    staff(&site, Role::Auditor).await.get("/staff/audit").await.shows("出席の基準の訂正").shows("研修の時間が変わった");
}
