//! The record store: what taking statements costs, and whether it matters how many there are.

use kernel::{Clock, Uuid};
use records::clients::{self, NewClient};
use std::time::Duration;
use std::{fmt, thread};

use crate::Outcome;
use crate::applications::{count, runtime};
use crate::client::{Answer, Client};
use crate::ground::{Ground, Store};
use crate::house::House;
use crate::meter::Used;
use crate::people::NOW;
use crate::report::{Figure, Report, Target};

/// The credentials `bench:of the benches`.
const BASIC: &str = "Basic YmVuY2g6b2YgdGhlIGJlbmNoZXM=";
const KEY: &str = "bench";
const SECRET: &str = "of the benches";
const PLACE: &str = "/xapi/2.0.0/statements";

/// Statements of one request, requests of a round, and what one may cost.
const TAKEN: [(usize, usize, f64); 3] = [(1, 400, 0.26), (10, 200, 0.81), (100, 60, 7.5)];

/// Statements that the store is filled with, at once in a request, and by so many hands.
const FEW: usize = 10_000;
const MANY: usize = 1_000_000;
const AT_ONCE: usize = 500;
const HANDS: usize = 4;

/// Every so many statements among the first one is about what is asked for.
const RARE: usize = 200;
/// Requests of a round for each filter.
const LOOKS: usize = 150;

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let server = ground.server()?;
    let of_the_file = &|| Ok(Duration::ZERO);
    let of_the_server = &|| server.cpu();
    taking(ground, report, &ground.sqlite("records")?, of_the_file)?;
    taking(ground, report, &ground.postgres("records")?, of_the_server)?;
    finding(ground, report, &ground.sqlite("found")?, of_the_file)?;
    finding(ground, report, &ground.postgres("found")?, of_the_server)
}

/// The store open for the benches' client.
fn opened(ground: &Ground, store: &Store) -> Outcome<House> {
    let clock = Clock::starting_at(NOW.parse().map_err(|_| "no moment")?);
    runtime()?.block_on(async {
        let db = db::Db::open(db::Settings::new(store.url(), clock)).await?;
        let new = NewClient::drawn("Bench".to_owned(), None, Some(KEY.to_owned()), Some(SECRET.to_owned()));
        let made = db.write(db::Lane::Staff, None, async move |tx, now| clients::make(tx, &new, "bench", now).await).await?;
        db.close().await;
        Outcome::Ok(made.map(|_| ())?)
    })?;
    store.house(&ground.program)
}

/// Whoever stores: a connection with credentials.
struct Storer {
    client: Client,
    host: String,
}

impl Storer {
    fn at(house: &House) -> Outcome<Self> {
        Ok(Self { client: house.client()?, host: house.host.clone() })
    }

    fn request(&self, method: &str, path: &str, body: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nauthorization: {BASIC}\r\nx-experience-api-version: 2.0.0\r\ncontent-type: \
             application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        )
    }

    fn ask(&mut self, request: &str) -> Outcome<Answer> {
        let answer = self.client.exchange(request)?;
        if answer.status == 200 { Ok(answer) } else { Err(format!("{}: {}", answer.status, answer.text()).into()) }
    }

    /// Stores the statements of these numbers, and sees that each has got its id.
    fn store(&mut self, numbers: std::ops::Range<usize>, rare: bool) -> Outcome<()> {
        let of = numbers.len();
        let body = format!("[{}]", numbers.map(|n| Said { n, rare }.to_string()).collect::<Vec<_>>().join(","));
        let answer = self.ask(&self.request("POST", PLACE, &body))?.text();
        let ids = answer.split(',').filter_map(|id| id.trim_matches(['[', ']', '"']).parse::<Uuid>().ok()).count();
        if ids == of { Ok(()) } else { Err(format!("{ids} ids for {of} statements").into()) }
    }
}

/// A statement as a course would say it; among the `rare` ones every [`RARE`]th is about what is asked for.
struct Said {
    n: usize,
    rare: bool,
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.n;
        let (agent, verb, activity) = if self.rare && n.is_multiple_of(RARE) {
            ("asked-for".to_owned(), "passed", "asked-for".to_owned())
        } else {
            (format!("person{}", n % 4_999), "experienced", format!("unit{}", n % 997))
        };
        write!(
            f,
            r#"{{"actor":{{"objectType":"Agent","name":"見本 第{n}","mbox":"mailto:{agent}@example.jp"}},"verb":{{"id":"https://example.jp/verbs/{verb}","display":{{"ja":"学んだ"}}}},"object":{{"objectType":"Activity","id":"https://example.jp/activities/{activity}","definition":{{"name":{{"ja":"見本の単元"}},"type":"http://adlnet.gov/expapi/activities/lesson"}}}},"result":{{"completion":true,"duration":"PT2M30S","score":{{"scaled":0.9}}}},"context":{{"registration":"{}","contextActivities":{{"parent":[{{"id":"https://example.jp/activities/course"}}]}}}},"timestamp":"2026-11-22T03:00:00.{:03}Z"}}"#,
            registration(n, self.rare),
            n % 1000
        )
    }
}

