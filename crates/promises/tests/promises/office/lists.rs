//! Lists are looked at before anything is stored, brought in once, and what is wrong comes back with how to mend it.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use intake::export::{Encoding, csv, xlsx};
use intake::{Limits, Table};
use kernel::Span;

use super::staff::staff;
use crate::site::{Answer, Site, Visitor};

const HEADINGS: [&str; 9] = ["姓", "名", "セイ", "メイ", "メールアドレス", "お勤め先", "種別", "都道府県", "職種"];

fn taro() -> [&'static str; 9] {
    ["見本", "太郎", "ミホン", "タロウ", "taro@example.jp", "見本内科クリニック", "診療所", "東京都", "医師"]
}

fn hanako() -> [&'static str; 9] {
    ["見本", "花子", "みほん", "はなこ", "ｈａｎａｋｏ＠example.jp", "見本内科クリニック", "診療所", "13", "看護師"]
}

fn wrong() -> [&'static str; 9] {
    ["例示", "髙子", "レイジ", "", "takako@example", "=HYPERLINK(\"x\")", "宇宙船", "東京都", ""]
}

fn workbook(rows: &[[&str; 9]]) -> Vec<u8> {
    xlsx("名簿", None, &HEADINGS, rows).expect("it can be written")
}

/// Sends a file to the page under `path`, and opens what it answers with.
async fn send(visitor: &mut Visitor, path: &str, name: &str, bytes: &[u8]) -> Answer {
    let form = visitor.get(&format!("{path}/import")).await.is(StatusCode::OK).form("/import");
    let answer = visitor.upload(&form, "file", name, bytes).await;
    if answer.status == StatusCode::SEE_OTHER { visitor.open(answer.location()).await } else { answer }
}

async fn path_of(site: &Site, session: &str) -> String {
    format!("/staff/sessions/{}", site.session(session).await.id)
}

/// Has a draft approved by the ministry, and publishes it.
async fn publishes(site: &Site, office: &mut Visitor, text: &str) {
    let form = office.get(text).await.form("/requests");
    office.submit_and_open(&form).await.is(StatusCode::OK);
    let mut ministry = staff(site, Role::Ministry).await;
    let form = ministry.get(text).await.form("/approvals");
    ministry.submit_and_open(&form).await.is(StatusCode::OK).shows("事務局が公開するのを待っています");
    let form = office.get(&format!("{text}/publications")).await.form("/publications");
    office.submit_and_open(&form).await.is(StatusCode::OK);
}

/// Presses the button of a preview.
async fn confirm(visitor: &mut Visitor, preview: &Answer) -> Answer {
    let path = preview.path.clone();
    visitor.submit_and_open(&preview.form(&path).choose("consent", "yes")).await
}

#[both_engines]
async fn a_list_is_shown_before_anything_is_stored_and_brought_in_once(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = path_of(&site, "R8/executive/3").await;
    let preview = send(&mut office, &path, "名簿.xlsx", &workbook(&[taro(), hanako(), wrong(), taro()])).await;
    preview.is(StatusCode::OK).shows("まだ何も登録していません").shows("新しく登録 2行").shows("登録済み 1行").shows("直すところあり 1行");
    preview.shows("4行目").shows("名のフリガナを入れてください").shows("種別を読み取れません").shows("メールアドレスの終わり");
    assert_eq!(site.session("R8/executive/3").await.taken, 0, "nothing is stored before the confirmation");

    let refused = office.submit(&preview.form(&preview.path)).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("一覧の方の同意を確かめてください");
    assert_eq!(site.session("R8/executive/3").await.taken, 0);

    let done = confirm(&mut office, &preview).await;
    done.is(StatusCode::OK).shows("2名を登録しました").shows("登録済み 1行").shows("直すところあり 1行");
    assert_eq!(site.session("R8/executive/3").await.taken, 2);
    let list = office.get(&format!("{path}/applicants")).await;
    list.shows("見本 花子").shows("ミホン ハナコ");
    assert_eq!(list.texts("td.mail .tag"), ["一覧から取り込み"; 2], "nobody telephoned");
    assert!(site.deliver().await.is_empty(), "nobody is mailed unless the box is ticked");

    // The same button again, and the same file again.
    confirm(&mut office, &preview).await.is(StatusCode::OK).shows("2名を登録しました");
    let again = send(&mut office, &path, "名簿.xlsx", &workbook(&[taro(), hanako()])).await;
    again.shows("登録済み 2行").shows("新しく取り込む行はありません");
    assert_eq!(site.session("R8/executive/3").await.taken, 2, "the same person and session twice is once");
}

