//! Every combination has one stage and a sentence why; the examples of `stages.toml` come out as they say.

mod judging;

use kernel::Lang;
use proptest::prelude::*;

use super::grade::{Grade, Stage, Urgency};
use super::rules::{Rules, rules};
use crate::cases::{Axes, Backup, CareImpact, Product, Spread};
use crate::contents;

fn stage_of(spread: Spread, backup: Backup, product: Product) -> Grade {
    let axes = Axes { spread, backup, product, ..Axes::default() };
    rules().judge(Some("ransomware"), &axes, &[]).grade
}

#[test]
fn every_combination_has_exactly_one_stage_and_a_sentence_why() {
    let mut seen = 0;
    for spread in Spread::ANSWERS {
        for backup in Backup::ANSWERS {
            for product in Product::ANSWERS {
                let axes = Axes { spread: *spread, backup: *backup, product: *product, ..Axes::default() };
                let judgement = rules().judge(Some("ransomware"), &axes, &[]);
                assert!(matches!(judgement.grade, Grade::Stage(_)), "{axes:?}");
                for lang in [Lang::Ja, Lang::En] {
                    assert!(rules().why(&judgement, lang).chars().count() > 10, "{axes:?}");
                }
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 100);
}

#[test]
fn the_cases_of_the_papers_have_the_stage_of_the_papers() {
    let mut names = Vec::new();
    for example in &rules().examples {
        names.push(example.name.as_str());
        for backup in &example.backup {
            for product in &example.product {
                let care_impact = example.care_impact;
                let axes = Axes { spread: example.spread, backup: *backup, product: *product, care_impact, ..Axes::default() };
                let judgement = rules().judge(Some("ransomware"), &axes, &[]);
                assert_eq!(judgement.grade, Grade::Stage(example.stage), "{}: {axes:?}", example.name);
                assert_eq!(Some(judgement.urgency), rules().urgency_of(&example.urgency), "{}", example.name);
            }
        }
    }
    assert!(names.iter().any(|name| name.contains("半田病院")) && names.iter().any(|name| name.contains("大阪急性期")), "{names:?}");
}

#[test]
fn handa_is_stage_four_and_osaka_stage_three_of_the_highest_urgency() {
    let emergency = CareImpact::Emergency;
    let handa = Axes { spread: Spread::Wide, backup: Backup::Gone, care_impact: emergency, ..Axes::default() };
    let osaka = Axes { spread: Spread::Several, backup: Backup::Connected, care_impact: emergency, ..Axes::default() };
    let judged = |axes: &Axes| {
        let judgement = rules().judge(Some("ransomware"), axes, &[]);
        (judgement.grade.stage(), judgement.urgency)
    };
    assert_eq!(judged(&handa), (Some(4), Urgency::HIGHEST));
    assert_eq!(judged(&osaka), (Some(3), Urgency::HIGHEST));
}

#[test]
fn what_is_no_malware_has_urgency_without_a_stage() {
    let axes = Axes { spread: Spread::Wide, backup: Backup::Gone, care_impact: CareImpact::None, ..Axes::default() };
    for event in rules().events().iter().filter(|event| !event.malware) {
        let judgement = rules().judge(Some(&event.id), &axes, &[]);
        assert_eq!((judgement.grade, judgement.rule), (Grade::NotMalware, None), "{}", event.id);
    }
    let website = rules().judge(Some("web-defacement"), &axes, &[]);
    assert_eq!(Some(website.urgency), rules().urgency_of("raised"), "the floor of its kind");
    let money = rules().judge(Some("mail-account"), &axes, &["account/money".to_owned()]);
    assert_eq!(Some(money.urgency), rules().urgency_of("high"), "the floor of an answer");
    assert!(rules().urgency_why(&money, &["account/money".to_owned()], Lang::En).unwrap().contains("bank"));
    assert_eq!(rules().urgency_why(&website, &[], Lang::Ja), None, "its kind alone");
}

#[test]
fn without_an_answer_there_is_no_stage_yet_and_nobody_waits_for_one() {
    let nothing = rules().judge(Some("ransomware"), &Axes::default(), &[]);
    assert_eq!((nothing.grade, nothing.urgency), (Grade::Undecided, Urgency::HIGHEST));
    let unknown_kind = rules().judge(None, &Axes { spread: Spread::Wide, ..Axes::default() }, &[]);
    assert_eq!(unknown_kind.grade, Grade::Undecided);
    let all_unknown = stage_of(Spread::Unknown, Backup::Unknown, Product::Unknown);
    assert_eq!(all_unknown.stage(), Some(3));
    let first_answer = rules().judge(Some("ransomware"), &Axes { backup: Backup::Gone, ..Axes::default() }, &[]);
    assert_eq!(first_answer.grade, all_unknown, "what was not asked counts as わからない once there is an answer");
}

#[test]
fn a_gap_and_an_overlap_are_named() {
    let (stages, questions) = (contents::text("stages.toml"), contents::text("questions.toml"));
    let gap = stages.replace("spread = [\"wide\"]\nbackup = [\"gone\", \"unknown\"]", "spread = [\"wide\"]\nbackup = [\"gone\"]");
    let fault = Rules::parse(&gap, &questions).unwrap_err();
    assert_eq!(fault.what, "no rule for spread wide, backup unknown, product notice");
    let overlap = stages.replace(
        "spread = [\"wide\"]\nbackup = [\"gone\", \"unknown\"]",
        "spread = [\"wide\"]\nbackup = [\"connected\", \"gone\", \"unknown\"]",
    );
    let fault = Rules::parse(&overlap, &questions).unwrap_err();
    assert_eq!(fault.what, "meets wide-backup in spread wide, backup connected, product notice");
    assert!(stages.lines().nth(fault.line - 1).unwrap().contains("wide-nobackup"), "{fault}");
    let strange = stages.replacen("urgency = \"high\"", "urgency = \"hurry\"", 1);
    assert_eq!(Rules::parse(&strange, &questions).unwrap_err().what, "hurry is no urgency");
}

fn spread() -> impl Strategy<Value = Spread> {
    proptest::sample::select(Spread::ANSWERS)
}

fn backup() -> impl Strategy<Value = Backup> {
    proptest::sample::select(Backup::ANSWERS)
}

fn product() -> impl Strategy<Value = Product> {
    proptest::sample::select(Product::ANSWERS)
}

proptest! {
    #[test]
    fn a_spread_that_grows_never_makes_the_stage_lighter(backup in backup(), product in product()) {
        let known = [Spread::None, Spread::One, Spread::Several, Spread::Wide].map(|spread| stage_of(spread, backup, product));
        prop_assert!(known.is_sorted(), "{known:?}");
        let unknown = stage_of(Spread::Unknown, backup, product);
        prop_assert!(known[1] <= unknown && unknown <= known[3], "わからない lies above one device and not above a wide spread");
    }

    #[test]
    fn not_to_know_of_the_backup_is_as_heavy_as_having_none(spread in spread(), product in product()) {
        let known = [Backup::Offline, Backup::Connected, Backup::Gone].map(|backup| stage_of(spread, backup, product));
        prop_assert!(known.is_sorted(), "{known:?}");
        prop_assert_eq!(stage_of(spread, Backup::Unknown, product), known[2]);
    }

    #[test]
    fn not_to_know_of_the_product_is_as_heavy_as_a_stopped_one(spread in spread(), backup in backup()) {
        prop_assert_eq!(stage_of(spread, backup, Product::Unknown), stage_of(spread, backup, Product::Stopped));
    }

    #[test]
    fn care_changes_the_urgency_and_never_the_stage(spread in spread(), backup in backup(), product in product()) {
        let judged: Vec<_> = [CareImpact::None, CareImpact::Slower, CareImpact::SomeStopped, CareImpact::Emergency, CareImpact::Unknown]
            .iter()
            .map(|care| rules().judge(Some("malware"), &Axes { spread, backup, product, care_impact: *care, ..Axes::default() }, &[]))
            .collect();
        prop_assert!(judged.iter().all(|judgement| judgement.grade == judged[0].grade));
        prop_assert!(judged.is_sorted_by(|light, heavy| light.urgency >= heavy.urgency));
        let heavy = judged[0].grade >= Grade::Stage(Stage::ALL[3]);
        prop_assert!(!heavy || judged.iter().all(|judgement| judgement.urgency.rank() <= 2), "a heavy stage is never less than 急ぎ");
    }
}
