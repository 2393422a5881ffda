//! Slides of others in a draft: looked at, taken over, told in words, approved and published; and whatever somebody sends to do harm.

use access::Role;
use both_engines::both_engines;
use http::StatusCode;
use kernel::{Lang, Span};
use slides::{LeftOut, NotRead};
use std::path::Path;
use web::Words;

#[path = "../../../../slides/tests/hostile/mod.rs"]
mod hostile;

use hostile::Fate;

use crate::office::staff::{staff, staff_called};
use crate::site::{Answer, Site, Visitor, project_file};

const VERSIONS: &str = "/staff/courses/beginner/versions";

fn sample(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../slides/tests/samples");
    std::fs::read(folder.join(name)).expect("a sample")
}

/// Begins a version of the beginners' course, and gives its address.
async fn begins(writer: &mut Visitor) -> String {
    let form = writer.get(VERSIONS).await.form(VERSIONS);
    writer.submit_and_open(&form).await.path
}

/// Sends a file, and gives what would come in.
async fn sends(writer: &mut Visitor, path: &str, name: &str, bytes: &[u8]) -> Answer {
    let form = writer.get(&format!("{path}/slides")).await.is(StatusCode::OK).form("/slides");
    let answer = writer.upload(&form, "file", name, bytes).await;
    if answer.status == StatusCode::SEE_OTHER {
        let there = answer.location().to_owned();
        return writer.get(&there).await;
    }
    answer
}