#[both_engines]
async fn people_of_a_list_are_mailed_only_if_the_box_is_ticked(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = path_of(&site, "R8/executive/3").await;
    let preview = send(&mut office, &path, "list.xlsx", &workbook(&[taro()])).await;
    let form = preview.form(&preview.path).choose("consent", "yes").choose("mails", "yes");
    office.submit_and_open(&form).await.shows("1名を登録しました");
    let letters = site.deliver().await;
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["taro@example.jp"]);
    assert!(letters[0].has_entry());

    let shown = office.open(&letters[0].link("/a/")).await;
    shown.shows("事務局が一覧から登録しました");
}

#[both_engines]
async fn seats_are_respected_and_what_does_not_fit_is_said(site: Site) {
    site.limit("R8/executive/3", 1, 1).await;
    let mut office = staff(&site, Role::Secretariat).await;
    let path = path_of(&site, "R8/executive/3").await;
    let third = ["試験", "﨑男", "シケン", "サキオ", "sakio@example.jp", "見本内科クリニック", "診療所", "東京都", ""];
    let preview = send(&mut office, &path, "list.xlsx", &workbook(&[taro(), hanako(), third])).await;
    preview.shows("残りの席：1").shows("新しく登録 1行").shows("キャンセル待ち 1行").shows("席もキャンセル待ちも定員に達しています");
    confirm(&mut office, &preview).await.shows("2名を登録しました").shows("席もキャンセル待ちも定員に達しています");
    let session = site.session("R8/executive/3").await;
    assert_eq!((session.taken, session.waiting), (1, 1));
}

#[both_engines]
async fn wrong_rows_come_back_as_a_file_with_one_more_column(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = path_of(&site, "R8/executive/3").await;
    let preview = send(&mut office, &path, "名簿.xlsx", &workbook(&[wrong(), taro()])).await;
    let done = confirm(&mut office, &preview).await;
    let file = office.get(&format!("{}/mend.xlsx", done.path)).await;
    assert!(file.header("content-disposition").starts_with("attachment"), "{}", file.header("content-disposition"));
    let table = Table::read(&file.bytes, "mend.xlsx", Limits::default()).unwrap();
    let rows: Vec<&[String]> = table.rows().iter().map(intake::Row::cells).collect();
    assert_eq!(rows.len(), 2, "the heading and the wrong row alone");
    assert_eq!(rows[0][..9], HEADINGS.map(str::to_owned));
    assert_eq!(rows[0][9], "直すところ");
    assert_eq!(rows[1][..9], wrong().map(str::to_owned), "as it was sent");
    assert!(rows[1][9].contains("名のフリガナを入れてください"), "{}", rows[1][9]);

    // Mended and sent again, its own column does no harm.
    let mended = ["例示", "髙子", "レイジ", "タカコ", "takako@example.jp", "=HYPERLINK(\"x\")", "その他", "東京都", "", "名のフリガナ…"];
    let headings: Vec<&str> = HEADINGS.into_iter().chain(["直すところ"]).collect();
    let file = xlsx("名簿", None, &headings, [mended]).unwrap();
    let preview = send(&mut office, &path, "名簿.xlsx", &file).await;
    preview.shows("新しく登録 1行").hides("使わない列");
    confirm(&mut office, &preview).await.shows("1名を登録しました");
    office.get(&format!("{path}/applicants")).await.shows("=HYPERLINK(\"x\")");
}

