//! Five thousand participants with restarts, overlaps, nicknames and second devices: the figures are those of a count second by
//! second, and whoever cannot be told for certain is in the queue and nowhere else.

use both_engines::both_engines;
use http::StatusCode;
use kernel::{EmailAddress, Kana, Lang, PersonName, Span, Timestamp};
use people::persons::NewPerson;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use school::attendance::store as attendance;
use school::trainings::application::{Wanted, Workplace};
use school::trainings::store;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{AFTER, SESSION};
use crate::office::staff::staff;
use crate::site::{Site, instant};

const EVERYBODY: usize = 5_000;
const STRANGERS: usize = 250;
/// Applications in one transaction.
const BATCH: usize = 500;

/// Minutes before the beginning and after the end that the file reaches into.
const AROUND: i64 = 20 * 60;
const LENGTH: i64 = 60 * 60;

fn person(n: usize) -> NewPerson {
    let name = PersonName::new("見本", &format!("第{n}号")).expect("a name");
    let kana = Kana::new("ミホン", "ダイ").expect("a reading");
    NewPerson { name, kana, email: address(n).parse::<EmailAddress>().expect("an address") }
}

/// Every tenth shares a mailbox with the one before.
fn address(n: usize) -> String {
    format!("person{}@example.jp", if n % 10 == 1 { n - 1 } else { n })
}

/// So many people hold a seat.
pub(super) async fn apply(site: &Site, people: usize) {
    let session = site.session(SESSION).await.id;
    for batch in (0..people).collect::<Vec<_>>().chunks(BATCH) {
        let batch = batch.to_vec();
        site.write(async move |tx, now| {
            let people: Vec<NewPerson> = batch.iter().map(|n| person(*n)).collect();
            let ids = people::persons::recognize_all(tx, &people.iter().collect::<Vec<_>>(), now).await?;
            for ((n, person), id) in batch.iter().zip(&people).zip(ids) {
                let workplace = Workplace {
                    organization: None,
                    name: format!("見本病院{}号館", n % 40),
                    kind: "hospital".into(),
                    prefecture: "13".into(),
                };
                let wanted = Wanted {
                    person: person.clone(),
                    workplace,
                    job: String::new(),
                    question: String::new(),
                    lang: Lang::Ja,
                    begun_at: None,
                    entered_by: None,
                    both: true,
                    by_office: false,
                    asks: None,
                };
                let number = i64::try_from(*n).expect("small") + 1;
                store::add_application(tx, session, id, &wanted, number, None, now).await?;
            }
            Ok(())
        })
        .await;
    }
}

/// What somebody is called in the meeting, and by which address; by neither alone can two be mixed up.
fn called(n: usize, device: usize) -> (String, String) {
    match (n + device) % 4 {
        0 => (format!("R8-E3-{:04} {n}", n + 1), String::new()),
        1 => (format!("見本 第{n}号"), address(n)),
        2 => (format!("見本病院{}号館　見本第{n}号", n % 40), String::new()),
        // A nickname finds its applicant only where the mailbox is theirs alone.
        _ if n % 10 <= 1 => (format!("見本　第{n}号 携帯"), address(n)),
        _ => (format!("nick{n}"), address(n)),
    }
}

/// Stretches in seconds from the beginning: restarts with gaps around the two minutes that are forgiven.
fn stretches(dice: &mut StdRng) -> Vec<(i64, i64)> {
    let mut at = dice.random_range(-AROUND..LENGTH);
    let mut stretches = Vec::new();
    for _ in 0..dice.random_range(1..4) {
        let until = at + dice.random_range(0..50 * 60);
        stretches.push((at, until.min(LENGTH + AROUND)));
        at = until + [dice.random_range(1..300), 119, 120, 121][dice.random_range(0..4)];
        if at >= LENGTH + AROUND {
            break;
        }
    }
    stretches
}

