use access::Role;
use both_engines::both_engines;
use http::StatusCode;

use super::{OPEN, SESSION, evidence, joins, prepare, seated};
use crate::office::staff::staff;
use crate::site::Site;

#[both_engines]
async fn a_keyword_is_kept_at_once_and_may_be_tried_again(site: Site) {
    prepare(&site, &[("keyword", "ひまわり８")]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    site.at(OPEN);
    let page = joins(&mut taro).await;
    let page = taro.submit(&page.form("/lobby/keyword").fill("keyword", "朝顔")).await;
    page.is(StatusCode::OK).shows("キーワードが違うようです").hides("ひまわり");
    assert_eq!(page.form("/lobby/keyword").value("keyword"), "朝顔", "what was typed stays");
    assert!(!evidence(&site).await[0].keyword_ok);
    let page = taro.submit(&page.form("/lobby/keyword").fill("keyword", " ﾋﾏﾜﾘ 8 ")).await;
    page.is(StatusCode::OK).shows("キーワードを確かめました");
    assert!(evidence(&site).await[0].keyword_ok);
    assert!(page.find_form("/lobby/keyword").is_none(), "nothing is left to type");
}

#[both_engines]
async fn a_keyword_that_is_entered_later_counts_what_came_before(site: Site) {
    prepare(&site, &[]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    site.at(OPEN);
    let page = joins(&mut taro).await;
    taro.submit(&page.form("/lobby/keyword").fill("keyword", "ヒマワリ")).await.shows("キーワードを受け取りました");
    assert!(!evidence(&site).await[0].keyword_ok, "none is set");
    site.at("2026-12-23T17:50+09:00");
    prepare(&site, &[("keyword", "ひまわり")]).await;
    assert!(evidence(&site).await[0].keyword_ok);
}

#[both_engines]
async fn the_questionnaire_is_counted_without_names(site: Site) {
    prepare(&site, &[]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    let path = format!("{}/questionnaire", taro.application);
    taro.get(&path).await.shows("アンケートは、12月23日（水）17:45から受け付けます");
    site.at(OPEN);
    joins(&mut taro).await;
    site.at("2026-12-23T18:05+09:00");
    let form = taro.get(&path).await.is(StatusCode::OK).form("/lobby/questionnaire");
    taro.submit(&form).await.is(StatusCode::UNPROCESSABLE_ENTITY).shows("「この研修に満足しましたか」にお答えください");
    let filled = form.choose("satisfaction", "5").choose("understanding", "4").choose("usefulness", "4").fill("unclear", "=見本の答え");
    taro.submit(&filled.clone().choose("next", "mail")).await.is(StatusCode::OK).shows("ありがとうございました");
    assert!(evidence(&site).await[0].survey_done);
    // Sent again, nothing is counted twice.
    taro.submit(&filled).await.shows("ありがとうございました");

    let mut office = staff(&site, Role::Secretariat).await;
    let totals = format!("/staff/sessions/{}/questionnaire", site.session(SESSION).await.id);
    let page = office.get(&totals).await;
    page.is(StatusCode::OK).shows("1名が答えました").shows("=見本の答え").shows("平均 5.0").hides("太郎");
    let file = office.submit(&page.form("/export").with("format", "csv")).await;
    let text = file.is(StatusCode::OK).body();
    assert!(text.contains("'=見本の答え") && text.contains("怪しいメールの見分け方") && !text.contains("taro@"), "{text}");
    office.submit(&page.form("/export").with("format", "xlsx")).await.is(StatusCode::OK);
}

#[both_engines]
async fn nobody_is_asked_for_answers_that_they_have_given(site: Site) {
    prepare(&site, &[]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    site.at(OPEN);
    let joined = joins(&mut taro).await.path;
    site.at("2026-12-23T17:50+09:00");
    taro.get(&joined).await.is(StatusCode::OK).shows("アンケートを受け付けています");
    site.at("2026-12-23T18:05+09:00");
    let page = taro.get(&joined).await;
    page.shows("下のアンケートにお答えください").hides("アンケートを受け付けています");
    let filled = page.form("/lobby/questionnaire").choose("satisfaction", "5").choose("understanding", "4").choose("usefulness", "4");
    taro.submit(&filled).await.is(StatusCode::OK);
    taro.get(&joined).await.shows("アンケートにお答えいただきました").hides("下のアンケートにお答えください");
    let lobby = site.get("/lobby/R8/executive/3").await;
    lobby.shows("アンケートは、終了から14日間受け付けます").shows("録画でも受講できます").hides("今できること");
}

#[both_engines]
async fn a_question_can_be_changed_until_it_begins_and_goes_to_the_lecturer_without_a_name(site: Site) {
    let mut office = prepare(&site, &[]).await;
    let mut taro = seated(&site, "見本 太郎").await;
    let path = format!("{}/question", taro.application);
    let form = taro.get(&path).await.form("/question");
    let page = taro.submit_and_open(&form.fill("question", "見本の質問は、どこで分かりますか")).await;
    page.is(StatusCode::OK).shows("質問を受け付けました").shows("見本の質問");
    let questions = format!("/staff/sessions/{}/questions", site.session(SESSION).await.id);
    let page = office.get(&questions).await;
    page.is(StatusCode::OK).shows("見本の質問").shows("未回答").hides("太郎");
    office.submit_and_open(&page.form("/questions").with("do", "answered")).await.shows("回答済み 1件");
    let file = office.submit(&page.form("/questions/export").with("format", "csv")).await;
    assert!(file.is(StatusCode::OK).body().contains("見本の質問"));
    // Asked anew, it is open again.
    let form = taro.get(&path).await.form("/question");
    taro.submit_and_open(&form.fill("question", "別の質問")).await;
    office.get(&questions).await.shows("別の質問").shows("回答済み 0件");
    site.at("2026-12-23T17:00+09:00");
    let page = taro.get(&path).await;
    assert!(page.find_form("/question").is_none());
    page.shows("質問の受付は終わりました");
}
