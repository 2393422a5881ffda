//! Days are counted as the law counts them; every reminder comes exactly once, whatever happens and however long nobody works.

use access::Role;
use both_engines::both_engines;
use db::sql;
use kernel::{Span, Timestamp, Uuid};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

use super::store::{self, Clock};
use super::{Clocks, Ended, Facts, NotNoted, NotStopped, clocks, say_known, start, stop, word_sent};
use crate::cases::{Axes, Backup, CaseId, Spread};
use crate::contents;
use crate::specimen::{Stage, morning, ransomware};
use crate::triage::{Urgency, View, judge};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn facts(known_at: Timestamp) -> Facts {
    Facts {
        made_at: known_at,
        known_at,
        event: Some("ransomware".to_owned()),
        axes: Axes::default(),
        stage: Some(4),
        urgency: Urgency::HIGHEST,
        is_responding: false,
        is_wrongful: true,
        is_bound: false,
        called_at: None,
        last_word_at: None,
        lowered_at: None,
        was_dispatched: false,
        closed_at: None,
    }
}

fn due(kind: &str, known_at: &str) -> (Option<String>, Option<String>) {
    let times = clocks().get(kind).unwrap().times(at(known_at), &facts(at(known_at)));
    (times.due_at.map(Timestamp::rfc3339), times.amber_at.map(Timestamp::rfc3339))
}

#[test]
fn days_are_counted_from_the_day_on_which_it_was_known() {
    let day = |text: &str| Some(format!("{text}:00+09:00"));
    // Known on Sunday 1 November: the fifth day is the 5th, and it ends at midnight. Weekends count.
    assert_eq!(due("ppc-preliminary", "2026-11-01T23:50+09:00"), (day("2026-11-06T00:00"), day("2026-11-03T09:00")));
    assert_eq!(due("ppc-final", "2026-11-01T10:00+09:00").0, day("2026-12-01T00:00"), "30 days end on Monday 30 November");
    // 60 days end on 30 December, when offices are closed until Monday 4 January.
    assert_eq!(due("ppc-final-attack", "2026-11-01T10:00+09:00").0, day("2027-01-05T00:00"));
    assert_eq!(due("ppc-final-attack", "2026-11-02T10:00+09:00").0, day("2027-01-05T00:00"));
    assert_eq!(due("ministry-first", "2026-11-01T10:00+09:00"), (day("2026-11-02T00:00"), day("2026-11-01T11:00")));
    assert_eq!(due("ministry-first", "2026-11-01T23:50+09:00").0, day("2026-11-02T05:50"), "a call at night is not late at midnight");
    assert_eq!(due("claims", "2026-11-20T10:00+09:00").0, day("2026-12-11T00:00"), "the tenth of the next month");
    assert_eq!(due("police-public", "2026-11-01T10:00+09:00"), (None, None), "the law names no period");
    assert_eq!(due("callback", "2026-11-01T10:00+09:00"), (None, None), "out of the box no time is promised");
}

#[test]
fn what_is_wrong_with_a_clock_is_named() {
    let text = contents::text("clocks.toml");
    let fault = Clocks::parse(&text.replacen("replaces = \"ppc-final\"", "replaces = \"ppc-last\"", 1)).unwrap_err();
    assert_eq!(fault.what, "there is no clock ppc-last");
    assert!(text.lines().nth(fault.line - 1).unwrap().contains("ppc-final-attack"), "{fault}");
    let fault = Clocks::parse(&text.replacen("\"stage >= 3\"", "\"stage is bad\"", 1)).unwrap_err();
    assert!(fault.what.contains("“stage is bad” is no condition"), "{fault}");
    let fault =
        Clocks::parse(&text.replacen("due = { kind = \"days\", n = 30, first_day = true }", "due = { kind = \"days\" }", 1)).unwrap_err();
    assert_eq!(fault.what, "ppc-final says no number");
}