#[both_engines]
async fn slides_of_others_become_lessons_once_their_pictures_tell_something(site: Site) {
    let mut writer = staff(&site, Role::Secretariat).await;
    let path = begins(&mut writer).await;
    writer.get(&path).await.shows("スライドを取り込む");
    let preview = sends(&mut writer, &path, "院内研修（見本）.pptx", &sample("training.pptx")).await;
    preview
        .is(StatusCode::OK)
        .shows("院内研修（見本）.pptx")
        .shows("スライド5枚、絵2枚")
        .shows("6枚目は、非表示のスライドのため入りません")
        .shows("受け取る前に確かめること")
        .shows("代替テキスト：差出人の名前がない封筒と、丸い判子の絵")
        .shows("代替テキストがありません")
        .shows("グラフは入りません");
    for src in preview.attributes(".thumbs img", "src") {
        let picture = writer.get(&src).await;
        picture.is(StatusCode::OK);
        assert!(picture.header("content-type").starts_with("image/"), "{src}");
    }
    // Nothing is taken over yet, and what was typed stays.
    writer.get(&format!("{path}/units/habits")).await.hides("受付の机");
    let form = preview.form(&preview.path.clone());
    let refused = writer.submit(&form.clone().with("first", "七").with("unit", "habits")).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("1以上の数を入力してください");
    assert_eq!(refused.form(&preview.path).value("first"), "七");
    writer
        .submit(&form.clone().with("first", "6").with("last", "9"))
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .shows("この番号のスライドがありません");
    let taken = writer.submit_and_open(&form.with("first", "２").with("last", "4").with("unit", "habits")).await;
    taken
        .is(StatusCode::OK)
        .shows("スライドを3枚取り込みました")
        .shows("絵の代替テキストを書く（残り1枚）")
        .shows("何を伝えるか、書かれていません");
    assert!(taken.find_form("/requests").is_none(), "nobody is asked while a picture tells nothing");

    // The lesson is what an author would have written.
    let lesson = writer.get(&format!("{path}/units/habits")).await;
    let text = lesson.form("/units/habits").value("text_ja").to_owned();
    assert!(text.contains("## 受け取る前に確かめること {#habits-1}"), "{text}");
    assert!(text.contains("-  差出人と用件\n   -  予定にない来訪は担当者に電話する\n-  USBメモリーは受け取らない"), "{text}");
    assert!(text.contains("| 夜間と休日 | 当直 |") && text.contains("::: notes\n左が封筒、右が判子です。\n:::"), "{text}");

    // What pictures tell: saved while one is missing, and refused where both things are said.
    let form = writer.get(&format!("{path}/pictures")).await.is(StatusCode::OK).form("/pictures");
    let names: Vec<String> = form.names().into_iter().filter(|name| name.starts_with("alt-") && name.ends_with("-ja")).collect();
    let missing = names.iter().find(|name| form.value(name).is_empty()).expect("one says nothing").clone();
    let (plain, english) = (missing.replacen("alt-", "plain-", 1).replacen("-ja", "", 1), missing.replacen("-ja", "-en", 1));
    let both = writer.submit(&form.clone().with(&missing, "判子の写真").with(&plain, "yes")).await;
    both.is(StatusCode::UNPROCESSABLE_ENTITY).shows("飾りの絵には何も書きません");
    assert_eq!(both.form("/pictures").value(&missing), "判子の写真");
    writer.submit_and_open(&form.clone()).await.is(StatusCode::OK).shows("下書きを保存しました").shows("まだ書かれていない絵が1枚あります");
    let form = writer.get(&format!("{path}/pictures")).await.form("/pictures");
    let told = form.with(&missing, "受付の机の判子。](x)").with(&english, "A stamp on the reception desk.");
    writer.submit_and_open(&told).await.is(StatusCode::OK).shows("すべての絵に書かれています");
    let page = writer.get(&path).await;
    page.hides("直すところがあります").shows("絵の代替テキスト（2枚）").shows("スライド「受付の机」（日本語）");

    // Before it is published, its pictures are the writers' alone.
    let shown = writer.get(&format!("{path}/preview/habits/habits-3")).await;
    let src = shown.is(StatusCode::OK).attributes(".photo img", "src");
    assert_eq!(shown.attributes(".photo img", "alt"), ["差出人の名前がない封筒と、丸い判子の絵", "受付の机の判子。] (x)"]);
    let file = src[0].rsplit('/').next().expect("a name").to_owned();
    let public = format!("/courses/beginner/figures/{file}");
    site.get(&public).await.is(StatusCode::NOT_FOUND);

    let mut reader = staff_called(&site, "tanto", Role::Secretariat).await;
    let asked = writer.get(&path).await.form("/requests");
    writer.submit_and_open(&asked).await.is(StatusCode::OK).shows("確認を依頼しました");
    let approved = reader.get(&path).await.form("/approvals");
    reader.submit_and_open(&approved).await.is(StatusCode::OK).shows("承認しました");
    let published = reader.get(&format!("{path}/publications")).await.form("/publications").with("effect", "correction");
    reader.submit_and_open(&published).await.is(StatusCode::OK).shows("公開しました");

    let slide = site.get("/courses/beginner/habits/habits-3").await;
    slide.is(StatusCode::OK).shows("受付の机").shows("左が封筒、右が判子です。");
    assert_eq!(slide.attributes(".photo img", "src")[0], public);
    let picture = site.get(&public).await;
    picture.is(StatusCode::OK);
    assert_eq!((picture.header("content-type"), picture.header("x-content-type-options")), ("image/png", "nosniff"));
    assert!(site.get("/courses/beginner/pages.json").await.json()["files"].to_string().contains(&file), "it goes onto a device too");

    // The sheets of a kit show it as well.
    let kit = site.get("/courses/beginner/kit").await.form("/kit").with("paper", "slides");
    let mut anybody = site.visitor("見本 太郎");
    let sheets = anybody.submit(&kit).await;
    assert!(sheets.status == StatusCode::OK && sheets.bytes.starts_with(b"%PDF-"), "{}", sheets.status);
}

