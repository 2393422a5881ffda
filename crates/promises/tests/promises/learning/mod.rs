//! E-learning through the front door: read by everybody, kept for whoever signed in, gone on with anywhere, completed once.

mod assigned;
mod authoring;
mod certified;
mod in_house;
mod items;
mod kit;
mod slides;
mod withdrawn;

use access::{NewSignIn, Role, Strength};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use both_engines::both_engines;
use db::sql;
use http::{Method, StatusCode};
use kernel::Lang;
use learning::content::{self, Course, question::Kind, question::Question};

use crate::office::staff;
use crate::site::{Answer, Form, Site, Visitor};

const MINE: &str = "/my/courses/beginner";

/// A browser of somebody who signed in by a mail link.
pub async fn learner(site: &Site, email: &'static str) -> Visitor {
    let secret = web::Keys::random();
    site.write(async move |tx, now| {
        let account = people::accounts::ensure(tx, &email.parse().expect("an address"), Lang::Ja, now).await?.id;
        let new = NewSignIn { account, strength: Strength::MailLink, secret: &secret, device: "Safari / iPhone", network: "" };
        access::open(tx, &new, now).await.map(|_| ())
    })
    .await;
    let mut visitor = site.visitor("見本 花子");
    visitor.cookies.insert("__Host-sid".to_owned(), B64.encode(secret));
    visitor
}

fn course() -> &'static Course {
    content::course("beginner").expect("a course")
}

/// Fills in the right answer, as somebody does who knows it.
fn right(form: Form, question: &Question) -> Form {
    let given = question.right_answer();
    match &question.kind {
        Kind::One(_) => form.choose("choice", given.typed()),
        Kind::Several(_) | Kind::Scene(_) => given.0.iter().fold(form.without("choice"), |form, id| form.with_another("choice", id)),
        Kind::Order(_) => (1..).zip(&given.0).fold(form, |form, (n, id)| form.with(&format!("step-{id}"), &n.to_string())),
        Kind::Match(_) => given.0.iter().fold(form, |form, id| form.with(&format!("pair-{id}"), id)),
        Kind::Fill(_) | Kind::Number { .. } => form.with("typed", given.typed()),
    }
}

/// Reads a unit to its end and answers its questions.
async fn does(visitor: &mut Visitor, unit: &content::Unit) {
    for slide in &unit.slides {
        let path = format!("/courses/beginner/{}/{}", unit.slug, slide.id);
        let form = visitor.get(&path).await.is(StatusCode::OK).form(&path);
        visitor.submit(&form).await.is(StatusCode::SEE_OTHER);
    }
    for (n, question) in (1..).zip(course().asked_in(&unit.slug)) {
        let path = format!("/courses/beginner/{}/questions/{n}", unit.slug);
        let form = right(visitor.get(&path).await.is(StatusCode::OK).form(&path), question);
        visitor.submit_and_open(&form).await.is(StatusCode::OK).shows("正解です").shows("に保存しました");
    }
}

/// The question that a page of a test asks.
async fn asked(site: &Site, page: &Answer) -> &'static Question {
    let parts: Vec<&str> = page.path.split('/').collect();
    let test: kernel::Uuid = parts[5].parse().expect("a test");
    let place: usize = parts[6].parse().expect("a place");
    let read = async move |tx: &mut db::Tx<'_>| tx.one(sql!("SELECT drawn FROM study_tests WHERE id = $1"), &[test.into()]).await;
    let drawn: String = site.db().read(read).await.expect("the test");
    course().question(drawn.split(' ').nth(place - 1).expect("a question")).expect("a question")
}

/// Takes a test, and gives the page of its result.
pub async fn takes(site: &Site, visitor: &mut Visitor, kind: &str) -> Answer {
    let form = visitor.get(MINE).await.is(StatusCode::OK).form_of("/tests", "kind", kind);
    let mut page = visitor.submit_and_open(&form).await;
    while page.find_form("/tests").is_none() && page.text().contains("答えを保存して次へ") {
        let question = asked(site, &page).await;
        let form = right(page.form(&page.path.clone()), question);
        page = visitor.submit_and_open(&form).await;
    }
    page.is(StatusCode::OK).shows("全部の問題に答えました");
    let form = page.form(&page.path.clone());
    let result = visitor.submit_and_open(&form).await;
    assert_eq!(visitor.submit_and_open(&form).await.texts(".lead"), result.texts(".lead"), "handed in twice is handed in once");
    result
}

