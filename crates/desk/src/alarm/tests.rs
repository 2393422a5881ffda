//! An alarm repeats, goes on to the next, and to the leads when nobody hears it.

use access::{AccountId, Role};
use both_engines::both_engines;
use db::sql;
use kernel::{Span, Uuid};
use std::collections::BTreeSet;

use super::{AlarmId, NotTaken, set_off, store, take_case, take_test};
use crate::cases::{Backup, Case, Spread};
use crate::roster::{self, NewShift};
use crate::specimen::{Stage, ransomware};

async fn on_duty(stage: &Stage, account: AccountId, place: i64) {
    let (from, until) = (stage.clock.now(), stage.clock.now().plus(Span::hours(12)));
    let new = NewShift { account, place, from, until };
    stage.write(async move |tx, now| roster::plan(tx, &new, "account:lead", now).await).await.unwrap();
}

async fn sets_off(stage: &Stage, case: &Case) -> AlarmId {
    let case = case.clone();
    stage.write(async move |tx, now| set_off(tx, &case, now).await).await;
    stage.read(async |tx| store::ringing(tx).await).await.into_iter().find(|alarm| alarm.case.is_some()).unwrap().id
}

/// Who was rung in which round, by which notice.
async fn rings(stage: &Stage, alarm: AlarmId) -> Vec<(i64, AccountId, String)> {
    let list = sql!("SELECT round, account, notice FROM desk_rings WHERE alarm_id = $1 ORDER BY round, account");
    let rings: Vec<(i64, Uuid, String)> = stage.read(async move |tx| tx.all(list, &[alarm.into()]).await).await;
    rings.into_iter().map(|(round, account, notice)| (round, account.into(), notice)).collect()
}

fn of_round(rings: &[(i64, AccountId, String)], wanted: i64) -> BTreeSet<(AccountId, &str)> {
    rings.iter().filter(|(round, ..)| *round == wanted).map(|(_, account, notice)| (*account, notice.as_str())).collect()
}

#[both_engines]
async fn an_alarm_repeats_goes_on_to_the_next_and_to_the_leads_until_somebody_takes_it(stage: Stage) {
    let lead = stage.hires("sekinin", Role::DeskLead).await;
    let first = stage.hires("mihon", Role::Responder).await;
    let second = stage.hires("shiken", Role::Responder).await;
    on_duty(&stage, second, 2).await;
    on_duty(&stage, first, 1).await;
    let case = stage.opens(ransomware(Spread::Wide, Backup::Gone), true).await;
    let alarm = sets_off(&stage, &case).await;
    for _ in 0..3 {
        stage.pass(Span::minutes(5));
        stage.work().await;
    }
    let rung = rings(&stage, alarm).await;
    assert_eq!(of_round(&rung, 1), BTreeSet::from([(first, "alarm")]));
    assert_eq!(of_round(&rung, 2), BTreeSet::from([(first, "alarm"), (second, "alarm-next")]));
    assert_eq!(of_round(&rung, 3), BTreeSet::from([(lead, "alarm-none"), (first, "alarm"), (second, "alarm")]));
    assert_eq!(of_round(&rung, 4).len(), 3, "it does not give up");

    let id = case.id;
    assert_eq!(stage.write(async move |tx, now| take_case(tx, id, second, now).await).await, Ok(()));
    assert_eq!(stage.write(async move |tx, now| take_case(tx, id, first, now).await).await, Err(NotTaken::Already));
    stage.pass(Span::hours(1));
    stage.work().await;
    assert_eq!(rings(&stage, alarm).await.len(), rung.len(), "it has stopped");
    let facts: Vec<serde_json::Value> = stage
        .read(async |tx| {
            tx.all(
                sql!("SELECT facts FROM outbox WHERE kind = 'desk.duty' AND object_id IN (SELECT id FROM desk_alarms WHERE kind = 'case')"),
                &[],
            )
            .await
        })
        .await;
    assert!(facts.iter().all(|facts| facts["drill"] == true), "every mail of an exercise says so");
}

#[both_engines]
async fn with_nobody_on_duty_the_leads_are_rung_at_once(stage: Stage) {
    let lead = stage.hires("sekinin", Role::DeskLead).await;
    stage.hires("mihon", Role::Responder).await;
    let case = stage.opens(ransomware(Spread::One, Backup::Offline), false).await;
    let alarm = sets_off(&stage, &case).await;
    assert_eq!(of_round(&rings(&stage, alarm).await, 1), BTreeSet::from([(lead, "alarm-none")]));
}

