//! An office applies for several colleagues: each has an application, a receipt number and a mail of their own, and may decline.

use both_engines::both_engines;
use http::StatusCode;

use crate::site::Outcome::Applied;
use crate::site::{Answer, Form, Site, Visitor};

const PAGE: &str = "/apply/R8/executive/3/colleagues";

pub async fn form(visitor: &mut Visitor) -> Form {
    let form = visitor.get(PAGE).await.is(StatusCode::OK).form("/colleagues");
    let form = form.fill("place", "見本内科クリニック").choose("kind", "clinic").choose("prefecture", "13").choose("consent", "yes");
    form.fill("email", "clinic@example.jp")
}

pub fn row(form: Form, n: usize, name: &str, kana: &str, email: &str) -> Form {
    form.fill(&format!("name-{n}"), name).fill(&format!("kana-{n}"), kana).fill(&format!("email-{n}"), email)
}

pub async fn confirms(visitor: &mut Visitor, form: &Form) -> Answer {
    let page = visitor.submit(form).await;
    let confirm = page.is(StatusCode::OK).form("/colleagues/confirmation");
    visitor.submit(&confirm).await
}

#[both_engines]
async fn each_colleague_gets_an_application_and_a_mail_of_their_own_and_may_decline(site: Site) {
    let mut office = site.visitor("試験 﨑男");
    let filled = row(form(&mut office).await, 0, "見本 太郎", "ミホン タロウ", "");
    let filled = row(filled, 1, "例示　髙子", "れいじ たかこ", "takako@example.jp");
    let page = office.submit(&filled).await;
    page.is(StatusCode::OK).shows("2通のメール").shows("2名分を申し込む").shows("clinic@example.jp");
    let confirm = page.form("/colleagues/confirmation");
    let done = office.submit(&confirm).await;
    done.is(StatusCode::OK).shows("2名分の申し込みを受け付けました").hides("/a/");
    assert!(office.cookies.is_empty(), "the office holds nobody's application");
    assert_eq!(site.session("R8/executive/3").await.taken, 2);

    let letters = site.deliver().await;
    let to: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    assert!(letters.len() == 2 && to.contains(&"clinic@example.jp") && to.contains(&"takako@example.jp"), "{to:?}");
    assert!(letters.iter().all(|letter| letter.entry().method == "REQUEST" && letter.subject.contains("職場からの申込")));
    let hers = letters.iter().find(|letter| letter.to == "takako@example.jp").expect("hers");
    let decline = hers.links("/a/").into_iter().find(|link| link.contains("to=decline")).expect("a link to decline by");
    let mut takako = site.visitor("例示 髙子");
    let page = takako.opens_link(&decline).await;
    takako.submit_and_open(&page.is(StatusCode::OK).form("/cancellation")).await.is(StatusCode::OK).shows("申し込みを取り消しました");

    // Pressed twice is once.
    office.submit(&confirm).await.is(StatusCode::OK).shows("2名分");
    assert!(site.deliver().await.iter().all(|letter| letter.subject.contains("取り消し")), "nobody is told twice");
}

#[both_engines]
async fn the_page_says_of_each_what_came_of_it(site: Site) {
    site.limit("R8/executive/3", 2, 1).await;
    assert_eq!(site.visitor("見本 太郎").applies_for("R8/executive/3").await, Applied);
    assert_eq!(site.visitor("見本 花子").applies_for("R8/executive/4").await, Applied);
    let mut office = site.visitor("試験 﨑男");
    let filled = row(form(&mut office).await, 0, "見本 太郎", "ミホン タロウ", "taro@example.jp");
    let filled = row(filled, 1, "見本 花子", "ミホン ハナコ", "hanako@example.jp");
    let filled = row(filled, 2, "例示 髙子", "レイジ タカコ", "");
    let more = office.submit(&filled.clone().with("do", "more")).await;
    let filled = more.is(StatusCode::OK).form("/colleagues");
    assert_eq!(filled.value("name-2"), "例示 髙子", "nothing is lost");
    let filled = row(filled, 3, "試験 﨑男", "シケン サキオ", "");
    let filled = row(filled, 4, "𠮷見 見本", "ヨシミ ミホン", "");
    let rows = confirms(&mut office, &filled).await.is(StatusCode::OK).texts("tbody tr");
    let said = ["申し込み済み", "同じ内容の別の回", "確定", "キャンセル待ち", "定員になりました"];
    assert_eq!(rows.len(), said.len());
    for (row, said) in rows.iter().zip(said) {
        assert!(row.contains(said), "{row}: {said}");
    }
}

#[both_engines]
async fn nothing_typed_is_lost_when_a_row_is_wrong_and_a_table_can_be_pasted(site: Site) {
    let mut office = site.visitor("試験 﨑男");
    let table = "見本\t太郎\tミホン\tタロウ\ttaro@example.jp\t看護師\n見本\t花子\tミホン\tハナコ\thanako@example\t\n";
    let pasted = form(&mut office).await.fill("paste", table).with("do", "paste");
    let page = office.submit(&pasted).await;
    let filled = page.is(StatusCode::OK).form("/colleagues");
    assert_eq!((filled.value("name-0"), filled.value("kana-1")), ("見本 太郎", "ミホン ハナコ"));

    let wrong = office.submit(&filled).await;
    wrong.is(StatusCode::UNPROCESSABLE_ENTITY).shows("2人目 メールアドレスの終わり");
    let again = wrong.form("/colleagues");
    assert_eq!(
        (again.value("name-1"), again.value("email-1"), again.value("place")),
        ("見本 花子", "hanako@example", "見本内科クリニック")
    );
    confirms(&mut office, &again.fill("email-1", "hanako@example.jp")).await.is(StatusCode::OK).shows("2名分");
}

#[both_engines]
async fn thirty_are_the_most_and_whoever_is_one_too_many_is_named(site: Site) {
    let mut office = site.visitor("試験 﨑男");
    let lines: Vec<String> = (0..31).map(|n| format!("見本 第{n}\tミホン ダイ\tperson{n}@example.jp\t")).collect();
    let page = office.submit(&form(&mut office.clone()).await.fill("paste", &lines.join("\n")).with("do", "paste")).await;
    page.is(StatusCode::UNPROCESSABLE_ENTITY).shows("終わりの1名は入れていません");
    let filled = page.form("/colleagues").choose("consent", "yes");
    confirms(&mut office, &filled).await.is(StatusCode::OK).shows("30名分の申し込みを受け付けました");
    assert_eq!(site.deliver().await.len(), 30);
}

#[both_engines]
async fn a_form_for_colleagues_begun_before_the_deadline_is_taken_for_ten_minutes(site: Site) {
    let mut office = site.visitor("試験 﨑男");
    site.at("2026-12-17T12:59:59.999999+09:00");
    let filled = row(form(&mut office).await, 0, "見本 太郎", "ミホン タロウ", "");
    site.at("2026-12-17T13:09:59.999999+09:00");
    let confirm = office.submit(&filled).await.is(StatusCode::OK).form("/colleagues/confirmation");
    office.submit(&confirm).await.is(StatusCode::OK).shows("1名分");
    site.at("2026-12-17T13:10+09:00");
    office.submit(&filled).await.is(StatusCode::SEE_OTHER);
    site.at("2026-12-17T13:00+09:00");
    office.get(PAGE).await.is(StatusCode::SEE_OTHER);
}