#[both_engines]
async fn a_csv_of_any_japanese_encoding_is_read_and_what_is_no_table_is_refused_in_words(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = path_of(&site, "R8/executive/3").await;
    let whole = ["氏名", "フリガナ", "メールアドレス", "所属", "種別", "都道府県", "社員番号"];
    let row = ["見本　太郎", "ミホン タロウ", "taro@example.jp", "見本内科クリニック", "診療所", "東京都", "7"];
    let (bytes, _) = csv(&whole, [row], Encoding::ShiftJis);
    let preview = send(&mut office, &path, "list.csv", &bytes).await;
    preview.is(StatusCode::OK).shows("CSV（Shift_JIS）").shows("新しく登録 1行").shows("使わない列").shows("社員番号");
    confirm(&mut office, &preview).await.shows("1名を登録しました");

    let (no_mail, _) = csv(&["姓", "名"], [["見本", "太郎"]], Encoding::Utf8Bom);
    let (no_kana, _) = csv(&["姓", "名", "メール", "所属"], [["見本", "太郎", "taro@example.jp", "見本"]], Encoding::Utf8Bom);
    let cases: [(&str, Vec<u8>, &str); 5] = [
        ("list.pdf", b"%PDF-1.7".to_vec(), "表のファイルではありません"),
        ("list.csv", no_mail, "見出しに、次の列がありません：メールアドレス、お勤め先"),
        ("list.csv", no_kana, "フリガナの列がありません"),
        ("list.csv", Vec::new(), "ファイルを選んでください"),
        ("list.csv", vec![b'x'; (1 << 20) + 1], "ファイルが大きすぎます"),
    ];
    for (name, bytes, words) in cases {
        send(&mut office, &path, name, &bytes).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows(words);
    }
}

#[both_engines]
async fn the_template_is_read_as_it_is_without_its_example(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = path_of(&site, "R8/executive/3").await;
    for path in [path.as_str(), "/staff/notices", "/staff/faq"] {
        let template = office.get(&format!("{path}/import/template.xlsx")).await;
        template.is(StatusCode::OK);
        assert_eq!(Table::read(&template.bytes, "template.xlsx", Limits::default()).unwrap().rows().len(), 2);
        send(&mut office, path, "template.xlsx", &template.bytes).await.shows("取り込む行がありません");
    }
}

#[both_engines]
async fn a_list_is_its_senders_own_and_gone_after_a_day(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let path = path_of(&site, "R8/executive/3").await;
    let preview = send(&mut office, &path, "list.xlsx", &workbook(&[taro()])).await;
    let mut other = super::staff::staff_called(&site, "jimukyoku2", Role::Secretariat).await;
    other.get(&preview.path).await.is(StatusCode::NOT_FOUND);
    staff(&site, Role::Operator).await.get(&preview.path).await.is(StatusCode::NOT_FOUND);
    let elsewhere = preview.path.replace(&path, &path_of(&site, "R8/executive/4").await);
    office.get(&elsewhere).await.is(StatusCode::NOT_FOUND);

    site.later(Span::minutes(16));
    let later = office.get(&preview.path).await;
    assert!(later.is(StatusCode::SEE_OTHER).location().starts_with("/step-up?next="), "{}", later.location());

    site.later(Span::hours(25));
    site.write(async |tx, now| people::lists::forget_old(tx, now).await).await;
    staff(&site, Role::Secretariat).await.get(&preview.path).await.is(StatusCode::NOT_FOUND);
}

