//! Courses that are written in the browser: by one person, approved and published by another, with what differs and whom it concerns
//! said before.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use kernel::Span;

use super::{MINE, learner, takes};
use crate::office::staff;
use crate::office::staff::staff_called;
use crate::site::{Answer, Site, Visitor};

const VERSIONS: &str = "/staff/courses/beginner/versions";

/// The units on the page of a version, in their order; the slides of each are arranged elsewhere on it.
const UNITS: &str = ".stack-wide > .arranged";

/// Begins a version, and gives its page.
async fn begins(writer: &mut Visitor) -> Answer {
    let form = writer.get(VERSIONS).await.is(StatusCode::OK).form(VERSIONS);
    let page = writer.submit_and_open(&form).await;
    page.is(StatusCode::OK).shows("第1版（2026.2）").shows("下書き").shows("変更点");
    page
}

/// Sends the form of a page whose action ends so, and opens what comes of it.
async fn presses(who: &mut Visitor, path: &str, end: &str) -> Answer {
    let form = who.get(path).await.form(end);
    who.submit_and_open(&form).await
}

/// From draft to approved.
async fn is_approved(writer: &mut Visitor, reader: &mut Visitor, path: &str) {
    presses(writer, path, "/requests").await.is(StatusCode::OK).shows("確認を依頼しました").shows("ご自身が書いた版です");
    presses(reader, path, "/approvals").await.is(StatusCode::OK).shows("承認しました");
}

