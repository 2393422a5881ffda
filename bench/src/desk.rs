//! The desk on a bad day: what a report costs and how long it waits beside a rush of applications, whether time tells if a case
//! exists, and what the queue costs when it is long.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use desk::cases::CaseNumber;
use vault::Code;

use crate::Outcome;
use crate::applications::count;
use crate::client::Client;
use crate::ground::{Ground, Store};
use crate::house::House;
use crate::pages::each;
use crate::people::{confirm, confirmation};
use crate::report::{Figure, Report, Target};

/// Reports of a round.
const REPORTS: usize = 300;

/// Browsers that apply meanwhile.
const APPLICANTS: usize = 16;

/// Browsers that try passphrases meanwhile.
const GUESSERS: usize = 8;

/// The first question, on whose answer a case is made.
const FIRST: &str = "/incident/report";

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let server = ground.server()?;
    reports(ground, report, &ground.sqlite("desk")?, &|| Ok(Duration::ZERO))?;
    reports(ground, report, &ground.postgres("desk")?, &|| server.cpu())?;
    tries(ground, report)?;
    queue(ground, report, &ground.sqlite("queue")?, &|| Ok(Duration::ZERO))?;
    queue(ground, report, &ground.postgres("queue")?, &|| server.cpu())
}

/// Processor time of a report, and its slowest hundredth with and without a rush.
fn reports(ground: &Ground, report: &mut Report, store: &Store, database: &dyn Fn() -> Outcome<Duration>) -> Outcome<()> {
    let house = store.house(&ground.program)?;
    let mut cost = Figure::new("report to the desk, CPU of program and database", store.engine(), "ms", Target::None);
    let mut slowest =
        Figure::new("report during a rush of applications and a flood of sign-ins, slowest hundredth", store.engine(), "ms", Target::None)
            .against("without them");
    let before = store.number("SELECT count(*) FROM cases")?;
    let (applicants, guesses) = (AtomicUsize::new(0), AtomicUsize::new(0));
    for round in 0..=ground.rounds {
        let used = house.cpu()? + database()?;
        let calm = waited(&house)?;
        let used = (house.cpu()? + database()?).saturating_sub(used);
        let is_over = AtomicBool::new(false);
        let rushed = thread::scope(|scope| {
            let crowd: Vec<_> = (0..APPLICANTS).map(|_| scope.spawn(|| apply(&house, &applicants, &is_over))).collect();
            let flood: Vec<_> = (0..GUESSERS).map(|_| scope.spawn(|| guess(&house, &guesses, &is_over))).collect();
            let rushed = waited(&house);
            is_over.store(true, Ordering::Relaxed);
            crowd.into_iter().chain(flood).try_for_each(|hand| hand.join().map_err(|_| "an applicant panicked")?)?;
            rushed
        })?;
        if round > 0 {
            cost.round(used.as_secs_f64() * 1e3 / count(REPORTS), 0.0);
            slowest.round(hundredth(rushed), hundredth(calm));
        }
    }
    let made = store.number("SELECT count(*) FROM cases")? - before;
    let wanted = i64::try_from((ground.rounds + 1) * 2 * REPORTS)?;
    if made != wanted {
        return Err(format!("{made} cases of {wanted} reports").into());
    }
    cost.note("form and first answer; a case each".to_owned());
    slowest.note(format!(
        "{APPLICANTS} browsers apply and {GUESSERS} try passphrases: {} applications and {} tries meanwhile; no report lost",
        applicants.load(Ordering::Relaxed),
        guesses.load(Ordering::Relaxed)
    ));
    report.add(&cost);
    report.add(&slowest);
    house.stop()
}

/// Applies until it is over, one person after the other.
fn apply(house: &House, applicants: &AtomicUsize, is_over: &AtomicBool) -> Outcome<()> {
    while !is_over.load(Ordering::Relaxed) {
        let mut client = house.client()?;
        let form = confirmation(&mut client, applicants.fetch_add(1, Ordering::Relaxed))?;
        let answer = confirm(&mut client, &form)?;
        if answer.status != 303 {
            return Err(format!("an application is answered {}", answer.status).into());
        }
    }
    Ok(())
}

/// Tries passphrases until it is over, one account after the other.
fn guess(house: &House, guesses: &AtomicUsize, is_over: &AtomicBool) -> Outcome<()> {
    while !is_over.load(Ordering::Relaxed) {
        let n = guesses.fetch_add(1, Ordering::Relaxed);
        let fields = [("login", format!("guess{n}@example.jp")), ("passphrase", format!("雨の日は緑の傘で駅まで歩く{n}"))];
        let answer = house.client()?.post("/sign-in/passphrase", &fields.map(|(name, value)| (name.to_owned(), value)))?;
        // Refused, slowed down or sent to the queue's end: never signed in, and never an error of the portal's own making.
        if !matches!(answer.status, 422 | 429 | 503) {
            return Err(format!("a wrong passphrase is answered {}", answer.status).into());
        }
    }
    Ok(())
}

/// How long each of the reports waited for its case.
fn waited(house: &House) -> Outcome<Vec<Duration>> {
    (0..REPORTS)
        .map(|_| {
            let mut client = house.client()?;
            let begun = Instant::now();
            reported(&mut client)?;
            Ok(begun.elapsed())
        })
        .collect()
}

/// Opens the first question and answers it.
fn reported(client: &mut Client) -> Outcome<()> {
    let mut form = client.get(&format!("{FIRST}?door=request&role=staff"))?.form(FIRST).ok_or("no form to report")?;
    form.fields.push(("answer".to_owned(), "slower".to_owned()));
    let answer = client.post(&form.action, &form.fields)?;
    if answer.status == 303 { Ok(()) } else { Err(format!("a report is answered {}", answer.status).into()) }
}