#[both_engines]
async fn imported_notices_are_drafts_and_keep_their_numbers_when_they_go_public(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let headings = ["番号", "分類", "題名", "本文"];
    let rows = [
        ["2026-0810-1", "研修", "研修の受付を始めました", "**受付**を始めました。"],
        ["", "案内", "事務局の休み", "年末年始は休みます。"],
        ["2027-0101-1", "案内", "先の日付", "まだです。"],
        ["", "宇宙", "分類が違う", "本文"],
    ];
    let file = xlsx("お知らせ", None, &headings, rows).unwrap();
    let preview = send(&mut office, "/staff/notices", "notices.xlsx", &file).await;
    preview.shows("新しく登録 2行").shows("番号の日付が、まだ来ていません").shows("分類は「研修」「変更」「教材」「案内」のどれか");
    let done = office.submit_and_open(&preview.form(&preview.path)).await;
    done.shows("2件のお知らせを下書きにしました");
    site.get("/notices").await.hides("研修の受付を始めました");
    let list = office.get("/staff/notices").await;
    list.shows("研修の受付を始めました").shows("下書き");
    send(&mut office, "/staff/notices", "notices.xlsx", &file).await.shows("登録済み 2行").shows("新しく取り込む行はありません");

    // Edited by the form, the number stays; published, it is the address.
    let at = list.attributes(".title a", "href").into_iter().zip(list.texts(".title a"));
    let (text, _) = at.into_iter().find(|(_, title)| title.contains("受付")).expect("it is listed");
    let form = office.get(&format!("{text}/edit")).await.form(&text).fill("body_ja", "受付を始めました。");
    office.submit_and_open(&form).await.is(StatusCode::OK);
    publishes(&site, &mut office, &text).await;
    site.get("/notices/2026-0810-1").await.is(StatusCode::OK).shows("研修の受付を始めました").shows("受付を始めました。");
}

#[both_engines]
async fn imported_questions_are_drafts_and_a_number_belongs_to_one(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let headings = ["番号", "分類", "質問", "回答", "表示する場所"];
    let rows = [
        ["Q12", "申し込み", "申し込みに必要なものは何ですか", "メールアドレスです。", ""],
        ["12", "申し込み", "同じ番号の別の質問", "答えです。", ""],
        ["", "宇宙", "分類が違う", "答えです。", "どこか"],
    ];
    let file = xlsx("よくある質問", None, &headings, rows).unwrap();
    let preview = send(&mut office, "/staff/faq", "faq.xlsx", &file).await;
    preview.shows("分類は、次のどれかで書いてください").shows("表示する場所は、次のどれか");
    office.submit_and_open(&preview.form(&preview.path)).await.shows("1件の質問を下書きにしました");
    let again = send(&mut office, "/staff/faq", "faq.xlsx", &file).await;
    again.shows("登録済み 1行").shows("この番号は、別の質問「申し込みに必要なものは何ですか」が使っています");
}

#[both_engines]
async fn a_question_stands_on_the_page_of_its_number_in_either_language(site: Site) {
    let mut office = staff(&site, Role::Secretariat).await;
    let headings = ["番号", "分類", "質問", "回答"];
    let rows = [["3", "申し込み", "前の質問ですか", "はい。"], ["203", "メール", "後の質問ですか", "はい。"]];
    let file = xlsx("よくある質問", None, &headings, rows).unwrap();
    let preview = send(&mut office, "/staff/faq", "faq.xlsx", &file).await;
    office.submit_and_open(&preview.form(&preview.path)).await.shows("2件の質問を下書きにしました");
    for text in office.get("/staff/faq").await.attributes(".title a", "href") {
        publishes(&site, &mut office, &text).await;
    }

    for (prefix, last) in [("", "/faq?page=3"), ("/en", "/en/faq?page=3")] {
        let first = site.get(&format!("{prefix}/faq")).await;
        first.shows("前の質問ですか").hides("後の質問ですか");
        assert_eq!(first.attributes("nav.pager a", "href"), [last]);
        let second = site.get(last).await;
        second.shows("後の質問ですか").hides("前の質問ですか");
        assert_eq!(second.attributes("nav.pager a", "href"), [format!("{prefix}/faq")]);
        // A page without questions is the first that has some.
        site.get(&format!("{prefix}/faq?page=2")).await.shows("前の質問ですか");
    }
    let found = site.get("/search?q=%E5%BE%8C%E3%81%AE%E8%B3%AA%E5%95%8F").await;
    assert!(found.attributes("main a", "href").contains(&"/faq?page=3#q203".to_owned()), "{}", found.text());
}