#[both_engines]
async fn a_pdf_comes_in_as_pictures_with_its_words_as_transcript(site: Site) {
    let mut writer = staff(&site, Role::Secretariat).await;
    let path = begins(&mut writer).await;
    let preview = sends(&mut writer, &path, "研修.pdf", &sample("training.pdf")).await;
    preview.is(StatusCode::OK).shows("スライド2枚、絵2枚").shows("持ち込み機器の確認").shows("USBメモリーは受け取りません。");
    let form = preview.form(&preview.path.clone()).with("unit", "network");
    writer.submit_and_open(&form).await.is(StatusCode::OK).shows("スライドを2枚取り込みました").shows("残り2枚");
    // The same file once more, for another unit; an address of another version holds nothing.
    let again = writer.get(&preview.path).await.is(StatusCode::OK).form(&preview.path.clone()).with("unit", "habits").with("last", "1");
    writer.submit_and_open(&again).await.is(StatusCode::OK).shows("スライドを1枚取り込みました").shows("残り3枚");
    let nowhere = format!("{}0", &preview.path[..preview.path.len() - 1]);
    if nowhere != preview.path {
        writer.get(&nowhere).await.is(StatusCode::NOT_FOUND);
    }
}

/// The lesson of a unit in Japanese, as an author has it.
async fn lesson(writer: &mut Visitor, path: &str) -> String {
    writer.get(&format!("{path}/units/habits")).await.form("/units/habits").value("text_ja").to_owned()
}

/// The picture of which a lesson says this.
fn pictured(lesson: &str, alt: &str) -> String {
    let (_, rest) = lesson.split_once(&format!("![{alt}](")).unwrap_or_else(|| panic!("no picture tells “{alt}”:\n{lesson}"));
    rest.split(')').next().unwrap_or_default().to_owned()
}

#[both_engines]
async fn two_people_write_what_pictures_tell_and_neither_loses_it(site: Site) {
    let (mut one, mut other) = (staff(&site, Role::Secretariat).await, staff_called(&site, "tanto", Role::Secretariat).await);
    let path = begins(&mut one).await;
    let preview = sends(&mut one, &path, "研修.pptx", &sample("training.pptx")).await;
    let form = preview.form(&preview.path.clone()).with("first", "4").with("last", "4").with("unit", "habits");
    one.submit_and_open(&form).await.is(StatusCode::OK).shows("スライドを1枚取り込みました");
    let before = lesson(&mut one, &path).await;
    let (envelope, stamp) = (pictured(&before, "差出人の名前がない封筒と、丸い判子の絵"), pictured(&before, ""));

    let pictures = format!("{path}/pictures");
    let form = one.get(&pictures).await.is(StatusCode::OK).form("/pictures");
    let late = other.get(&pictures).await.is(StatusCode::OK).form("/pictures");
    let names: Vec<String> = form.names().into_iter().filter(|name| name.starts_with("alt-") && name.ends_with("-ja")).collect();
    let (missing, told): (Vec<_>, Vec<_>) = names.iter().partition(|name| form.value(name).is_empty());
    let ([missing], [told]) = (missing.as_slice(), told.as_slice()) else { panic!("{names:?}") };

    // The one writes what is missing, after which the other picture stands first, and moves the slide before all others.
    let written = form.with(missing, "受付の机の判子。").with(&missing.replacen("-ja", "-en", 1), "A stamp on the reception desk.");
    one.submit_and_open(&written).await.is(StatusCode::OK).shows("すべての絵に書かれています");
    loop {
        let page = one.get(&path).await;
        if page.attributes("input[name=slide]", "value")[0] == "habits-1" {
            break;
        }
        let mut up = page.form("/units").with("slide", "habits-1").with("do", "up");
        up.action = format!("{path}/units/habits/slides");
        one.submit(&up).await.is(StatusCode::SEE_OTHER);
    }

    // The other is told, keeps what they have typed, and finds what was written meanwhile beside it.
    let refused = other.submit(&late.with(told, "差出人の名前がない封筒。")).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).shows("ほかの方がここを書き直しました");
    let again = refused.form("/pictures");
    assert_eq!((again.value(told), again.value(missing)), ("差出人の名前がない封筒。", "受付の机の判子。"));
    other.submit_and_open(&again).await.is(StatusCode::OK).shows("下書きを保存しました").shows("すべての絵に書かれています");
    let after = lesson(&mut one, &path).await;
    assert_eq!((pictured(&after, "差出人の名前がない封筒。"), pictured(&after, "受付の机の判子。")), (envelope, stamp));

    // A form without any picture that is there changes nothing, and shows those that are.
    let strange = again.names().into_iter().filter(|name| name.starts_with("alt-")).fold(again.clone(), |form, name| form.without(&name));
    let shown = one.get(&pictures).await.form("/pictures");
    let strange = strange.with("token", shown.value("token")).with("key", shown.value("key"));
    let refused = one.submit(&strange).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.form("/pictures").value(told), "差出人の名前がない封筒。");
    assert_eq!(lesson(&mut one, &path).await, after);
}