async fn of_case(stage: &Stage, case: CaseId) -> Vec<Clock> {
    stage.read(async move |tx| store::of_case(tx, case).await).await
}

async fn running(stage: &Stage, case: CaseId) -> Vec<String> {
    let mut kinds: Vec<String> = of_case(stage, case).await.into_iter().filter(Clock::is_running).map(|clock| clock.kind).collect();
    kinds.sort();
    kinds
}

async fn knows(stage: &Stage, case: CaseId, known_at: Timestamp, wrongful: bool, reason: &'static str) -> Result<(), NotNoted> {
    stage.write(async move |tx, now| say_known(tx, case, known_at, wrongful, reason, "account:x", now).await).await
}

#[both_engines]
async fn the_clocks_of_a_case_start_by_themselves_and_follow_what_is_known(stage: Stage) {
    let case = stage.opens(ransomware(Spread::One, Backup::Offline), false).await.id;
    stage.write(async move |tx, now| super::keep(tx, case, "system", now).await).await;
    assert_eq!(running(&stage, case).await, ["callback", "common-form", "identity", "police"]);
    let heavy = ransomware(Spread::Wide, Backup::Gone);
    stage.write(async move |tx, now| judge(tx, case, &heavy, "account:x", "", now).await).await.unwrap();
    let all = running(&stage, case).await;
    for kind in ["ministry-first", "health-office", "ppc-preliminary", "ppc-final-attack", "patients"] {
        assert!(all.iter().any(|running| running == kind), "{kind} runs: {all:?}");
    }
    assert!(!all.iter().any(|kind| kind == "ppc-final"), "an attack has sixty days");

    // Somebody finds that it was no attack but a slip: thirty days hold, and the sixty do not.
    knows(&stage, case, morning(), false, "").await.unwrap();
    let all = of_case(&stage, case).await;
    let how = |kind: &str| all.iter().find(|clock| clock.kind == kind).map(|clock| clock.ended.clone());
    assert_eq!(how("ppc-final"), Some(None));
    assert_eq!(how("ppc-final-attack"), Some(Some("replaced".to_owned())));
}

/// Every verb of a case keeps its clocks: what they rest on is asked once, however many there are.
#[both_engines]
async fn the_clocks_of_a_case_are_read_once_however_many_rules_there_are(stage: Stage) {
    let case = stage.opens(ransomware(Spread::Wide, Backup::Gone), false).await.id;
    stage.write(async move |tx, now| super::keep(tx, case, "system", now).await).await;
    let mut fewest = u64::MAX;
    // The whole process is counted, and another connection may ask something meanwhile: the fewest are those of this alone.
    for _ in 0..5 {
        let asked = stage.write(async move |tx, now| {
            let before = db::statements_asked();
            super::keep(tx, case, "system", now).await?;
            Ok(db::statements_asked() - before)
        });
        fewest = fewest.min(asked.await);
    }
    assert_eq!(fewest, 5, "the case, when it was known, lowered and dispatched, and its clocks");
}

#[both_engines]
async fn when_it_was_known_moves_the_clocks_and_keeps_who_said_what(stage: Stage) {
    let case = stage.opens(ransomware(Spread::Wide, Backup::Gone), false).await.id;
    let earlier = morning().minus(Span::days(2));
    knows(&stage, case, morning(), true, "").await.unwrap();
    assert_eq!(knows(&stage, case, earlier, true, "").await, Err(NotNoted::NoReason));
    assert_eq!(knows(&stage, case, morning().plus(Span::hours(1)), true, "").await, Err(NotNoted::Future));
    knows(&stage, case, earlier, true, "検査室が先に気づいていました").await.unwrap();
    let preliminary = of_case(&stage, case).await.into_iter().find(|clock| clock.kind == "ppc-preliminary").unwrap();
    assert_eq!(preliminary.started_at, earlier);
    assert_eq!(preliminary.due_at, Some(at("2026-11-25T00:00+09:00")));
    let known = stage.read(async move |tx| store::known(tx, case).await).await;
    let said: Vec<(Timestamp, bool)> = known.iter().map(|known| (known.known_at, known.reason.is_some())).collect();
    assert_eq!(said, [(earlier, true), (morning(), false)], "the last word first, the one before kept");
}

