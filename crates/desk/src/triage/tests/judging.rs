//! Raising holds at once; lowering alone is 仮 until a second person confirms, and goes back after twelve hours.

use access::Role;
use both_engines::both_engines;
use db::sql;
use kernel::{Span, Timestamp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::cases::{self, Backup, Case, CaseId, REPORTER, Spread};
use crate::specimen::{Stage, ransomware};
use crate::triage::{Judged, NotConfirmed, NotJudged, View, Weight, confirm, judge, store, take_back};

async fn judges(stage: &Stage, case: CaseId, view: &View, by: &str, reason: &'static str) -> Result<Judged, NotJudged> {
    let (view, by) = (view.clone(), by.to_owned());
    stage.write(async move |tx, now| judge(tx, case, &view, &by, reason, now).await).await
}

async fn confirms(stage: &Stage, case: CaseId, by: &str, because: &'static str) -> Result<(), NotConfirmed> {
    let by = by.to_owned();
    stage.write(async move |tx, now| confirm(tx, case, &by, because, now).await).await
}

async fn case(stage: &Stage, id: CaseId) -> Case {
    stage.read(async move |tx| cases::store::case(tx, id).await).await.unwrap()
}

async fn waits_until(stage: &Stage, id: CaseId) -> Option<Timestamp> {
    stage.read(async move |tx| store::waiting(tx, id).await).await.map(|waiting| waiting.until)
}

#[both_engines]
async fn raising_holds_at_once_and_lowering_waits_for_a_second_person(stage: Stage) {
    let first = format!("account:{}", stage.hires("mihon", Role::Responder).await);
    let second = format!("account:{}", stage.hires("shiken", Role::Responder).await);
    let id = stage.opens(ransomware(Spread::One, Backup::Offline), false).await.id;
    let (light, heavy) = (ransomware(Spread::One, Backup::Offline), ransomware(Spread::Wide, Backup::Gone));

    assert_eq!(judges(&stage, id, &heavy, &first, "").await, Ok(Judged::Holds), "nobody asks why it is heavier");
    assert_eq!(case(&stage, id).await.stage, Some(4));
    assert_eq!(judges(&stage, id, &light, &first, "").await, Err(NotJudged::NoReason));
    let until = stage.clock.now().plus(Span::hours(12));
    assert_eq!(judges(&stage, id, &light, &first, "1台だけと確かめました").await, Ok(Judged::Until(until)));
    assert_eq!(case(&stage, id).await.stage, Some(2), "it holds provisionally");

    assert_eq!(confirms(&stage, id, &first, "同じ人です").await, Err(NotConfirmed::Own));
    assert_eq!(confirms(&stage, id, &second, "").await, Err(NotConfirmed::NoReason));
    assert_eq!(confirms(&stage, id, &second, "画面で見ました").await, Ok(()));
    stage.pass(Span::hours(13));
    stage.work().await;
    assert_eq!(case(&stage, id).await.stage, Some(2), "what was confirmed stays");
    assert_eq!(stage.read(async move |tx| cases::verify(tx, id).await).await, Ok(()));
}

#[both_engines]
async fn a_lowering_that_nobody_confirms_goes_back_after_twelve_hours(stage: Stage) {
    let first = format!("account:{}", stage.hires("mihon", Role::Responder).await);
    let second = format!("account:{}", stage.hires("shiken", Role::Responder).await);
    let heavy = ransomware(Spread::Wide, Backup::Gone);
    let id = stage.opens(heavy.clone(), false).await.id;
    judges(&stage, id, &ransomware(Spread::Several, Backup::Offline), &first, "控えがありました").await.unwrap();
    let until = waits_until(&stage, id).await.unwrap();
    stage.pass(Span::hours(11));
    judges(&stage, id, &ransomware(Spread::One, Backup::Offline), &first, "1台でした").await.unwrap();
    assert_eq!(waits_until(&stage, id).await, Some(until), "lowering further wins no time");
    stage.pass(Span::hours(1));
    assert_eq!(confirms(&stage, id, &second, "遅れました").await, Err(NotConfirmed::Nothing));
    stage.work().await;
    let now = case(&stage, id).await;
    assert_eq!((now.stage, now.axes()), (Some(4), heavy.axes), "it is what it was before both lowerings");
}

/// Somebody's way back that the program cannot read is nobody's to forget: the case would stay lighter for good.
#[both_engines]
async fn a_lowering_whose_way_back_cannot_be_read_is_an_error_and_not_none(stage: Stage) {
    let first = format!("account:{}", stage.hires("mihon", Role::Responder).await);
    let id = stage.opens(ransomware(Spread::Wide, Backup::Gone), false).await.id;
    judges(&stage, id, &ransomware(Spread::One, Backup::Offline), &first, "1台でした").await.unwrap();
    let base = sql!("SELECT base FROM case_judgements WHERE case_id = $1 AND until IS NOT NULL");
    let whole: serde_json::Value = stage.read(async move |tx| tx.one(base, &[id.into()]).await).await;
    let puts = async |base: serde_json::Value| {
        let put = sql!("UPDATE case_judgements SET base = $2 WHERE case_id = $1 AND until IS NOT NULL");
        stage.write(async move |tx, _| tx.run(put, &[id.into(), base.clone().into()]).await).await
    };
    let mut renamed = whole.clone();
    renamed["axes"]["spread"] = "everywhere".into();
    assert_eq!(puts(renamed).await, 1);
    assert!(stage.db.read(async move |tx| store::waiting(tx, id).await.map(|waiting| waiting.is_some())).await.is_err());
    stage.pass(Span::hours(12));
    let tried = stage.tries().await;
    assert_eq!((tried.deferred + tried.dead, case(&stage, id).await.stage), (1, Some(2)), "the job is not done");
    // What does not rest on it goes on.
    stage.write(async move |tx, now| crate::clocks::keep(tx, id, REPORTER, now).await).await;

    assert_eq!(puts(whole).await, 1);
    assert!(stage.write(async move |tx, now| take_back(tx, id, now).await).await);
    assert_eq!(case(&stage, id).await.stage, Some(4));
}

#[both_engines]
async fn an_answer_that_a_reporter_mends_before_anybody_took_the_case_needs_no_second_person(stage: Stage) {
    let account = stage.hires("mihon", Role::Responder).await;
    let id = stage.opens(ransomware(Spread::Wide, Backup::Gone), false).await.id;
    let light = ransomware(Spread::One, Backup::Offline);
    assert_eq!(judges(&stage, id, &light, REPORTER, "").await, Ok(Judged::Holds));
    assert_eq!(judges(&stage, id, &ransomware(Spread::Wide, Backup::Gone), REPORTER, "").await, Ok(Judged::Holds));
    stage.write(async move |tx, now| crate::alarm::take_case(tx, id, account, now).await).await.unwrap();
    assert!(matches!(judges(&stage, id, &light, REPORTER, "").await, Ok(Judged::Until(_))), "afterwards it is a lowering as every other");
}

#[derive(Clone, Debug)]
enum Step {
    Judge { who: usize, spread: Spread, backup: Backup },
    Confirm { who: usize },
    Wait { hours: i64 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let judge = (0_usize..3, proptest::sample::select(Spread::ANSWERS), proptest::sample::select(Backup::ANSWERS));
    let step = prop_oneof![
        4 => judge.prop_map(|(who, spread, backup)| Step::Judge { who, spread, backup }),
        2 => (0_usize..3).prop_map(|who| Step::Confirm { who }),
        2 => (1_i64..9).prop_map(|hours| Step::Wait { hours }),
    ];
    proptest::collection::vec(step, 1..14)
}

/// Whatever three people do in whatever order: nothing lighter than what two agreed on, or one raised it to, stands for more than
/// twelve hours.
#[both_engines]
async fn nobody_alone_makes_a_case_lighter_for_long(stage: Stage) {
    let mut people = Vec::new();
    for local in ["mihon", "shiken", "reiji"] {
        people.push(format!("account:{}", stage.hires(local, Role::Responder).await));
    }
    let mut runner = TestRunner::deterministic();
    for _ in 0..12 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        let start = ransomware(Spread::Several, Backup::Connected);
        let id = stage.opens(start.clone(), false).await.id;
        // What stands for good, what stands now, and who has lowered when.
        let (mut agreed, mut stands, mut lowered): (View, View, Option<(usize, Timestamp)>) = (start.clone(), start, None);
        for step in &steps {
            let now = stage.clock.now();
            match step {
                Step::Judge { who, spread, backup } => {
                    let view = ransomware(*spread, *backup);
                    judges(&stage, id, &view, &people[*who], "そう見えます").await.unwrap();
                    if view != stands {
                        let is_lighter = view.judgement().is_lighter_than(&agreed.weight());
                        lowered = is_lighter.then(|| (*who, lowered.map_or(now, |(_, since)| since)));
                        if !is_lighter {
                            agreed = view.clone();
                        }
                        stands = view;
                    }
                }
                Step::Confirm { who } => {
                    let confirmed = confirms(&stage, id, &people[*who], "見ました").await;
                    assert_eq!(confirmed.is_ok(), lowered.is_some_and(|(by, _)| by != *who), "{steps:?}");
                    if confirmed.is_ok() {
                        (agreed, lowered) = (stands.clone(), None);
                    }
                }
                Step::Wait { hours } => {
                    stage.pass(Span::hours(*hours));
                    stage.work().await;
                    if lowered.is_some_and(|(_, since)| stage.clock.now().since(since) >= Span::hours(12)) {
                        (stands, lowered) = (agreed.clone(), None);
                    }
                }
            }
            let case = case(&stage, id).await;
            let weight: Weight = stands.weight();
            assert_eq!((case.axes(), case.stage, case.urgency), (stands.axes, weight.grade.stage(), weight.urgency.rank()), "{steps:?}");
            assert_eq!(waits_until(&stage, id).await.is_some(), lowered.is_some(), "{steps:?}");
        }
    }
}