#[both_engines]
async fn what_was_looked_at_is_gone_after_a_week(site: Site) {
    let lying = async || {
        let all = site.objects.everything().await.expect("it can be listed");
        all.iter().filter(|one| one.name.contains("course-slides/")).count()
    };
    let mut writer = staff(&site, Role::Secretariat).await;
    let path = begins(&mut writer).await;
    let preview = sends(&mut writer, &path, "研修.pptx", &sample("training.pptx")).await;
    preview.is(StatusCode::OK).shows("送ってから7日で消えます");
    site.later(Span::days(6));
    site.deliver().await;
    let mut writer = staff(&site, Role::Secretariat).await;
    let there = writer.get(&preview.path).await;
    let picture = there.is(StatusCode::OK).attributes(".thumbs img", "src")[0].clone();
    writer.get(&picture).await.is(StatusCode::OK);
    assert_eq!(lying().await, 1);

    site.later(Span::days(2));
    site.deliver().await;
    assert_eq!(lying().await, 0);
    let mut writer = staff(&site, Role::Secretariat).await;
    let gone = writer.get(&preview.path).await;
    gone.is(StatusCode::NOT_FOUND).shows("この内容は、もうありません").shows("ファイルをもう一度選んでください");
    writer.get(&picture).await.is(StatusCode::NOT_FOUND);
    // Whoever still has the page before them is told the same, and goes on from there.
    let fresh = gone.form("/slides");
    let form = there.form(&there.path).with("unit", "habits").with("token", fresh.value("token"));
    let late = writer.submit(&form).await;
    late.is(StatusCode::NOT_FOUND).shows("この内容は、もうありません");
    writer.upload(&late.form("/slides"), "file", "研修.pptx", &sample("training.pptx")).await.is(StatusCode::SEE_OTHER);
}

#[both_engines]
async fn slides_are_moved_and_taken_away(site: Site) {
    let mut writer = staff(&site, Role::Secretariat).await;
    let path = begins(&mut writer).await;
    // Each slide has a form for each thing that can be done with it.
    let order = |page: &Answer| {
        let mut slides = page.attributes("input[name=slide]", "value");
        slides.dedup();
        slides
    };
    let page = writer.get(&path).await;
    let (first, second) = (order(&page)[0].clone(), order(&page)[1].clone());
    let act = |page: &Answer, what: &str, slide: &str| {
        let mut form = page.form("/units").with("slide", slide).with("do", what);
        form.action = format!("{path}/units/habits/slides");
        form
    };
    let moved = writer.submit_and_open(&act(&page, "up", &second)).await;
    moved.is(StatusCode::OK).shows("下書きを保存しました").hides("直すところがあります");
    assert_eq!(order(&moved)[0], second);
    writer.submit(&act(&page, "down", &second)).await.is(StatusCode::CONFLICT);
    // Questions point to the slide that was the first one.
    let removed = writer.submit_and_open(&act(&moved, "remove", &first)).await;
    removed.is(StatusCode::OK).shows("直すところがあります").shows(&first);
    assert!(order(&removed).iter().all(|slide| *slide != first));
}