#[both_engines]
async fn somebody_who_has_left_the_desk_is_not_rung(stage: Stage) {
    let lead = stage.hires("sekinin", Role::DeskLead).await;
    let gone = stage.hires("mihon", Role::Responder).await;
    on_duty(&stage, gone, 1).await;
    stage.write(async move |tx, now| access::set_standing(tx, gone, Role::Responder, None, access::Standing::Left, now).await).await;
    let case = stage.opens(ransomware(Spread::One, Backup::Offline), false).await;
    let alarm = sets_off(&stage, &case).await;
    assert_eq!(of_round(&rings(&stage, alarm).await, 1), BTreeSet::from([(lead, "alarm-none")]));
}

#[both_engines]
async fn a_shift_begins_with_one_test_that_goes_to_the_leads_if_nobody_hears_it(stage: Stage) {
    let lead = stage.hires("sekinin", Role::DeskLead).await;
    let first = stage.hires("mihon", Role::Responder).await;
    on_duty(&stage, first, 1).await;
    stage.work().await;
    let alarm = stage.read(async |tx| store::ringing(tx).await).await.remove(0).id;
    for _ in 0..8 {
        stage.pass(Span::minutes(5));
        stage.work().await;
    }
    let rung = rings(&stage, alarm).await;
    for round in 1..=3 {
        assert_eq!(of_round(&rung, round), BTreeSet::from([(first, "alarm-test")]));
    }
    assert_eq!(of_round(&rung, 4), BTreeSet::from([(lead, "alarm-none"), (first, "alarm-test")]));
    assert_eq!(rung.iter().map(|(round, ..)| *round).max(), Some(6), "a test gives up");
    assert_eq!(stage.write(async move |tx, now| take_test(tx, alarm, first, now).await).await, Ok(()));
    assert_eq!(stage.write(async move |tx, now| take_test(tx, alarm, first, now).await).await, Err(NotTaken::Already));
}

#[both_engines]
async fn a_shift_that_is_over_before_anybody_gets_to_its_test_rings_nobody(stage: Stage) {
    stage.hires("sekinin", Role::DeskLead).await;
    let first = stage.hires("mihon", Role::Responder).await;
    on_duty(&stage, first, 1).await;
    // As after a restore, or a day without power.
    stage.pass(Span::hours(13));
    stage.work().await;
    assert!(stage.read(async |tx| store::ringing(tx).await).await.is_empty());
}

#[both_engines]
async fn a_shift_is_for_those_of_the_desk_and_once_at_a_time(stage: Stage) {
    let nobody = stage.hires("jimu", Role::Secretariat).await;
    let first = stage.hires("mihon", Role::Responder).await;
    let now = stage.clock.now();
    let new = |account, hours| NewShift { account, place: 1, from: now, until: now.plus(Span::hours(hours)) };
    for (new, refused) in [
        (new(nobody, 8), roster::NotPlanned::NotOfTheDesk),
        (new(first, 0), roster::NotPlanned::Times),
        (new(first, 72), roster::NotPlanned::Times),
    ] {
        assert_eq!(stage.write(async move |tx, now| roster::plan(tx, &new, "account:lead", now).await).await, Err(refused));
    }
    on_duty(&stage, first, 1).await;
    let again = new(first, 4);
    let refused = stage.write(async move |tx, now| roster::plan(tx, &again, "account:lead", now).await).await;
    assert_eq!(refused, Err(roster::NotPlanned::Meets));

    let lead = stage.hires("sekinin", Role::DeskLead).await;
    let id = stage.write(async move |tx, now| roster::give(tx, first, now).await).await;
    assert!(!stage.write(async move |tx, now| roster::take(tx, id, first, now).await).await, "nobody hands over to themselves");
    assert!(stage.write(async move |tx, now| roster::take(tx, id, lead, now).await).await);
}

/// A telephone system in the house: what it was told, head and body, and the statuses by which it answers, the last one for ever.
async fn telephone_system(statuses: &'static [&'static str]) -> (String, std::sync::Arc<std::sync::Mutex<Vec<(String, String)>>>) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let heard = std::sync::Arc::clone(&told);
    tokio::spawn(async move {
        for call in 0_usize.. {
            let (mut line, _) = listener.accept().await.unwrap();
            let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
            while !bytes.ends_with(b"}") {
                let read = line.read(&mut buffer).await.unwrap();
                bytes.extend_from_slice(&buffer[..read]);
            }
            let text = String::from_utf8(bytes).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            heard.lock().unwrap().push((head.to_owned(), body.to_owned()));
            let status = statuses[call.min(statuses.len() - 1)];
            line.write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").as_bytes()).await.unwrap();
        }
    });
    (place, told)
}