#[both_engines]
async fn a_clock_is_stopped_with_a_reason_and_does_not_begin_again(stage: Stage) {
    let case = stage.opens(ransomware(Spread::Wide, Backup::Gone), false).await.id;
    stage.write(async move |tx, now| super::keep(tx, case, "system", now).await).await;
    let id = of_case(&stage, case).await.into_iter().find(|clock| clock.kind == "ppc-preliminary").unwrap().id;
    let stops = async |how: Ended, reason: &'static str| {
        stage.write(async move |tx, now| stop(tx, case, id, how, reason, "account:x", now).await).await
    };
    assert_eq!(stops(Ended::Done, "").await, Err(NotStopped::NoReason), "to whom and when is said");
    assert_eq!(stops(Ended::Done, "10:20 受付番号 見本").await, Ok(()));
    assert_eq!(stops(Ended::Done, "もう一度").await, Err(NotStopped::Already));
    stage.write(async move |tx, now| super::keep(tx, case, "system", now).await).await;
    assert!(!running(&stage, case).await.iter().any(|kind| kind == "ppc-preliminary"));

    let starts = async |kind: &'static str| stage.write(async move |tx, now| start(tx, case, kind, now, "account:x", now).await).await;
    assert_eq!(starts("insurance").await, Ok(()));
    assert_eq!(starts("insurance").await, Err(NotStopped::Already));
    assert_eq!(starts("moon").await, Err(NotStopped::Unknown));
}

#[both_engines]
async fn the_next_word_is_due_from_the_last_one_on(stage: Stage) {
    let case = stage.opens(ransomware(Spread::Wide, Backup::Gone), false).await.id;
    let says = async || {
        stage
            .write(async move |tx, now| {
                tx.run(sql!("UPDATE cases SET phase = 'respond', answered_at = $2 WHERE id = $1"), &[case.into(), now.into()]).await?;
                word_sent(tx, case, "account:x", now).await
            })
            .await;
    };
    says().await;
    stage.pass(Span::hours(1));
    says().await;
    let words: Vec<Clock> = of_case(&stage, case).await.into_iter().filter(|clock| clock.kind == "next-word").collect();
    assert_eq!(words.len(), 2);
    let open = words.iter().find(|clock| clock.is_running()).unwrap();
    assert_eq!(open.due_at, Some(morning().plus(Span::hours(3))), "two hours at stage IV, from the last word");
}

#[derive(Clone, Debug)]
enum Event {
    /// Time passes and somebody works.
    Pass(i64),
    /// Time passes, and nobody works.
    Down(i64),
    /// It becomes known that it was known so many hours ago.
    Known { hours_ago: i64, wrongful: bool },
    /// What is seen changes.
    Seen(Spread, Backup),
    /// The nth running clock is done.
    Done(usize),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        4 => (1_i64..120).prop_map(Event::Pass),
        2 => (1_i64..900).prop_map(Event::Down),
        2 => (0_i64..400, any::<bool>()).prop_map(|(hours_ago, wrongful)| Event::Known { hours_ago, wrongful }),
        2 => (proptest::sample::select(Spread::ANSWERS), proptest::sample::select(Backup::ANSWERS)).prop_map(|(spread, backup)| Event::Seen(spread, backup)),
        1 => (0_usize..8).prop_map(Event::Done),
    ];
    proptest::collection::vec(event, 1..16)
}

