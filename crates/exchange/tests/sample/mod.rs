//! A case that knows everything, for tests and judges. No name in it is anybody's.

use exchange::{Case, Desk, Evidence, Facts, Happening, Indicator, Issue, Item, Leaving, Lexicon, Sign, Tlp, Told};
use jiff::Timestamp;
use std::path::Path;
use std::sync::LazyLock;

pub const NUMBER: &str = "2026-000123-7";

pub fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(shipped);
    &LEXICON
}

fn shipped() -> Lexicon {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let text = |name: &str| std::fs::read_to_string(data.join(name)).unwrap_or_default();
    let mut forms: Vec<String> = std::fs::read_dir(data.join("desk/forms"))
        .expect("the folder of forms")
        .map(|entry| format!("desk/forms/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .collect();
    forms.sort();
    Lexicon::read(text, &forms).unwrap_or_else(|fault| panic!("{fault}"))
}

pub fn desk() -> Desk {
    Desk { name: "医療分野 初動対応窓口（見本）".into(), contact: "desk@example.jp".into() }
}

pub fn at(written: &str) -> Timestamp {
    format!("{written}+09:00").parse().expect("a moment")
}

pub fn now() -> Timestamp {
    at("2026-11-22T09:00:00")
}

pub fn case() -> Case {
    let axes = [
        ("spread", "wide"),
        ("backup", "connected"),
        ("product", "silent"),
        ("care_impact", "some-stopped"),
        ("data_exit", "suspected"),
        ("path", "vpn"),
    ];
    Case {
        number: NUMBER.into(),
        is_drill: false,
        tlp: Tlp::Clear,
        event: Some("ransomware".into()),
        phase: "respond".into(),
        stage: Some(3),
        axes: axes.into_iter().map(|(axis, value)| (axis.to_owned(), value.to_owned())).collect(),
        prefecture: Some("04".into()),
        institution_kind: Some("hospital".into()),
        made_at: at("2026-11-22T03:20:00"),
        known_at: Some(at("2026-11-22T03:12:00")),
        answered_at: Some(at("2026-11-22T03:31:00")),
        closed_at: None,
        next_word_at: Some(at("2026-11-22T12:00:00")),
    }
}

/// Words for every fact, each of which says its own id.
pub fn told(lexicon: &Lexicon) -> Told {
    let mut told = Told::default();
    for fact in
        lexicon.facts().iter().filter(|fact| fact.sealed && fact.id != "timeline" && fact.id != "indicators" && fact.id != "logs_kept")
    {
        told.words.insert(fact.id.clone(), item(Tlp::Clear, &format!("{}の見本です。", fact.name.ja)));
    }
    for (fact, text) in [
        ("institution", "みほん市立総合病院"),
        ("institution_address", "宮城県みほん市例示町1丁目2番3号"),
        ("founder", "みほん市　市長　例示 髙子"),
        ("contact_person", "情報システム課　見本 太郎"),
        ("contact_phone", "090-0000-0000"),
        ("contact_mail", "taro@mihon-hp.example.jp"),
        ("beds", "180床"),
        ("ransom_family", "MihonLocker"),
        ("ransom_ext", ".mihon"),
        (
            "summary",
            "11月22日3時12分、夜勤の職員が電子カルテを開けないことに気づきました。サーバー3台のファイルが暗号化され、金銭を求める文が残されていました。外来は紙で続けています。",
        ),
        ("actions", "VPN装置の線を抜き、バックアップの線を切りました。\n保守用のIDを止めました。"),
        ("path_detail", "VPN装置（版 7.2.1）の既知の脆弱性。保守業者の見本 太郎から 090-0000-0000 へ連絡済み。"),
        ("cause", "VPN装置の更新が止まっており、公開済みの脆弱性から入られました。"),
    ] {
        told.words.insert(fact.to_owned(), item(Tlp::Clear, text));
    }
    told.indicators = vec![
        indicator("ip", "198.51.100.7", Tlp::Clear, "VPN装置への接続元"),
        indicator("ip", "2001:db8::7", Tlp::Green, ""),
        indicator("domain", "c2.example.net", Tlp::Clear, "暗号化の前に通信"),
        indicator("url", "https://c2.example.net/a'b.exe", Tlp::Amber, ""),
        indicator("hash", &"0a".repeat(32), Tlp::Clear, "暗号化した道具"),
        indicator("hash", &"0b".repeat(16), Tlp::Clear, ""),
        indicator("mail", "invoice@example.net", Tlp::Clear, "差出人"),
        indicator("cve", "CVE-2024-12345", Tlp::Clear, "VPN装置"),
    ];
    told.timeline = vec![
        happening("2026-11-22T03:31:00", Tlp::Clear, "窓口が見本 太郎さんに折り返した。"),
        happening("2026-11-22T03:12:00", Tlp::Clear, "夜勤の職員が気づいた。"),
        happening("2026-11-22T04:05:00", Tlp::Green, "=HYPERLINK(\"https://c2.example.net\")という文が画面に出た。"),
    ];
    told.evidence = vec![Evidence {
        tlp: Tlp::Clear,
        number: 1,
        sha256_plain: "1c".repeat(32),
        sha256_stored: Some("2d".repeat(32)),
        size_bytes: Some(48_213),
        received_at: at("2026-11-22T03:40:00"),
    }];
    told
}

pub fn item(tlp: Tlp, text: &str) -> Item {
    Item { tlp, text: text.to_owned() }
}

pub fn happening(when: &str, tlp: Tlp, text: &str) -> Happening {
    Happening { tlp, at: at(when), text: text.to_owned() }
}

pub fn indicator(kind: &str, value: &str, tlp: Tlp, note: &str) -> Indicator {
    let sign = Sign::parse(kind, value).expect("an indicator");
    Indicator { sign, tlp, note: note.to_owned(), first_seen: Some(at("2026-11-21T22:00:00")), last_seen: None }
}

pub fn leaving<'a>(lexicon: &'a Lexicon, facts: Facts, receiver: &str, paper: &str) -> Leaving<'a> {
    let receiver = lexicon.receiver(receiver).expect("a receiver");
    Leaving::of(facts, receiver, paper, Issue::FIRST, lexicon, now()).unwrap_or_else(|wrong| panic!("{paper}: {wrong}"))
}