const SECRET: &[u8] = b"a secret of at least 32 characters";

fn telephone(place: &str) -> super::Telephone {
    super::Telephone::new(egress::Egress::new(&[place.to_owned()]), &format!("http://{place}/alarms"), SECRET).unwrap()
}

fn header<'h>(head: &'h str, name: &str) -> &'h str {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_else(|| panic!("{name}: {head}"))
}

#[both_engines]
async fn a_telephone_system_is_told_of_every_round_until_somebody_takes_the_case(mut stage: Stage) {
    let (place, told) = telephone_system(&["202 Accepted"]).await;
    stage.telephones(telephone(&place));
    let first = stage.hires("mihon", Role::Responder).await;
    on_duty(&stage, first, 1).await;
    stage.work().await;
    told.lock().unwrap().clear();
    let case = stage.opens(ransomware(Spread::Wide, Backup::Gone), true).await;
    let alarm = sets_off(&stage, &case).await;
    for _ in 0..3 {
        stage.work().await;
        stage.pass(Span::minutes(5));
    }
    let calls = told.lock().unwrap().clone();
    let of_case: Vec<_> = calls.iter().filter(|(_, body)| body.contains(&alarm.to_string())).collect();
    assert_eq!(of_case.len(), 3, "{calls:?}");
    for ((head, body), round) in of_case.iter().zip(1..) {
        let said: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!((&said["round"], &said["kind"], &said["exercise"]), (&round.into(), &"case".into(), &true.into()));
        assert_eq!(said.as_object().unwrap().len(), 6, "nothing else is said: {body}");
        assert!(!body.contains(&case.number.to_string()) && !body.contains(&case.id.to_string()) && !body.contains("http"), "{body}");
        assert_eq!(header(head, "x-mist-delivery"), format!("{alarm}-{round}"));
        let signed = header(head, "x-mist-signature");
        let seconds: i64 = signed.strip_prefix("t=").unwrap().split(',').next().unwrap().parse().unwrap();
        assert_eq!(signed, super::signature(SECRET, kernel::Timestamp::from_micros(seconds * 1_000_000), body.as_bytes()));
        assert_ne!(signed, super::signature(b"another", kernel::Timestamp::from_micros(seconds * 1_000_000), body.as_bytes()));
    }
    let id = case.id;
    assert_eq!(stage.write(async move |tx, now| take_case(tx, id, first, now).await).await, Ok(()));
    for _ in 0..3 {
        stage.work().await;
        stage.pass(Span::minutes(5));
    }
    let of_case = told.lock().unwrap().iter().filter(|(_, body)| body.contains(&alarm.to_string())).count();
    assert_eq!(of_case, 3, "it has stopped");
}

#[both_engines]
async fn a_telephone_system_that_is_busy_is_told_again_the_same(mut stage: Stage) {
    let (place, told) = telephone_system(&["503 Busy", "302 Found", "204 No Content"]).await;
    stage.telephones(telephone(&place));
    let case = stage.opens(ransomware(Spread::One, Backup::Offline), false).await;
    let alarm = sets_off(&stage, &case).await;
    let mut tries = 0;
    while told.lock().unwrap().len() < 3 {
        let worked = stage.tries().await;
        assert_eq!(worked.dead, 0);
        stage.pass(Span::seconds(20));
        tries += 1;
        assert!(tries < 60, "it is tried again within minutes: {:?}", told.lock().unwrap());
    }
    let calls = told.lock().unwrap().clone();
    let first = format!("{alarm}-1");
    let of_first = calls.iter().filter(|(head, _)| header(head, "x-mist-delivery") == first).count();
    assert!(of_first >= 2, "the same delivery: {calls:?}");
    assert!(calls.iter().all(|(_, body)| body.contains("\"exercise\":false")));
}

#[both_engines]
async fn without_a_telephone_system_an_alarm_rings_all_the_same(stage: Stage) {
    let lead = stage.hires("sekinin", Role::DeskLead).await;
    let case = stage.opens(ransomware(Spread::One, Backup::Offline), false).await;
    let alarm = sets_off(&stage, &case).await;
    stage.work().await;
    assert_eq!(of_round(&rings(&stage, alarm).await, 1), BTreeSet::from([(lead, "alarm-none")]));
}
