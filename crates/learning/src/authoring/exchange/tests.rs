use intake::Table;
use intake::export::{Encoding, csv};
use kernel::Lang;
use proptest::prelude::*;
use std::fmt::Write as _;
use web::Words;

use super::workbook::{headings, rows};
use super::{Known, LIMITS, NotTaken, Sent, gift_of, merge, template, workbook};
use crate::authoring::bundle::Bundle;
use crate::content::file::QuestionFile;
use crate::content::question::{Choice, Pair, Step};
use crate::content::text::Text;

const W: Words = Words::of(Lang::Ja);

fn known() -> Known {
    Known {
        units: vec![("habits".into(), "暮らしの習慣".into()), ("mail".into(), "メール".into())],
        slides: vec![("first".into(), "habits".into()), ("second".into(), "mail".into())],
        scenes: vec!["invoice".into()],
    }
}

/// Reads a file as the page does, but in this process.
pub(super) fn read(bytes: &[u8], name: &str, known: &Known) -> Result<Vec<QuestionFile>, NotTaken> {
    let sent = match gift_of(bytes, name)? {
        Some(text) => Sent::Gift(text),
        None => Sent::Table(Table::read(bytes, name, LIMITS)?),
    };
    super::read(&sent, known)
}

fn said(not: &NotTaken) -> String {
    not.words(W).join("\n")
}

fn refused(bytes: &[u8], name: &str) -> String {
    said(&read(bytes, name, &known()).expect_err("it is refused"))
}

/// The text of a table in which `rows` stand below the headings.
fn table(rows: &[&[(&str, &str)]]) -> Vec<u8> {
    let headings = headings();
    let row = |cells: &&[(&str, &str)]| {
        headings.iter().map(|name| cells.iter().find(|(of, _)| of == name).map_or("", |(_, cell)| cell).to_owned()).collect::<Vec<_>>()
    };
    csv(&headings, rows.iter().map(row), Encoding::Utf8Bom).0
}

fn text() -> impl Strategy<Value = Text> {
    (words(), prop_oneof![Just(String::new()), words()]).prop_map(|(ja, en)| Text { ja, en })
}

/// What people write into cells, and what spreadsheets take for something else.
fn words() -> impl Strategy<Value = String> {
    let sign = prop::sample::select("あ医療1aZ =+-@'\",;#~{}\\:\n＝、。○×0.％%→<>&_x𠮷".chars().collect::<Vec<_>>());
    prop::collection::vec(sign, 1..24)
        .prop_map(|signs| signs.into_iter().collect::<String>().trim().to_owned())
        .prop_filter_map("words", |words| if words.is_empty() { None } else { Some(words) })
}

