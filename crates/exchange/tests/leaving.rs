//! What leaves a case and what stays, whatever is made of it.

mod sample;

use std::io::{Cursor, Read};

use exchange::{Case, Facts, File, Issue, Leaving, Lexicon, NotLeaving, Paper, Tlp, Told, Why};
use proptest::prelude::*;
use sample::{case, desk, happening, indicator, item, leaving, lexicon, now, told};

/// Everything that a file says, unpacked.
fn said(file: &File) -> String {
    if !file.bytes.starts_with(b"PK") {
        return String::from_utf8_lossy(&file.bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).expect("an archive");
    let mut text = String::new();
    for at in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(at).expect("a part").read_to_end(&mut part).expect("it unpacks");
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

/// Each paper that each receiver may have, with what it says.
fn all_papers(lexicon: &Lexicon, facts: &Facts) -> Vec<(String, String, String)> {
    let mut papers = Vec::new();
    for receiver in &lexicon.receivers {
        for (id, paper) in lexicon.papers(receiver) {
            let leaving = match Leaving::of(facts.clone(), receiver, id, Issue::FIRST, lexicon, now()) {
                Ok(leaving) => leaving,
                Err(NotLeaving::CaseTooStrict(_)) => continue,
                Err(wrong) => panic!("{} {id}: {wrong}", receiver.id),
            };
            let preview =
                leaving.preview().into_iter().map(|(name, tlp, text)| format!("{name} {tlp} {text}")).collect::<Vec<_>>().join("\n");
            papers.push((receiver.id.clone(), id.to_owned(), preview));
            // What is written as PDF is set from the same words; its own test stands beside it.
            if !matches!(paper, Paper::Form(form) if form.paper == exchange::forms::As::Pdf) {
                papers.push((receiver.id.clone(), id.to_owned(), said(&leaving.make(&desk(), None).expect("it is made"))));
            }
        }
    }
    papers
}

#[test]
fn a_field_that_is_not_on_the_list_is_refused_wherever_it_stands() {
    let lexicon = lexicon();
    let facts = Facts { case: case(), told: told(lexicon) };
    let mut whole = serde_json::to_value(&facts).unwrap();
    for place in ["", "/case", "/told", "/told/words/summary", "/told/timeline/0", "/told/indicators/0", "/told/evidence/0"] {
        let mut with_canary = whole.clone();
        with_canary.pointer_mut(place).unwrap()["canary"] = "カナリア".into();
        let refused = serde_json::from_value::<Facts>(with_canary).unwrap_err().to_string();
        assert!(refused.contains("unknown field `canary`"), "{place}: {refused}");
    }
    whole["told"]["words"]["canary"] = serde_json::json!({ "tlp": "clear", "text": "カナリア" });
    let facts: Facts = serde_json::from_value(whole).unwrap();
    let ministry = lexicon.receiver("ministry").unwrap();
    let refused = Leaving::of(facts, ministry, "ministry", Issue::FIRST, lexicon, now()).unwrap_err();
    assert_eq!(refused, NotLeaving::NotAllowed("canary".into()));
}

/// C7: each fact carries a canary of its own, and a paper says those that its form asks for and no other.
#[test]
fn a_paper_says_what_it_asks_for_and_nothing_else() {
    let lexicon = lexicon();
    let mut told = Told::default();
    let canary = |n: usize| format!("かなりあ{n:03}号");
    let sealed: Vec<(usize, String)> =
        lexicon.facts().iter().enumerate().filter(|(_, fact)| fact.sealed).map(|(n, fact)| (n, fact.id.clone())).collect();
    for (n, fact) in &sealed {
        told.words.insert(fact.clone(), item(Tlp::Clear, &canary(*n)));
    }
    let facts = Facts { case: case(), told };
    let mut found = 0;
    for (receiver, paper, text) in all_papers(lexicon, &facts) {
        let asked = lexicon.paper(&paper).unwrap();
        for (n, fact) in &sealed {
            if text.contains(&canary(*n)) {
                // The name of the institution stands on every paper for those who get names.
                assert!(asked.asks_for(fact) || fact == "institution", "{receiver} {paper} says {fact}");
                found += 1;
            }
        }
    }
    assert!(found > 200, "the canaries that may leave are found: {found}");
}

#[test]
fn who_it_is_about_is_on_no_paper_for_those_who_get_no_names() {
    let lexicon = lexicon();
    let mut told = told(lexicon);
    let names = [
        "みほん市立総合病院",
        "例示町1丁目2番3号",
        "例示 髙子",
        "見本 太郎",
        "090-0000-0000",
        "taro@mihon-hp.example.jp",
        "180床",
        "mihon-hp.example.jp",
        "宮城県",
    ];
    for (fact, text) in &mut told.words {
        if !lexicon.fact(fact).unwrap().identifies && fact != "beds" {
            text.text = format!("{} {}", text.text, names.join("、"));
        }
    }
    told.timeline.push(happening("2026-11-22T05:00:00", Tlp::Clear, &names.join("／")));
    told.indicators.push(indicator("domain", "vpn.mihon-hp.example.jp", Tlp::Clear, ""));
    told.indicators.push(indicator("ip", "203.0.113.9", Tlp::Clear, &names.join(" ")));
    let facts = Facts { case: case(), told };
    let mut papers = 0;
    for (receiver, paper, text) in all_papers(lexicon, &facts) {
        if lexicon.receiver(&receiver).unwrap().names {
            continue;
        }
        papers += 1;
        for name in names {
            assert!(!text.contains(name), "{receiver} {paper} says {name}");
        }
        for name in ["太郎", "髙子", "mihon-hp"] {
            assert!(!text.contains(name), "{receiver} {paper} says {name}");
        }
    }
    assert_eq!(papers, 12);
    let shown = leaving(lexicon, facts, "circle", "stix");
    assert_eq!(shown.victim(), "病院（100～199床、東北）");
    assert!(shown.what_stayed().iter().any(|it| it.fact == "indicators" && it.why == Why::Names && it.count == 1));
}

#[test]
fn red_never_leaves_and_what_is_too_strict_stays_and_is_named() {
    let lexicon = lexicon();
    let mut told = told(lexicon);
    told.words.insert("summary".into(), item(Tlp::Red, "赤いかなりあ"));
    told.words.insert("cause".into(), item(Tlp::AmberStrict, "橙のかなりあ"));
    told.timeline.push(happening("2026-11-22T05:00:00", Tlp::Red, "赤いかなりあ"));
    told.indicators.push(indicator("ip", "203.0.113.66", Tlp::Red, "赤いかなりあ"));
    let facts = Facts { case: case(), told };
    for (receiver, paper, text) in all_papers(lexicon, &facts) {
        assert!(
            !text.contains("赤いかなりあ") && !text.contains("203.0.113.66") && !text.contains("203[.]0[.]113[.]66"),
            "{receiver} {paper}"
        );
        if text.contains("橙のかなりあ") {
            assert!(lexicon.receiver(&receiver).unwrap().tlp >= Tlp::AmberStrict, "{receiver} {paper}");
        }
    }
    let circle = leaving(lexicon, facts, "circle", "stix");
    let stayed = |fact: &str| circle.what_stayed().iter().find(|it| it.fact == fact).map(|it| (it.why, it.count));
    assert_eq!(stayed("summary"), Some((Why::Red, 1)));
    assert_eq!(stayed("cause"), Some((Why::TooStrict, 1)));
    assert_eq!(stayed("timeline"), Some((Why::Red, 1)));
    assert_eq!(circle.tlp(), Tlp::Amber, "the strictest of what goes");
}

#[test]
fn a_timeline_that_was_written_as_lines_becomes_entries_and_other_words_stay_words() {
    let lexicon = lexicon();
    let said = |text: &str| {
        let mut told = Told::default();
        told.words.insert("timeline".into(), item(Tlp::Green, text));
        let file = leaving(lexicon, Facts { case: case(), told }, "police", "stix").make(&desk(), None).unwrap();
        let bundle: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
        bundle["objects"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["type"] == "note")
            .map(|it| it["content"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let entries = said("2026-11-22 03:31 折り返した。\n\n2026-11-22　03:12　気づいた。");
    assert_eq!(entries, ["2026-11-22T03:12:00+09:00　気づいた。", "2026-11-22T03:31:00+09:00　折り返した。"]);
    assert_eq!(said("夜勤が気づき、折り返した。"), ["夜勤が気づき、折り返した。"]);
}

#[test]
fn a_case_that_is_stricter_than_its_receiver_is_not_spoken_of() {
    let lexicon = lexicon();
    for (tlp, receiver, paper) in
        [(Tlp::Red, "ministry", "ministry"), (Tlp::AmberStrict, "circle", "stix"), (Tlp::Green, "everyone", "misp")]
    {
        let facts = Facts { case: Case { tlp, ..case() }, told: told(lexicon) };
        let receiver = lexicon.receiver(receiver).unwrap();
        let refused = Leaving::of(facts, receiver, paper, Issue::FIRST, lexicon, now()).unwrap_err();
        assert_eq!(refused, NotLeaving::CaseTooStrict(tlp));
    }
    let facts = Facts { case: case(), told: Told::default() };
    let refused = Leaving::of(facts, lexicon.receiver("patients").unwrap(), "stix", Issue::FIRST, lexicon, now()).unwrap_err();
    assert_eq!(refused, NotLeaving::NotTheirPaper);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the marks are: nothing leaves above the receiver's ceiling, and the mark of the whole covers each part.
    #[test]
    fn nothing_leaves_above_the_ceiling(marks in prop::collection::vec(0..5_usize, 60), red in 0..5_usize) {
        let lexicon = lexicon();
        let mut told = told(lexicon);
        for (n, item) in told.words.values_mut().enumerate() {
            item.tlp = Tlp::ALL[marks[n % marks.len()]];
            item.text = format!("{}◆", item.tlp.label());
        }
        for (n, it) in told.timeline.iter_mut().enumerate() {
            it.tlp = Tlp::ALL[marks[(n + red) % marks.len()]];
            it.text = format!("{}◆", it.tlp.label());
        }
        let facts = Facts { case: case(), told };
        for receiver in &lexicon.receivers {
            for id in &receiver.papers {
                let leaving = Leaving::of(facts.clone(), receiver, id, Issue::FIRST, lexicon, now()).unwrap();
                prop_assert!(leaving.tlp() <= receiver.tlp);
                for (name, tlp, text) in leaving.preview() {
                    prop_assert!(tlp.goes_to(receiver.tlp), "{} {} {}", receiver.id, id, name);
                    prop_assert!(tlp <= leaving.tlp());
                    for above in Tlp::ALL.into_iter().filter(|it| !it.goes_to(receiver.tlp)) {
                        let mark = format!("{above}◆");
                        prop_assert!(!text.contains(&mark));
                    }
                }
            }
        }
    }
}