#[both_engines]
async fn a_question_has_as_many_rows_as_it_needs(site: Site) {
    let mut writer = staff(&site, Role::Secretariat).await;
    let path = begins(&mut writer).await;
    let page = writer.get(&format!("{path}/questions/new?kind=one&unit=habits")).await;
    let rows = |page: &Answer| page.texts("fieldset.row-of legend").len();
    assert_eq!(rows(page.is(StatusCode::OK)), 3);
    let form = page.form("/questions/new").with("text_ja", "書きかけの問題").with("a3_ja", "三つ目").with("right3", "yes");
    let more = writer.submit(&form.with("do", "row")).await;
    assert_eq!(rows(more.is(StatusCode::OK).shows("選択肢を追加")), 4);
    let kept = more.form("/questions/new");
    assert_eq!((kept.value("text_ja"), kept.value("a3_ja"), kept.value("right3")), ("書きかけの問題", "三つ目", "yes"));
    writer.get(&format!("{path}/questions")).await.hides("書きかけの問題");
    let there = writer.get(&format!("{path}/questions/habits-01")).await;
    let form = there.form("/habits-01");
    assert_eq!(
        rows(&there),
        form.names()
            .iter()
            .filter(|name| name.starts_with('a') && name.ends_with("_ja"))
            .filter(|name| !form.value(name).is_empty())
            .count()
    );
}

/// D4: whatever is sent to do harm is refused in a sentence, or comes in as nothing but words and pictures.
#[both_engines]
async fn whatever_is_sent_is_refused_in_a_sentence_or_harmless(site: Site) {
    let mut writer = staff(&site, Role::Secretariat).await;
    let path = begins(&mut writer).await;
    let before = writer.get(&format!("{path}/units/habits")).await.form("/units/habits").value("text_ja").to_owned();
    let form = writer.get(&format!("{path}/slides")).await.form("/slides");
    let all = hostile::all();
    assert!(all.len() >= 100, "{} files", all.len());
    for sent in &all {
        let name = sent.name.replace(['"', '\r', '\n'], "");
        let answer = writer.upload(&form, "file", &name, &sent.bytes).await;
        let why = || format!("{} ({}): {}", sent.tries, sent.name, answer.status);
        match (answer.status, sent.fate) {
            (StatusCode::UNPROCESSABLE_ENTITY, Fate::Refused(_) | Fate::Harmless) => {
                let said = answer.texts("#file-error").join("");
                assert!(said.chars().count() > 20 && said.contains("取り込みませんでした"), "{}: {said}", why());
                assert!(!said.contains("slides-wrong") && !answer.body().contains("<script>alert"), "{}: {said}", why());
            }
            (StatusCode::SEE_OTHER, Fate::LeftOut(_) | Fate::Harmless) => {
                let preview = writer.get(answer.location()).await;
                preview.is(StatusCode::OK);
                assert!(!preview.body().contains("<script>alert") && !preview.body().contains("slides-left-"), "{}", why());
            }
            _ => panic!("{}, not {:?}", why(), sent.fate),
        }
    }
    let after = writer.get(&format!("{path}/units/habits")).await.form("/units/habits").value("text_ja").to_owned();
    assert_eq!(after, before, "nothing of it stands in the draft");
}

#[test]
fn every_refusal_and_everything_left_out_has_its_words() {
    for lang in [Lang::Ja, Lang::En] {
        let w = Words::of(lang);
        for key in NotRead::KEYS.iter().map(|key| format!("slides-wrong-{key}")) {
            assert!(w.has(&key), "{key} in {lang:?}");
        }
        for key in LeftOut::ALL.iter().map(|what| format!("slides-left-{}", what.key())) {
            assert!(w.has(&key), "{key} in {lang:?}");
        }
    }
    // The words name what to do, in the language of the reader: no word of the machine.
    assert!(!project_file("locales/ja/slides.ftl").contains("XML"));
}
