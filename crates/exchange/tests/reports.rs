//! The report after an incident, as a reader finds it: the same facts on three sheets, and never a fact that is not theirs.

mod sample;

use std::process::Command;

use exchange::{Case, Facts, Tlp, Told};
use sample::{at, case, desk, item, leaving, lexicon, told};

/// Where a person can look at it: `MIST_SHEETS=FOLDER`.
fn keep(name: &str, bytes: &[u8]) {
    if let Ok(folder) = std::env::var("MIST_SHEETS") {
        std::fs::write(format!("{folder}/{name}.pdf"), bytes).expect("the folder is there");
    }
}

/// The text of a file as another program reads it, without spaces, and how many pages it has.
fn read(name: &str, bytes: &[u8]) -> (String, usize) {
    keep(name, bytes);
    let file = std::env::temp_dir().join(format!("mist-report-{}-{name}.pdf", std::process::id()));
    std::fs::write(&file, bytes).expect("a place for a file");
    let said = Command::new("pdftotext").args(["-raw"]).arg(&file).arg("-").output().expect("pdftotext is installed by ./test");
    std::fs::remove_file(&file).expect("it was just written");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let text = String::from_utf8(said.stdout).expect("text");
    (text.split_whitespace().collect(), text.matches('\u{C}').count())
}

fn made(name: &str, facts: Facts, receiver: &str, paper: &str) -> (String, usize) {
    let file = leaving(lexicon(), facts, receiver, paper).make(&desk(), None).unwrap_or_else(|wrong| panic!("{paper}: {wrong}"));
    assert_eq!(file.content_type, "application/pdf");
    read(name, &file.bytes)
}

#[test]
fn the_director_s_report_stays_on_one_page_and_says_what_is_asked() {
    let facts = Facts { case: Case { stage: Some(3), ..case() }, told: told(lexicon()) };
    let (text, pages) = made("director", facts, "institution", "report-director");
    assert_eq!(pages, 1);
    for words in [
        "みほん市立総合病院",
        "2026-000123-7",
        "何が起きたか",
        "サーバー3台のファイルが暗号化され",
        "ステージIII",
        "VPN装置の線を抜き",
        "TLP:CLEAR",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in ["c2", "0a0a", "090-0000-0000"] {
        assert!(!text.contains(words), "{words}");
    }
}

#[test]
fn patients_read_what_is_clear_and_nothing_of_the_attack_s_traces() {
    let mut told = told(lexicon());
    told.words.insert("data_items".into(), item(Tlp::Amber, "かなりあ橙号"));
    let (text, pages) = made("patients", Facts { case: case(), told }, "patients", "report-patients");
    assert_eq!(pages, 1);
    assert!(text.contains("皆さまの個人情報について") && text.contains("外来は紙で続けています"), "{text}");
    assert!(!text.contains("かなりあ") && !text.contains("c2") && !text.contains("ステージ"));
}

#[test]
fn the_technical_report_has_the_course_of_events_and_defanged_indicators_in_tables() {
    let (text, _) = made("technical", Facts { case: case(), told: told(lexicon()) }, "institution", "report-technical");
    for words in [
        "2026年11月22日（日）3:12",
        "夜勤の職員が気づいた。",
        "c2[.]example[.]net",
        "hxxps://c2[.]example[.]net/a'b.exe",
        "CVE-2024-12345",
        "MihonLocker",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.contains(&"0a".repeat(32)), "a hash is whole: {text}");
    assert!(!text.contains("c2.example.net"), "defanged within sentences, too");
    let first = text.find("夜勤の職員が気づいた。").unwrap();
    assert!(first < text.find("窓口が見本太郎さんに折り返した。").unwrap(), "in the order of time");
}

#[test]
fn what_nobody_knows_yet_is_said_and_an_exercise_is_called_one() {
    let drill = Case { is_drill: true, next_word_at: Some(at("2026-11-22T12:00:00")), ..case() };
    for (receiver, paper) in [("institution", "report-director"), ("patients", "report-patients"), ("institution", "report-technical")] {
        let (text, _) = made(&format!("empty-{paper}"), Facts { case: drill.clone(), told: Told::default() }, receiver, paper);
        assert!(text.contains("【訓練】") && text.contains("調査中（次のお知らせ：2026年11月22日（日）12:00まで）"), "{paper}: {text}");
        assert!(text.contains("病院（東北）"), "without a name it is described: {text}");
    }
}