/// Second by second: what is covered, gaps of at most two minutes filled, and of that what lies in the session.
fn counted(stretches: &[(i64, i64)]) -> i64 {
    let mut seconds = vec![false; usize::try_from(LENGTH + 2 * AROUND).expect("small")];
    let index = |second: i64| usize::try_from(second + AROUND).expect("not before the file begins");
    for (from, until) in stretches {
        seconds[index(*from)..index(*until)].fill(true);
    }
    let mut end: Option<usize> = None;
    let mut sorted = stretches.to_vec();
    sorted.sort_unstable();
    for (from, until) in sorted {
        if let Some(last) = end.filter(|last| index(from) > *last && index(from) - last <= 120) {
            seconds[last..index(from)].fill(true);
        }
        end = end.max(Some(index(until)));
    }
    let within = &seconds[index(0)..index(LENGTH)];
    i64::try_from(within.iter().filter(|covered| **covered).count()).expect("small")
}

#[both_engines]
async fn the_figures_of_five_thousand_are_those_of_a_count_second_by_second(site: Site) {
    apply(&site, EVERYBODY).await;
    site.at(AFTER);
    let begins = instant("2026-12-23T17:00+09:00");
    let clock = |second: i64| {
        let at: Timestamp = begins.plus(Span::seconds(second));
        at.jst().strftime("%m/%d/%Y %I:%M:%S %p").to_string()
    };
    let mut dice = StdRng::seed_from_u64(20_261_223);
    let mut rows: Vec<String> = Vec::new();
    let mut expected: BTreeMap<i64, i64> = BTreeMap::new();
    for n in 0..EVERYBODY {
        if dice.random_bool(0.1) {
            continue;
        }
        let mut all = Vec::new();
        // A second device under the name that the first one did not use.
        for device in 0..if dice.random_bool(0.2) { 2 } else { 1 } {
            let (name, address) = called(n, device);
            for (from, until) in stretches(&mut dice) {
                rows.push(format!("{name},{address},{},{},0,Yes", clock(from), clock(until)));
                all.push((from, until));
            }
        }
        expected.insert(i64::try_from(n).expect("small") + 1, counted(&all));
    }
    for n in 0..STRANGERS {
        rows.push(format!("通りすがり {n},,{},{},60,Yes", clock(0), clock(LENGTH)));
    }
    // In the order in which a tool would write them, which is none that helps.
    for at in (1..rows.len()).rev() {
        rows.swap(at, dice.random_range(0..=at));
    }
    let mut file = "\u{feff}Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\r\n".to_owned();
    for row in &rows {
        write!(file, "{row}\r\n").expect("a text grows");
    }

    let mut office = staff(&site, access::Role::Secretariat).await;
    let session = site.session(SESSION).await;
    let path = format!("/staff/sessions/{}/attendance", session.id);
    let form = office.get(&format!("{path}/import")).await.form("/import");
    let sent = office.upload(&form, "file", "meeting.csv", file.as_bytes()).await;
    let preview = office.open(sent.is(StatusCode::SEE_OTHER).location()).await;
    preview.is(StatusCode::OK).shows(&format!("確認が必要 {STRANGERS}名")).hides("読めない行");
    office.submit_and_open(&preview.form(&preview.path)).await.is(StatusCode::OK).shows(&format!("確認待ち {STRANGERS}"));

    let id = session.id;
    let (known, seats) =
        site.db().read(async move |tx| Ok((attendance::known_of_all(tx, id).await?, attendance::seats(tx, id).await?))).await.unwrap();
    let number: BTreeMap<_, _> = seats.iter().map(|seat| (seat.id, seat.number)).collect();
    let wrong: Vec<String> = known
        .iter()
        .map(|known| (number[&known.application], known.facts.seconds))
        .filter(|(number, seconds)| expected.get(number).copied().unwrap_or(0) != *seconds)
        .map(|(number, seconds)| format!("{number}: {seconds}, counted {:?}", expected.get(&number)))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
    assert!(known.iter().all(|known| !known.facts.is_questioned), "nobody resembles a stranger");

    let present = expected.values().filter(|seconds| **seconds >= 45 * 60).count();
    let page = office.get(&format!("{path}/closing")).await;
    let tally = [present.to_string(), (EVERYBODY - present).to_string(), "0".to_owned()];
    assert_eq!(page.texts(".tally b"), tally);
    office.submit_and_open(&page.form("/closing")).await.shows(&format!("{EVERYBODY}名に結果をメールでお知らせします"));
    assert_eq!(office.get(&format!("{path}?state=present")).await.texts(".active-filters .num"), [format!("{present}名")]);
}