fn question() -> impl Strategy<Value = QuestionFile> {
    let choices = prop::collection::vec((text(), text()), 4..7);
    (0..7_usize, text(), text(), choices, prop::collection::vec(words(), 1..5), 0..1_000_000_i64, any::<bool>()).prop_map(
        |(kind, text, why, rows, words, number, is_second)| {
            let kind = QuestionFile::KINDS[kind];
            let pool = if is_second { "mail" } else { "habits" };
            let mut question = QuestionFile::new("q", pool, kind);
            if is_second { "second" } else { "first" }.clone_into(&mut question.slide);
            question.text = text;
            let ids = || (0..).map(|n| format!("c-{n}"));
            let right = |n: usize| if kind == "one" { n == 1 } else { n < 2 };
            match kind {
                "one" | "several" => {
                    question.choice =
                        (0..).zip(rows).zip(ids()).map(|((n, (text, why)), id)| Choice { id, right: right(n), text, why }).collect();
                }
                "order" => question.step = rows.into_iter().zip(ids()).map(|((text, _), id)| Step { id, text }).collect(),
                "match" => {
                    let pair = |((left, right), id): ((Text, Text), String)| Pair { id, left, right, why: Text::plain("理由") };
                    question.pair = rows.into_iter().zip(ids()).map(pair).collect();
                }
                "fill" => (question.answers.ja, question.answers.en) = (words.clone(), words.into_iter().skip(1).collect()),
                "number" => (question.answer, question.tolerance, question.unit) = (number, number / 7, Text::plain("文字")),
                _ => "invoice".clone_into(&mut question.scene),
            }
            question.why = why;
            question
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_along_comes_in_again_as_it_was(mut questions in prop::collection::vec(question(), 1..12)) {
        for (n, question) in questions.iter_mut().enumerate() {
            question.id = crate::content::file::unplaced(format!("q-{n}"));
        }
        let again = read(&workbook(&questions).unwrap(), "questions.xlsx", &known()).map_err(|not| said(&not));
        prop_assert_eq!(again.as_ref(), Ok(&questions));
        let (bytes, _) = csv(&headings(), questions.iter().flat_map(rows), Encoding::Utf8Bom);
        let again = read(&bytes, "questions.csv", &known()).map_err(|not| said(&not));
        prop_assert_eq!(again.as_ref(), Ok(&questions));
    }

    #[test]
    fn no_text_makes_the_reader_of_gift_fall(signs in prop::collection::vec(prop::sample::select("あa1 ={}~#%:\\\n->.$/[]".chars().collect::<Vec<_>>()), 0..200)) {
        let text: String = signs.into_iter().collect();
        let _ = read(text.as_bytes(), "x.gift", &known());
    }
}

#[test]
fn the_questions_of_our_courses_come_in_again_as_they_are() {
    for course in crate::content::courses() {
        let bundle = Bundle::of_disk(&course.slug).unwrap();
        let questions = bundle.questions().unwrap();
        let known = Known {
            units: course.units.iter().map(|unit| (unit.slug.clone(), unit.title.ja.clone())).collect(),
            slides: course.units.iter().flat_map(|unit| unit.slides.iter().map(|slide| (slide.id.clone(), unit.slug.clone()))).collect(),
            scenes: bundle.scenes(),
        };
        let again = read(&workbook(&questions).unwrap(), "a.xlsx", &known).map_err(|not| said(&not)).unwrap();
        let mut there = questions.clone();
        assert_eq!(merge(&mut there, again).same, questions.len(), "{}", course.slug);
        assert_eq!(there, questions);
    }
}

/// So many questions that are all different.
fn many(count: usize) -> Vec<QuestionFile> {
    let choice = |n: usize, id: &str, right: bool| Choice {
        id: id.to_owned(),
        right,
        text: Text { ja: format!("選択肢{id}（{n}）"), en: String::new() },
        why: Text { ja: format!("「{id}」は、{n}番の事例では当てはまりません。"), en: String::new() },
    };
    let one = |n: usize| {
        let mut question = QuestionFile::new(&format!("habits-{n:04}"), "habits", "one");
        "first".clone_into(&mut question.slide);
        question.text = Text { ja: format!("{n}番の事例で、まずすることはどれですか。"), en: String::new() };
        question.choice = ["a1", "a2", "a3", "a4"].map(|id| choice(n, id, id == "a3")).to_vec();
        question
    };
    (0..count).map(one).collect()
}

fn gift(questions: &[QuestionFile]) -> String {
    let mut text = "$CATEGORY: $course$/暮らしの習慣\n\n".to_owned();
    for question in questions {
        let _ = writeln!(text, "// [id:{}] [tag:slide=first]\n::{}::{} {{", question.id(), question.id(), question.text.ja);
        for choice in &question.choice {
            let _ = writeln!(text, "  {}{}#{}", if choice.right { '=' } else { '~' }, choice.text.ja, choice.why.ja);
        }
        text.push_str("}\n\n");
    }
    text
}

#[test]
fn two_thousand_questions_come_in_from_each_format() {
    let questions = many(2_000);
    let (table, _) = csv(&headings(), questions.iter().flat_map(rows), Encoding::ShiftJis);
    for (name, bytes) in [("a.xlsx", workbook(&questions).unwrap()), ("a.csv", table), ("a.gift", gift(&questions).into_bytes())] {
        let read = read(&bytes, name, &known()).map_err(|not| said(&not)).unwrap();
        assert!(read == questions, "{name} brings other questions");
    }
    // One mistake among them, and none is taken.
    let mut wrong = questions;
    wrong[1_500].choice[2].right = false;
    let not = read(&workbook(&wrong).unwrap(), "a.xlsx", &known()).unwrap_err();
    assert_eq!(not.words(W), ["7502行目：問題「habits-1500」は、選択肢を3つ以上、正解を一つだけにしてください。"]);
    let mut bundle = Bundle::of_disk("beginner").unwrap();
    bundle.put_questions(many(2_000));
    assert!(bundle.load("beginner").is_err(), "the loader looks at all of them, in reasonable time");
}

#[test]
fn what_is_wrong_is_named_by_row_and_column_in_words() {
    let fine: &[(&str, &str)] = &[("番号", "q-1"), ("単元", "暮らしの習慣"), ("種類", "一つ選ぶ"), ("スライド", "first"), ("問題文", "？")];
    let choice = |mark: &'static str| [("正誤", mark), ("選択肢・答え", "言葉"), ("解説", "理由")];
    let (right, wrong) = (choice("○"), choice("×"));
    assert_eq!(read(&table(&[fine, &right, &wrong, &wrong]), "a.csv", &known()).unwrap()[0].pool, "habits", "a unit by its title");
    let with = |name: &'static str, cell: &'static str| {
        let mut row = fine.to_vec();
        row.retain(|(of, _)| *of != name);
        row.push((name, cell));
        refused(&table(&[&row, &right, &wrong, &wrong]), "a.csv")
    };
    assert_eq!(with("単元", "なし"), "2行目「単元」：単元「なし」がありません。単元の識別名か題名を書いてください。");
    assert!(with("番号", "問1").contains("2行目「番号」：「問1」は使えません"));
    assert!(with("種類", "選択").contains("2行目「種類」：種類「選択」はありません"));
    assert!(with("スライド", "x").contains("2行目「スライド」：スライド「x」がありません"));
    assert!(with("問題文", "").contains("2行目：問題「q-1」に、日本語の"));
    assert!(with("許す差", "少し").contains("2行目「許す差」：「少し」は数として読めません"));
    assert!(with("正誤", "○").contains("2行目「正誤」：番号のある行に"));
    let third = |row: &[(&str, &str)]| refused(&table(&[fine, &right, row, &wrong, &wrong]), "a.csv");
    assert!(third(&[("正誤", "？"), ("選択肢・答え", "言葉"), ("解説", "理由")]).contains("4行目「正誤」：正誤「？」が読み取れません"));
    assert!(third(&[("問題文", "別の問題")]).contains("4行目「問題文」：番号のない行に「別の問題」"));
    assert!(refused(&table(&[&right, fine]), "a.csv").contains("2行目「番号」：選択肢の前に"));
    assert!(
        refused(&table(&[fine, &right, &wrong, &wrong, fine, &right, &wrong, &wrong]), "a.csv")
            .contains("6行目「番号」：この番号は2行目にも")
    );
    let marked = |mark: &'static str| [("正誤", "×"), ("記号", mark), ("選択肢・答え", "言葉"), ("解説", "理由")];
    assert!(refused(&table(&[fine, &right, &marked("b"), &marked("b")]), "a.csv").contains("5行目「記号」：記号「b」が同じ問題に2回"));
    assert!(refused("番号,単元\nq,habits\n".as_bytes(), "a.csv").contains("次の列がありません"));
    assert!(refused(&table(&[]), "a.csv").contains("ファイルに問題がありません"));
    // The form as it is given out brings nothing, and is no mistake of anybody.
    assert!(refused(&template(W).unwrap(), "form.xlsx").contains("ファイルに問題がありません"));
}

#[test]
fn gift_is_understood_in_all_its_kinds_and_refused_in_words() {
    let read_one = |text: &str| read(format!("$CATEGORY: habits\n\n{text}").as_bytes(), "a.gift", &known()).map_err(|not| said(&not));
    let one = &read_one("// よく聞かれる\n::q-1::[plain]波かっこ \\{ \\} は\\n何ですか。{\n~%-50%一#違う\n=二 \\= 2#正しい\n~三#違う\n}")
        .unwrap()[0];
    assert_eq!((one.id().as_str(), one.kind.as_str(), one.text.ja.as_str()), ("q-1", "one", "波かっこ { } は\n何ですか。"));
    assert_eq!((one.choice[1].text.ja.as_str(), one.choice[1].right, one.slide.as_str()), ("二 = 2", true, "first"));
    let several = &read_one("どれですか。{~%50%一#a ~%50%二#b ~%-100%三#c}").unwrap()[0];
    assert_eq!((several.kind.as_str(), several.choice.iter().filter(|choice| choice.right).count()), ("several", 2));
    assert!(several.id().starts_with("habits-"), "an id that follows from its words");
    let fill = &read_one("身代金を求めるのは{=ランサムウェア =ランサムウエア####理由}です。").unwrap()[0];
    assert_eq!((fill.kind.as_str(), fill.text.ja.as_str(), fill.answers.ja.len()), ("fill", "身代金を求めるのは＿＿です。", 2));
    let number = &read_one("// [id:n-1] [tag:unit=文字]\n何文字ですか。{#11..15#長いほど強い}").unwrap()[0];
    assert_eq!((number.kind.as_str(), number.answer, number.tolerance, number.unit.ja.as_str()), ("number", 13, 2, "文字"));
    let pair = &read_one("結んでください。{=一 -> 壱 =二 -> 弐 =三 -> 参 ####古い数字です}").unwrap()[0];
    assert_eq!((pair.kind.as_str(), pair.pair.len(), pair.pair[1].right.ja.as_str()), ("match", 3, "弐"));
    for (text, words) in [
        ("::題{=a}", "題名の「::」が閉じていません"),
        ("答えがない", "かっこが、ちょうど一組ありません"),
        ("二つ{=a}{=b}", "かっこが、ちょうど一組ありません"),
        ("書いてください。{}", "記述式と説明だけの問題は使えません"),
        ("正しいですか。{TRUE}", "○×の問題です"),
        ("[html]<b>太字</b>{=a}", "HTMLの問題文は使えません"),
        ("印がない{a}", "「=」か「~」がありません"),
        ("混ぜる{=a -> b =c}", "混ざっています"),
        ("重み{~%x%a =b}", "重み「x」が読み取れません"),
        ("いくつ{#約10}", "整数として読めません"),
        ("いくつ{#=10 =%50%11}", "一つだけにしてください"),
        ("いくつ{#10#理由}", "単位がありません"),
        ("少ない{=a#x ~b#y}", "選択肢を3つ以上"),
        ("解説がない{=a ~b ~c}", "日本語の問題文・選択肢・解説"),
    ] {
        let said = read_one(text).unwrap_err();
        assert!(said.starts_with("3行目") && said.contains(words), "{text}: {said}");
    }
}
