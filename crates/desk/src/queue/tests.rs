//! The queue's order and pages.

use access::{AccountId, Role};
use both_engines::both_engines;
use db::sql;
use kernel::{Span, Uuid};

use super::{Cluster, Common, Cursor, Filter, Whose, clusters, store};
use crate::cases::{Backup, CaseId, Phase, Spread};
use crate::specimen::{Stage, ransomware};

async fn line(stage: &Stage, filter: Filter, from: Cursor, me: AccountId) -> Vec<store::Line> {
    stage.read(async move |tx| store::open(tx, &filter, &from, me).await).await
}

fn nobody() -> AccountId {
    AccountId::from_uuid(Uuid::nil())
}

#[both_engines]
async fn the_heaviest_comes_first_and_of_equals_who_waits_longest(stage: Stage) {
    let mut opened = Vec::new();
    for (spread, backup) in
        [(Spread::One, Backup::Offline), (Spread::Wide, Backup::Gone), (Spread::Wide, Backup::Offline), (Spread::Wide, Backup::Gone)]
    {
        stage.pass(Span::minutes(1));
        opened.push(stage.opens(ransomware(spread, backup), false).await.id);
    }
    let shown: Vec<CaseId> = line(&stage, Filter::default(), Cursor::START, nobody()).await.into_iter().map(|line| line.id).collect();
    assert_eq!(shown, [opened[1], opened[3], opened[2], opened[0]]);
    let heavy = Filter { stage: Some(4), ..Filter::default() };
    assert_eq!(line(&stage, heavy, Cursor::START, nobody()).await.len(), 2);
    let later = Filter { phase: Some(Phase::Recover), ..Filter::default() };
    assert!(line(&stage, later, Cursor::START, nobody()).await.is_empty());
}

#[both_engines]
async fn whose_a_case_is_narrows_the_queue_and_closed_ones_have_a_list_of_their_own(stage: Stage) {
    let me = stage.hires("mihon", Role::Responder).await;
    let mine = stage.opens(ransomware(Spread::Wide, Backup::Gone), false).await.id;
    let drill = stage.opens(ransomware(Spread::Wide, Backup::Gone), true).await.id;
    stage.write(async move |tx, now| crate::alarm::take_case(tx, mine, me, now).await).await.unwrap();
    let ids = async |filter: Filter| line(&stage, filter, Cursor::START, me).await.into_iter().map(|line| line.id).collect::<Vec<_>>();
    assert_eq!(ids(Filter { whose: Some(Whose::Mine), ..Filter::default() }).await, [mine]);
    assert_eq!(ids(Filter { whose: Some(Whose::Free), ..Filter::default() }).await, [drill]);
    assert_eq!(ids(Filter { is_drill: Some(false), ..Filter::default() }).await, [mine]);
    let (count, since) = stage.read(async |tx| store::untaken(tx).await).await;
    assert_eq!((count, since.is_some()), (1, true));

    stage
        .write(async move |tx, now| crate::work::close(tx, drill, crate::work::Outcome::DrillOver, "", "account:x", now).await)
        .await
        .unwrap();
    assert_eq!(ids(Filter::default()).await, [mine]);
    let closed = stage.read(async move |tx| store::closed(tx, &Filter::default(), None, me).await).await;
    assert_eq!(closed.iter().map(|line| line.id).collect::<Vec<_>>(), [drill]);
}

#[both_engines]
async fn a_vendor_that_occurs_in_several_cases_since_yesterday_is_named_exercises_aside(stage: Stage) {
    let mark = async |case: CaseId, product: &'static str| {
        stage.write(async move |tx, now| store::add_product(tx, case, product, "account:x", now).await).await;
    };
    let mut opened = Vec::new();
    for is_drill in [false, false, true] {
        opened.push(stage.opens(ransomware(Spread::Wide, Backup::Gone), is_drill).await);
    }
    mark(opened[0].id, "sonicwall/sma").await;
    mark(opened[0].id, "sonicwall/firewall").await;
    mark(opened[2].id, "sonicwall/sma").await;
    let now = stage.clock.now();
    let found = async || stage.read(async move |tx| clusters(tx, now).await).await;
    assert_eq!(found().await, [], "one case and an exercise are no cluster");
    mark(opened[1].id, "sonicwall/sma").await;
    let numbers = vec![opened[0].number.to_string(), opened[1].number.to_string()];
    assert_eq!(found().await, [Cluster { by: Common::Vendor("sonicwall".into()), numbers }]);
    let first = opened[0].clone();
    let similar = stage.read(async move |tx| store::similar(tx, &first).await).await;
    assert_eq!(similar.len(), 1);
    assert!(similar[0].by_product && !similar[0].by_indicator);
}

/// Fills the table as if so many cases were open.
async fn fill(stage: &Stage, count: i64) {
    let add = sql!(
        "INSERT INTO cases (id, number, door, channel, is_drill, lang, phase, spread, backup, product, care_impact, data_exit, path, stage,
                            urgency, public_key, code_salt, made_at, heard_at)
         VALUES ($1, $2, 'request', 'web', $3, 'ja', 'detect', 'wide', 'gone', 'stopped', 'slower', 'none', 'vpn', $4, $5, $6, $6, $7, $7)"
    );
    stage
        .write(async move |tx, now| {
            for n in 0..count {
                // Several have waited since the same second, and every sixth is undecided.
                let at = now.minus(Span::seconds(n / 3));
                let stage = (n % 6 != 5).then_some(n % 6);
                let args = [
                    Uuid::from_u128(u128::from(n.unsigned_abs()) + 1).into(),
                    crate::cases::CaseNumber::new(2025, u32::try_from(n).unwrap() + 1).unwrap().into(),
                    false.into(),
                    stage.into(),
                    (n % 4 + 1).into(),
                    [1; 32].into(),
                    at.into(),
                ];
                tx.run(add, &args).await?;
            }
            Ok(())
        })
        .await;
}

#[both_engines]
async fn its_pages_follow_one_another_with_every_case_once(stage: Stage) {
    fill(&stage, 500).await;
    let (mut from, mut seen) = (Cursor::START, Vec::new());
    loop {
        let mut page = line(&stage, Filter::default(), from, nobody()).await;
        let is_last = page.len() <= store::LINES;
        page.truncate(store::LINES);
        seen.extend(page.iter().map(|line| (line.urgency, -line.stage.unwrap_or(-1), line.heard_at, line.id.uuid())));
        let Some(last) = page.last().filter(|_| !is_last) else { break };
        from = Cursor::after(last);
    }
    assert_eq!(seen.len(), 500);
    assert!(seen.is_sorted_by(|before, after| before < after), "the heaviest first, and nobody twice");
}