#[both_engines]
async fn everybody_reads_and_tries_and_nothing_is_put_down_of_strangers(site: Site) {
    let mut stranger = site.visitor("試験 﨑男");
    stranger.get("/courses").await.is(StatusCode::OK).shows("eラーニング").shows("約55分（12単元）");
    let page = stranger.get("/courses/beginner").await;
    page.is(StatusCode::OK).shows("受講する・つづきから").shows("暮らしの習慣、パソコンの習慣");
    let slide = stranger.open("/courses/beginner/habits").await;
    slide.is(StatusCode::OK).shows("夜勤明けの「後で」").shows("1／7枚").shows("記録していません");
    assert!(slide.find_form(&slide.path.clone()).is_none(), "there is nothing to put down");
    let path = "/courses/beginner/habits/questions/1";
    let page = stranger.get(path).await;
    let empty = stranger.submit(&page.form(path)).await;
    empty.is(StatusCode::UNPROCESSABLE_ENTITY).shows("答えが選ばれていません");
    let question = course().asked_in("habits").next().expect("a question");
    let told = stranger.submit(&right(page.form(path), question)).await;
    told.is(StatusCode::OK).shows("正解です").shows("説明のあるスライド").shows("記録していません");
    assert!(told.texts(".told-list li").len() >= 4, "every choice is explained");
    let mine = stranger.get(MINE).await;
    mine.is(StatusCode::SEE_OTHER);
    assert!(mine.location().starts_with("/sign-in?next="));
    for nowhere in [
        "/courses/nothing",
        "/courses/beginner/nothing",
        "/courses/beginner/habits/inside-corridor",
        "/courses/beginner/habits/questions/99",
    ] {
        stranger.get(nowhere).await.is(StatusCode::NOT_FOUND);
    }
}

#[both_engines]
async fn a_scene_is_looked_at_without_a_script(site: Site) {
    let (unit, slide) = course()
        .units
        .iter()
        .find_map(|unit| {
            let is_scene = |part: &content::lesson::Part| matches!(part, content::lesson::Part::Scene(_));
            Some((unit, unit.slides.iter().find(|slide| slide.face(Lang::Ja).parts.iter().any(is_scene))?))
        })
        .expect("a scene");
    let path = format!("/courses/beginner/{}/{}", unit.slug, slide.id);
    let page = site.get(&path).await;
    page.is(StatusCode::OK).shows("選んだところを確かめる");
    let choices = page.attributes(".scene-box input[type=checkbox]", "value");
    let told = site.get(&format!("{path}?choice={}", choices[0])).await;
    told.is(StatusCode::OK).shows("あなたの答え").shows("もう一度選ぶ");
    assert_eq!(told.texts(".scene-box .told-list li").len(), choices.len());
}

#[both_engines]
async fn a_nurse_goes_on_with_another_device_and_completes_once(site: Site) {
    let mut phone = learner(&site, "hanako@example.jp").await;
    phone.get("/my").await.is(StatusCode::OK).shows("始めたコースは、ここに出ます");
    phone.get(MINE).await.is(StatusCode::OK).shows("まだ修了していない理由").shows("まだ始まっていない単元が、12あります");
    let units = &course().units;
    does(&mut phone, &units[0]).await;
    let second = format!("/courses/beginner/network/{}", units[1].slides[0].id);
    let form = phone.get(&second).await.form(&second);
    phone.submit(&form).await.is(StatusCode::SEE_OTHER);

    let mut desk = learner(&site, "hanako@example.jp").await;
    let page = desk.get(MINE).await;
    page.shows("1／12単元が終わりました").shows("「ネットワークとインターネット」のスライドがあと");
    let on = page.attributes(".next .acts a", "href");
    assert!(on[0].ends_with(&format!("/network/{}", units[1].slides[1].id)), "{on:?}");
    desk.get("/my").await.shows("つづきから");
    for unit in &units[1..] {
        does(&mut desk, unit).await;
    }
    desk.get(MINE).await.shows("確認テストをまだ受けていません").shows("12／12単元が終わりました");
    takes(&site, &mut desk, "test").await.shows("合格").shows("15問中15問正解").shows("このコースを修了しました");
    desk.get(MINE).await.shows("2026年11月22日（日）に修了（全単元と確認テスト）").hides("まだ修了していない理由");

    site.at("2026-12-01T09:00+09:00");
    let mut phone = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut phone, "test").await;
    let record = phone.get("/my/courses/beginner/record").await;
    record
        .is(StatusCode::OK)
        .shows("2026年11月22日（日）")
        .shows("15問中15問正解")
        .shows("長くても3分と数えています")
        .shows("hanako@example.jp");
    phone.get("/my").await.shows("に修了");
    let mut office = staff(&site, Role::Secretariat).await;
    office.get("/staff/courses").await.is(StatusCode::OK).shows("はじめての情報セキュリティ");
    office.get("/staff/courses/beginner").await.is(StatusCode::OK).shows("人数が少ないと");
    learner(&site, "taro@example.jp").await.open("/my/courses/beginner/record").await.shows("まだ始めていません");
}