#[both_engines]
async fn a_course_is_written_by_one_person_and_published_by_another(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut nurse, "test_out").await.shows("このコースを修了しました");
    let mut doctor = learner(&site, "taro@example.jp").await;
    let slide = "/courses/beginner/habits/night-shift-later";
    let form = doctor.get(slide).await.form(slide);
    doctor.submit(&form).await.is(StatusCode::SEE_OTHER);

    let mut writer = staff(&site, Role::Secretariat).await;
    writer.get("/staff/courses").await.is(StatusCode::OK).shows("コースの編集");
    writer.get(VERSIONS).await.shows("はじめから備わっている版（2026.1）").shows("まだ書かれた版はありません");
    let page = begins(&mut writer).await;
    let path = page.path.clone();
    page.shows("「はじめから備わっている版」と違うところ").shows("2026.2");

    // The course itself.
    let form = writer.get(&format!("{path}/course")).await.is(StatusCode::OK).form("/course");
    let wrong =
        form.clone().with("until", "2026-01-01").with("title_ja", "").with("habits_test", "たくさん").with("summary_ja", "書きかけ");
    let refused = writer.submit(&wrong).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("終わりの日を、始まりの日より後に").shows("0から100までの数");
    assert_eq!(refused.form("/course").value("summary_ja"), "書きかけ", "what was typed stays");
    let saved = writer.submit_and_open(&form.clone().with("title_ja", "毎日の手入れ、二年目")).await;
    saved.is(StatusCode::OK).shows("下書きを保存しました").shows("毎日の手入れ、二年目").shows("毎日の手入れで守る");
    let late = writer.submit(&form.with("title_ja", "遅れて届いた題")).await;
    late.is(StatusCode::UNPROCESSABLE_ENTITY).shows("ほかの方がここを書き直しました");
    assert_eq!(late.form("/course").value("title_ja"), "遅れて届いた題");

    // A lesson, once with a fault in it.
    let form = writer.get(&format!("{path}/units/habits")).await.is(StatusCode::OK).form("/units/habits");
    let text = form.value("text_ja").to_owned();
    let page = writer.submit_and_open(&form.with("text_ja", &text.replacen("{#body-habits}", "", 1))).await;
    page.is(StatusCode::OK)
        .shows("下書きを保存しました")
        .shows("beginner/units/habits/lesson.ja.md")
        .shows("行目")
        .shows("識別名がありません");
    writer.get(&path).await.shows("直すところがあります").shows("直すと、確認を依頼できます");
    let mended = text.replacen("夜勤明けの「後で」", "夜勤明けの更新", 1);
    let page = writer.submit_and_open(&page.form("/units/habits").with("text_ja", &mended)).await;
    page.is(StatusCode::OK).hides("直すところがあります");
    let preview = writer.get(&format!("{path}/preview/habits/night-shift-later")).await;
    preview.is(StatusCode::OK).shows("夜勤明けの更新").shows("公開前の見え方です").hides("サインインして記録する");
    assert!(preview.attributes(".turn a", "href").iter().all(|href| href.starts_with(&path)), "the preview leads through the preview");

    // A question of the unit, looked at as readers will.
    let form = writer.get(&format!("{path}/questions/habits-01")).await.is(StatusCode::OK).form("/habits-01");
    let refused = writer.submit(&form.clone().with("c1_ja", "").with("text_ja", "書きかけの問題")).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("書かれていない文があります");
    assert_eq!(refused.form("/habits-01").value("text_ja"), "書きかけの問題");
    writer
        .submit_and_open(&form.with("text_ja", "夜勤明けに、どう動きますか。"))
        .await
        .is(StatusCode::OK)
        .shows("夜勤明けに、どう動きますか。");
    let asked = writer.get(&format!("{path}/preview/habits/questions/1")).await;
    asked.is(StatusCode::OK).shows("夜勤明けに、どう動きますか。");
    let told = writer.submit(&asked.form("/questions/1").choose("choice", "d")).await;
    told.is(StatusCode::OK).shows("正解です").shows("公開前の見え方です");
    let added = writer.get(&format!("{path}/questions/new?kind=fill&unit=habits")).await.is(StatusCode::OK).form("/questions/new");
    let added = added
        .with("text_ja", "＿＿を押します。")
        .with("text_en", "Press ＿＿.")
        .with("answers_ja", "更新\n更新する")
        .with("answers_en", "Update")
        .with("why_ja", "弱点が閉じます。")
        .with("why_en", "It closes the weak spot.")
        .with("slide", "night-shift-later");
    writer.submit_and_open(&added).await.is(StatusCode::OK).shows("下書きを保存しました").shows("＿＿を押します。");
    let changes = writer.get(&path).await;
    changes.shows("スライド「夜勤明けの更新」（日本語）").shows("問題「夜勤明けに、どう動きますか。」").hides("問題「体の不養生");
    changes.hides("night-shift-later」").hides("habits-01");

    // Nobody sees it, and whoever wrote it neither approves nor publishes.
    site.get("/courses/beginner").await.hides("二年目");
    let mut reader = staff_called(&site, "tanto", Role::Secretariat).await;
    is_approved(&mut writer, &mut reader, &path).await;
    let own = writer.get(&path).await;
    own.shows("承認と公開は、ほかの担当者が行います");
    let form = reader.get(&format!("{path}/publications")).await;
    form.is(StatusCode::OK)
        .shows("修了した1人は、修了のままです。受講中の1人は")
        .shows("修了した1人は、もう一度受講が必要になります")
        .shows("いまの公開期間の終わりより後ではない");
    let form = form.form("/publications");
    reader.submit(&form).await.is(StatusCode::CONFLICT).shows("修了の扱いを一つ選んでください");
    let mine = own.form("/closures");
    let stolen = form.clone().with("effect", "correction").with("token", mine.value("token")).with("key", mine.value("key"));
    writer.submit(&stolen).await.is(StatusCode::CONFLICT).shows("承認と公開は、ほかの担当者が行います");
    // Somebody begins while the numbers are being read: they are read anew.
    let mut late = learner(&site, "saki@example.jp").await;
    let turned = late.get(slide).await.form(slide);
    late.submit(&turned).await.is(StatusCode::SEE_OTHER);
    let other = reader.submit(&form.with("effect", "correction")).await;
    other.is(StatusCode::CONFLICT).shows("人数が変わりました").shows("受講中の2人は");
    reader.submit_and_open(&other.form("/publications").with("effect", "correction")).await.is(StatusCode::OK).shows("公開しました");

    site.get("/courses/beginner").await.shows("毎日の手入れ、二年目");
    doctor.get(slide).await.shows("夜勤明けの更新");
    doctor.get(MINE).await.shows("受講中です");
    nurse.get(MINE).await.shows("修了しました");
    let list = writer.get(VERSIONS).await;
    list.shows("第1版（2026.2）").shows("いま受講者に見えている版").shows("第0版（2026.1）").shows("誤りの訂正（再受講不要）");
    let first = list.attributes("tbody a", "href").pop().expect("the version of the disk");
    writer.get(&first).await.is(StatusCode::OK).shows("第0版（2026.1）");
    writer.get(&format!("{first}/preview/habits/night-shift-later")).await.is(StatusCode::OK).shows("夜勤明けの「後で」");
    writer.get(&format!("{first}/course")).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_course_that_has_to_be_taken_again_is_open_again_to_those_who_had_completed_it(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut nurse, "test_out").await.shows("このコースを修了しました");
    let (mut writer, mut reader) = (staff(&site, Role::Secretariat).await, staff_called(&site, "tanto", Role::Secretariat).await);
    let path = begins(&mut writer).await.path;
    is_approved(&mut writer, &mut reader, &path).await;
    let form = reader.get(&format!("{path}/publications")).await.form("/publications").with("effect", "retake");
    reader.submit_and_open(&form).await.is(StatusCode::OK).shows("公開しました");
    nurse.get(MINE).await.is(StatusCode::OK).shows("まだ始めていません");
    takes_nothing_from_the_record(&site).await;
}