/// Which moments of the running clocks have come. A lowering that goes back ends its clock in the same turn; its own test is elsewhere.
fn come(clocks: &[Clock], now: Timestamp) -> impl Iterator<Item = (Uuid, &'static str, Timestamp)> {
    clocks.iter().filter(|clock| clock.is_running() && clock.kind != "lowering").flat_map(move |clock| {
        let moments = [("amber", clock.amber_at), ("due", clock.due_at)];
        moments.into_iter().filter_map(move |(moment, at)| Some((clock.id.uuid(), moment, at.filter(|at| *at <= now)?)))
    })
}

#[both_engines]
async fn every_reminder_comes_exactly_once_whatever_happens(stage: Stage) {
    stage.hires("sekinin", Role::DeskLead).await;
    let mut runner = TestRunner::deterministic();
    let mut reminded_of: BTreeSet<(Uuid, &'static str, Timestamp)> = BTreeSet::new();
    for _ in 0..12 {
        let events = events().new_tree(&mut runner).unwrap().current();
        let case = stage.opens(ransomware(Spread::Several, Backup::Connected), false).await.id;
        stage.write(async move |tx, now| super::keep(tx, case, "system", now).await).await;
        for event in &events {
            happens(&stage, case, event.clone()).await;
            if !matches!(event, Event::Down(_)) {
                stage.work().await;
                reminded_of.extend(come(&of_case(&stage, case).await, stage.clock.now()));
            }
        }
        stage.work().await;
        reminded_of.extend(come(&of_case(&stage, case).await, stage.clock.now()));
        // What was left running is not looked at any more.
        let end = sql!("UPDATE case_clocks SET stopped_at = $2, ended = 'done' WHERE case_id = $1 AND stopped_at IS NULL");
        stage.write(async move |tx, now| tx.run(end, &[case.into(), now.into()]).await).await;

        let noted = sql!(
            "SELECT clock_reminders.clock_id, clock_reminders.moment, clock_reminders.for_at FROM clock_reminders
             JOIN case_clocks ON case_clocks.id = clock_reminders.clock_id WHERE case_clocks.kind <> 'lowering'"
        );
        let noted: Vec<(Uuid, String, Timestamp)> = stage.read(async move |tx| tx.all(noted, &[]).await).await;
        let expected: BTreeSet<(Uuid, String, Timestamp)> =
            reminded_of.iter().map(|(clock, moment, at)| (*clock, (*moment).to_owned(), *at)).collect();
        assert_eq!(noted.len(), expected.len(), "{events:?}");
        assert_eq!(noted.into_iter().collect::<BTreeSet<_>>(), expected, "{events:?}");
        let mails: i64 = stage.read(async |tx| tx.one(sql!("SELECT count(*) FROM outbox WHERE kind = 'desk.duty'"), &[]).await).await;
        let all: i64 = stage.read(async |tx| tx.one(sql!("SELECT count(*) FROM clock_reminders"), &[]).await).await;
        assert_eq!(mails, all, "one mail to the lead for each");
    }
    let late: i64 = stage.read(async |tx| tx.one(sql!("SELECT count(*) FROM clock_reminders WHERE late = $1"), &[true.into()]).await).await;
    assert!(late > 0, "what came after a time without work says so");
}

async fn happens(stage: &Stage, case: CaseId, event: Event) {
    match event {
        Event::Pass(hours) | Event::Down(hours) => stage.pass(Span::hours(hours)),
        Event::Known { hours_ago, wrongful } => {
            let known_at = stage.clock.now().minus(Span::hours(hours_ago));
            knows(stage, case, known_at, wrongful, "あとでわかりました").await.unwrap();
        }
        Event::Seen(spread, backup) => {
            let view: View = ransomware(spread, backup);
            stage.write(async move |tx, now| judge(tx, case, &view, "account:x", "見直しました", now).await).await.unwrap();
        }
        Event::Done(n) => {
            let Some(clock) = of_case(stage, case).await.into_iter().filter(Clock::is_running).nth(n) else { return };
            stage.write(async move |tx, now| stop(tx, case, clock.id, Ended::Done, "済みました", "account:x", now).await).await.unwrap();
        }
    }
}