fn registration(n: usize, rare: bool) -> Uuid {
    let n = if rare && n.is_multiple_of(RARE) { 0 } else { 1 + n % 4_999 };
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + u128::try_from(n).unwrap_or(0))
}

/// Processor time of a request that stores 1, 10 and 100 statements.
fn taking(ground: &Ground, report: &mut Report, store: &Store, database: Used<'_>) -> Outcome<()> {
    let house = opened(ground, store)?;
    let mut storer = Storer::at(&house)?;
    let (mut n, before) = (0, stored(store)?);
    for (statements, requests, target) in TAKEN {
        let name = format!("POST of {statements} statements, durable; CPU of program and database");
        let mut figure = Figure::new(name, store.engine(), "ms", Target::AtMost(target));
        for round in 0..=ground.rounds {
            let used = house.cpu()? + database()?;
            for _ in 0..requests {
                storer.store(n..n + statements, false)?;
                n += statements;
            }
            let used = (house.cpu()? + database()?).saturating_sub(used);
            // The first only warms up.
            if round > 0 {
                figure.round(used.as_secs_f64() * 1e3 / count(requests), 0.0);
            }
        }
        figure.note("one client, one request after the other".to_owned());
        report.add(&figure);
    }
    let kept = stored(store)? - before;
    if kept != i64::try_from(n)? {
        return Err(format!("{kept} of {n} statements are there").into());
    }
    house.stop()
}

/// What the benches' client has stored: the portal's own statements come and go as they like.
fn stored(store: &Store) -> Outcome<i64> {
    store.number("SELECT count(*) FROM record_statements WHERE client LIKE 'record-client:%'")
}

/// What a filter finds with a million statements in the store beside ten thousand: the same.
fn finding(ground: &Ground, report: &mut Report, store: &Store, database: Used<'_>) -> Outcome<()> {
    let house = opened(ground, store)?;
    fill(&house, 0..FEW, true)?;
    let few = looks(ground, &house, database)?;
    fill(&house, FEW..MANY, false)?;
    if stored(store)? < i64::try_from(MANY)? {
        return Err("the store was not filled".into());
    }
    store.execute("ANALYZE")?;
    let many = looks(ground, &house, database)?;
    for ((name, _), (many, few)) in filters().into_iter().zip(many.into_iter().zip(few)) {
        let name = format!("GET by {name} of 1,000,000 statements; CPU of program and database");
        let mut figure = Figure::new(name, store.engine(), "µs", Target::AtMost(1.5)).against("of 10,000");
        for (many, few) in many.into_iter().zip(few) {
            figure.round(many, few);
        }
        figure.note(format!("{} statements found with each", FEW / RARE));
        report.add(&figure);
    }
    house.stop()
}

fn fill(house: &House, numbers: std::ops::Range<usize>, rare: bool) -> Outcome<()> {
    thread::scope(|scope| {
        let share = numbers.len() / HANDS;
        let hands = (0..HANDS).map(|hand| {
            let begin = numbers.start + hand * share;
            scope.spawn(move || -> Outcome<()> {
                let mut storer = Storer::at(house)?;
                (begin..begin + share).step_by(AT_ONCE).try_for_each(|n| storer.store(n..(n + AT_ONCE).min(begin + share), rare))
            })
        });
        hands.collect::<Vec<_>>().into_iter().try_for_each(|hand| hand.join().map_err(|_| "a storer panicked")?)
    })
}

/// What is asked for, each by another condition.
fn filters() -> [(&'static str, String); 4] {
    [
        ("agent", "agent=%7B%22mbox%22%3A%22mailto%3Aasked-for%40example.jp%22%7D".to_owned()),
        ("verb", "verb=https%3A%2F%2Fexample.jp%2Fverbs%2Fpassed".to_owned()),
        ("activity", "activity=https%3A%2F%2Fexample.jp%2Factivities%2Fasked-for".to_owned()),
        ("registration", format!("registration={}", registration(0, true))),
    ]
}

/// For each filter the microseconds of a request in each round.
fn looks(ground: &Ground, house: &House, database: Used<'_>) -> Outcome<Vec<Vec<f64>>> {
    let mut storer = Storer::at(house)?;
    let mut all = Vec::new();
    for (name, filter) in filters() {
        let request = storer.request("GET", &format!("{PLACE}?{filter}&limit=100"), "");
        let mut rounds = Vec::new();
        for round in 0..=ground.rounds {
            let used = house.cpu()? + database()?;
            for _ in 0..LOOKS {
                let found = storer.ask(&request)?.text().matches("\"stored\"").count();
                if found != FEW / RARE {
                    return Err(format!("{found} statements by {name}").into());
                }
            }
            let used = (house.cpu()? + database()?).saturating_sub(used);
            if round > 0 {
                rounds.push(used.as_secs_f64() * 1e6 / count(LOOKS));
            }
        }
        all.push(rounds);
    }
    Ok(all)
}