/// What was completed is kept.
async fn takes_nothing_from_the_record(site: &Site) {
    let count = async |tx: &mut db::Tx<'_>| tx.one(db::sql!("SELECT COUNT(*) FROM study_completions"), &[]).await;
    let kept: i64 = site.db().read(count).await.expect("a count");
    assert_eq!(kept, 1);
}

#[both_engines]
async fn questions_come_in_whole_or_not_at_all(site: Site) {
    let mut writer = staff(&site, Role::Secretariat).await;
    let path = begins(&mut writer).await.path;
    let import = format!("{path}/import");
    let page = writer.get(&import).await;
    page.is(StatusCode::OK).shows("一つでも直すところがあれば、何も取り込まずに").shows("night-shift-later");
    writer.get(&format!("{import}/template.xlsx")).await.is(StatusCode::OK);
    let export = writer.get(&format!("{path}/questions.xlsx")).await;
    export.is(StatusCode::OK);
    let form = page.form("/import");
    let same = writer.upload(&form, "file", "questions.xlsx", &export.bytes).await;
    let same = writer.get(same.location()).await;
    same.shows("新しい問題0問、置き換えた問題0問、変わらない問題78問");

    let gift = "$CATEGORY: habits\n\n::habits-90::何をしますか。{\n=知らせる#守れます\n~待つ#広がります\n~隠す#広がります\n}\n";
    let broken = format!("{gift}\nもう一つ{{TRUE}}\n");
    let form = writer.get(&import).await.form("/import");
    let refused = writer.upload(&form, "file", "questions.gift", broken.as_bytes()).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("取り込めませんでした。何も変わっていません").shows("9行目：").shows("○×の問題です");
    let list = writer.get(&format!("{path}/questions?unit=habits")).await;
    assert!(list.attributes("tbody a", "href").iter().all(|href| !href.ends_with("/habits-90")), "nothing of it came in");
    let form = writer.get(&import).await.form("/import");
    let taken = writer.upload(&form, "file", "questions.gift", gift.as_bytes()).await;
    writer.get(taken.location()).await.shows("新しい問題1問").shows("「何をしますか。」に、コースの言語のどれか");
    for (name, bytes) in [("a.pdf", &b"%PDF-1.7"[..]), ("a.svg", b"<svg onload=\"alert(1)\"></svg>"), ("a.xlsx", b"PK\x03\x04")] {
        let form = writer.get(&import).await.form("/import");
        writer.upload(&form, "file", name, bytes).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("何も変わっていません");
    }
}