#[both_engines]
async fn who_knows_it_is_done_in_minutes(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    takes(&site, &mut nurse, "test_out").await.shows("このコースを修了しました");
    nurse.get(MINE).await.shows("事前確認に合格").hides("まだ修了していない理由");
}

#[both_engines]
async fn what_is_not_complete_comes_back_with_what_was_filled_in(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    let of_kind = |wanted: fn(&Kind) -> bool| {
        course().units.iter().find_map(|unit| {
            let n = course().pool(&unit.slug).position(|question| wanted(&question.kind))?;
            Some((format!("/courses/beginner/{}/questions/{}", unit.slug, n + 1), course().pool(&unit.slug).nth(n)?))
        })
    };
    let (path, question) = of_kind(|kind| matches!(kind, Kind::Order(_))).expect("an order");
    let form = nurse.get(&path).await.form(&path);
    let ids = question.right_answer().0;
    let twice = ids.iter().fold(form.clone(), |form, id| form.with(&format!("step-{id}"), "2"));
    let page = nurse.submit(&twice).await;
    page.is(StatusCode::UNPROCESSABLE_ENTITY).shows("同じ番目が2回選ばれています");
    assert_eq!(page.form(&path).value(&format!("step-{}", ids[0])), "2");
    nurse.submit_and_open(&right(form, question)).await.shows("正解です");
    let (path, question) = of_kind(|kind| matches!(kind, Kind::Number { .. })).expect("a number");
    let form = nurse.get(&path).await.form(&path);
    nurse.submit(&form.clone().with("typed", "たくさん")).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("数字が読み取れません");
    let page = nurse.submit_and_open(&form.with("typed", "999999")).await;
    page.shows("もう少しです").shows("正解").shows(question.why.get(Lang::Ja));
    // The sign-in is over: nothing is let go without a word.
    let form = nurse.get(&path).await.form(&path).with("typed", "13");
    nurse.cookies.clear();
    assert!(nurse.submit(&form).await.location().starts_with("/sign-in?next="));
}

#[both_engines]
async fn outside_its_time_a_course_says_when_it_is_open(site: Site) {
    let mut nurse = learner(&site, "hanako@example.jp").await;
    let path = "/courses/beginner/habits/night-shift-later";
    let form = nurse.get(path).await.form(path);
    site.at("2027-04-01T00:00+09:00");
    let mut nurse = learner(&site, "hanako@example.jp").await;
    nurse.get(path).await.is(StatusCode::OK).shows("いまは受講できません").shows("2026年11月1日");
    nurse.get("/courses/beginner").await.shows("期間の外では受講できません").hides("受講する・つづきから");
    let token = nurse.get("/my").await.form("/sign-out").value("token").to_owned();
    let body = format!("token={token}&shown={}", form.value("shown"));
    nurse.send(Method::POST, path, body).await.is(StatusCode::CONFLICT).shows("いまは受講できません");
}

#[both_engines]
async fn the_beginners_course_is_in_english_and_others_say_that_they_are_not(site: Site) {
    let mut visitor = site.visitor("見本 花子").in_english();
    visitor.get("/courses").await.is(StatusCode::OK).shows("Daily care: a first course in information security");
    visitor.get("/courses/executive").await.is(StatusCode::OK).shows("This course is in Japanese.");
}