/// Milliseconds that ninety-nine of a hundred waited at most.
fn hundredth(mut waited: Vec<Duration>) -> f64 {
    waited.sort();
    waited[waited.len() * 99 / 100].as_secs_f64() * 1e3
}

/// Wrong words at a case that exists, in turn with words at one that does not.
const TRIES: usize = 5_000;
/// From one network a number is tried so often in an hour.
const EACH: usize = 10;

/// Whether the time of an answer tells that there is such a case.
fn tries(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let store = ground.sqlite("tries")?;
    let house = store.house(&ground.program)?;
    let known = usize::try_from(store.number("SELECT count(*) FROM cases WHERE number LIKE '2026-%'")?)?;
    for _ in 0..TRIES / EACH {
        let mut client = house.client()?;
        reported(&mut client)?;
        let form = client.get("/incident/report/code")?.form("/incident/report/code").ok_or("no button that shows the words")?;
        let answer = client.post(&form.action, &form.fields)?;
        if answer.status != 200 {
            return Err(format!("the words are answered {}", answer.status).into());
        }
    }
    let number = |count: usize| CaseNumber::new(2026, u32::try_from(count).ok()?).map(|number| number.to_string());
    let mut client = house.client()?;
    let mut once = |count: usize| -> Outcome<(Duration, Vec<u8>)> {
        let fields = [("number".to_owned(), number(count).ok_or("no number")?), ("words".to_owned(), Code::generate().words().join(" "))];
        let begun = Instant::now();
        let answer = client.post("/incident/back", &fields)?;
        let took = begun.elapsed();
        if answer.status == 422 { Ok((took, answer.body)) } else { Err(format!("wrong words are answered {}", answer.status).into()) }
    };
    let (mut there, mut nowhere) = (Vec::new(), Vec::new());
    for n in 0..TRIES {
        let (took, page) = once(known + 1 + n / EACH)?;
        let (took_nowhere, page_nowhere) = once(500_000 + n / EACH)?;
        if page != page_nowhere {
            return Err("the pages differ".into());
        }
        there.push(took);
        nowhere.push(took_nowhere);
    }
    let mut figure =
        Figure::new("wrong words at a case that exists, time to the answer", "SQLite", "ms", Target::AtMost(1.05)).against("unknown case");
    figure.round(median(there), median(nowhere));
    figure.note(format!("medians of {TRIES} tries each, in turn; the same bytes"));
    report.add(&figure);
    house.stop()
}

fn median(mut all: Vec<Duration>) -> f64 {
    all.sort();
    all[all.len() / 2].as_secs_f64() * 1e3
}

/// Cases of a long queue, and of a short one.
const MANY: usize = 50_000;
const FEW: usize = 500;
/// Rows of one statement.
const ROWS: usize = 500;
const LOOKS: usize = 40;

/// The page of the queue, when it is a hundred times as long.
fn queue(ground: &Ground, report: &mut Report, store: &Store, database: &dyn Fn() -> Outcome<Duration>) -> Outcome<()> {
    fill(store, 0, FEW)?;
    let few = looks(ground, store, database)?;
    fill(store, FEW, MANY - FEW)?;
    store.execute("ANALYZE")?;
    let many = looks(ground, store, database)?;
    let mut figure =
        Figure::new("queue with 50,000 cases, CPU of program and database", store.engine(), "µs", Target::AtMost(2.0)).against("with 500");
    for (many, few) in many.into_iter().zip(few) {
        figure.round(many, few);
    }
    report.add(&figure);
    Ok(())
}

fn looks(ground: &Ground, store: &Store, database: &dyn Fn() -> Outcome<Duration>) -> Outcome<Vec<f64>> {
    let house = store.house(&ground.program)?;
    let mut rounds = Vec::new();
    for round in 0..=ground.rounds {
        let used = each(vec![house.signed_in("responder")?], "/desk", 0, LOOKS, &|| Ok(house.cpu()? + database()?))?;
        if round > 0 {
            rounds.push(used);
        }
    }
    house.stop()?;
    Ok(rounds)
}

/// Opens `count` cases of last year in the table, of every stage and urgency.
fn fill(store: &Store, from: usize, all: usize) -> Outcome<()> {
    let bytes = |hex: String| match store {
        Store::Sqlite(_) => format!("x'{hex}'"),
        Store::Postgres(..) => format!("'\\x{hex}'"),
    };
    let key = bytes("01".repeat(32));
    let now = store.number("SELECT max(made_at) FROM cases")?;
    for begin in (from..from + all).step_by(ROWS) {
        let rows = (begin + 1..=(begin + ROWS).min(from + all)).map(|n| -> Outcome<String> {
            let number = CaseNumber::new(2025, u32::try_from(n)?).ok_or("no number")?;
            let stage = if n % 6 == 5 { "NULL".to_owned() } else { (n % 6).to_string() };
            let at = now - i64::try_from(n * 7 % 900_000)? * 1_000_000;
            Ok(format!(
                "({}, '{number}', 'request', 'web', FALSE, 'ja', 'detect', 'wide', 'gone', 'stopped', 'slower', 'none', 'vpn', {stage}, {}, \
                 {key}, {key}, {at}, {at})",
                store.id(n),
                n % 4 + 1
            ))
        });
        let rows = rows.collect::<Outcome<Vec<_>>>()?.join(", ");
        store.execute(&format!(
            "INSERT INTO cases (id, number, door, channel, is_drill, lang, phase, spread, backup, product, care_impact, data_exit, path, \
             stage, urgency, public_key, code_salt, made_at, heard_at) VALUES {rows}"
        ))?;
    }
    Ok(())
}