#[both_engines]
async fn units_are_added_moved_and_taken_away(site: Site) {
    let mut writer = staff(&site, Role::Secretariat).await;
    let page = begins(&mut writer).await;
    let path = page.path.clone();
    let add = page.form_of("/units", "do", "add");
    let refused = writer.submit(&add.clone().fill("unit", "朝の点検").fill("title_ja", "朝の点検")).await;
    refused.is(StatusCode::CONFLICT).shows("小文字の英字で始め");
    assert_eq!(refused.form_of("/units", "do", "add").value("title_ja"), "朝の点検", "what was typed stays");
    writer.submit(&add.clone().fill("unit", "habits").fill("title_ja", "朝の点検")).await.shows("このアドレスの単元がすでにあります");
    let added =
        writer.submit_and_open(&add.fill("unit", "morning").fill("title_ja", "朝の点検").fill("title_en", "The morning round")).await;
    added.is(StatusCode::OK).shows("下書きを保存しました").shows("朝の点検").shows("直すところがあります");
    let units = |page: &Answer| page.texts(&format!("{UNITS} > li > span"));
    assert_eq!(units(&added).last().map(String::as_str), Some("朝の点検"));

    let up = added.form_of("/units", "unit", "morning");
    let moved = writer.submit_and_open(&up).await;
    let order = units(&moved);
    assert_eq!(order.iter().position(|title| title == "朝の点検"), Some(order.len() - 2), "{order:?}");
    // Sent twice, it has moved once.
    writer.submit(&up).await.is(StatusCode::SEE_OTHER);
    assert_eq!(units(&writer.get(&path).await), order);
    // A form of a page that is no longer as it was changes nothing.
    site.later(Span::minutes(1));
    let page = writer.get(&path).await;
    let (down, late) = (page.form_of("/units", "unit", "habits"), page.form_of("/units", "unit", "morning"));
    site.later(Span::minutes(1));
    writer.submit(&down).await.is(StatusCode::SEE_OTHER);
    writer.submit(&late.without("key")).await.is(StatusCode::CONFLICT).shows("画面を開いたあとで");

    let lesson = writer.get(&format!("{path}/units/morning")).await;
    lesson.is(StatusCode::OK);
    assert!(lesson.form("/units/morning").value("text_en").starts_with("## The morning round {#morning-1}"));
    let gone = writer.get(&path).await;
    let removing = gone.attributes(&format!("{UNITS} input[name=do][value=remove]"), "value");
    assert_eq!(removing.len(), order.len(), "each unit can be taken away");
    let remove = gone.form_of("/units", "unit", "morning").without("do").with("do", "remove");
    writer.submit_and_open(&remove).await.is(StatusCode::OK).hides("朝の点検").hides("直すところがあります");
    writer.get(&format!("{path}/units/morning")).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn a_new_course_is_a_draft_that_nobody_else_sees(site: Site) {
    let mut writer = staff(&site, Role::Secretariat).await;
    let form = writer.get("/staff/courses/new").await.is(StatusCode::OK).form("/staff/courses/new");
    let refused = writer.submit(&form.clone().fill("slug", "Night Shift")).await;
    refused
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("題名を入力してください")
        .shows("小文字の英字で始め")
        .shows("どなた向けかを選んでください");
    let form = refused.form("/staff/courses/new").fill("title_ja", "夜勤の15分").choose("audience", "beginner");
    let taken = writer.submit(&form.without("slug").with("slug", "beginner")).await;
    taken.is(StatusCode::UNPROCESSABLE_ENTITY).shows("このアドレスのコースがすでにあります");
    let form = taken.form("/staff/courses/new").without("slug").with("slug", "night-shift");
    let page = writer.submit_and_open(&form).await;
    page.is(StatusCode::OK).shows("夜勤の15分").shows("最初の単元").shows("直すところがあります");
    // Sent again, it is the same course.
    let again = writer.submit(&form).await;
    assert_eq!(again.location(), page.path);
    writer.get("/staff/courses").await.shows("まだ公開していないコース").shows("夜勤の15分");
    writer.get("/courses").await.hides("夜勤の15分");
    writer.get("/courses/night-shift").await.is(StatusCode::NOT_FOUND);
}
