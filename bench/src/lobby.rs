//! The day of a session: its lobby beside nginx serving the same bytes, and what ten thousand beats a minute cost.

use std::thread;

use crate::Outcome;
use crate::applications::count;
use crate::client::Client;
use crate::ground::Ground;
use crate::house::House;
use crate::nginx::Nginx;
use crate::pages::each;
use crate::people::{SESSION, confirm, confirmation};
use crate::report::{Figure, Report, Target};

const CONNECTIONS: usize = 8;

/// Beats of a round. So many come in six seconds from ten thousand people.
const BEATS: usize = 1_000;

/// Beats a minute that are promised.
const PER_MINUTE: f64 = 10_000.0;

/// A quarter of one core is a lot to spend on people who only watch.
const SHARE: f64 = 25.0;

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    lobby(ground, report)?;
    beats(ground, report)
}

fn lobby(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let store = ground.sqlite("lobby")?;
    let house = store.house(&ground.program)?;
    let path = format!("/lobby/{SESSION}");
    let page = house.client()?.get(&path)?;
    if page.status != 200 {
        return Err(format!("{path} answers {}", page.status).into());
    }
    let nginx = Nginx::start(&ground.folder("nginx-lobby")?, &page.body)?;
    let mut figure = Figure::new("lobby of a session, CPU a request", "SQLite", "µs", Target::AtMost(2.0)).against("nginx");
    for round in 0..=ground.rounds {
        let ours = (0..CONNECTIONS).map(|_| house.client()).collect::<Outcome<Vec<_>>>()?;
        let ours = each(ours, &path, page.body.len(), 2_000, &|| house.cpu())?;
        let theirs = (0..CONNECTIONS).map(|_| Client::to(nginx.port, "localhost")).collect::<Outcome<Vec<_>>>()?;
        let theirs = each(theirs, "/page.html", page.body.len(), 2_000, &|| nginx.cpu())?;
        // The first only warms up.
        if round > 0 {
            figure.round(ours, theirs);
        }
    }
    figure.note(format!("{} bytes, {CONNECTIONS} connections", page.body.len()));
    report.add(&figure);
    house.stop()
}

/// The demo at the moment at which the lobby of the session is open.
const OPEN: &str = "2026-12-23T16:45+09:00";

fn beats(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let store = ground.sqlite("beats")?;
    // People apply while they can, and come in on the day.
    let early = store.house(&ground.program)?;
    let mut people = Vec::new();
    for n in 0..CONNECTIONS {
        let mut client = early.client()?;
        let form = confirmation(&mut client, n)?;
        let answer = confirm(&mut client, &form)?;
        let address = answer.header("location").split('?').next().unwrap_or_default().to_owned();
        people.push((client, address));
    }
    early.stop()?;
    let house = House::demo(&ground.program, store.folder(), None, OPEN)?;
    let proofs = people.into_iter().map(|(client, address)| join(&house, client, &address)).collect::<Outcome<Vec<_>>>()?;
    let mut figure = Figure::new("10,000 beats a minute, of one core", "SQLite", "%", Target::AtMost(SHARE));
    for round in 0..=ground.rounds {
        let before = house.cpu()?;
        thread::scope(|scope| {
            let hands: Vec<_> = proofs.iter().map(|proof| scope.spawn(|| beat(&house, proof))).collect();
            hands.into_iter().try_for_each(|hand| hand.join().map_err(|_| "a client panicked")?)
        })?;
        let each = house.cpu()?.saturating_sub(before).as_secs_f64() / count(BEATS * CONNECTIONS);
        if round > 0 {
            figure.round(each * PER_MINUTE / 60.0 * 100.0, 0.0);
        }
    }
    report.add(&figure);
    house.stop()
}

fn join(house: &House, mut client: Client, address: &str) -> Outcome<String> {
    client.go_to(house.port, &house.host)?;
    let page = client.get(&format!("{address}/join"))?;
    let form = page.form("/join").ok_or("no button to join")?;
    let answer = client.post(&form.action, &form.fields)?;
    let page = client.get(answer.header("location"))?.text();
    let (_, rest) = page.split_once("data-proof=\"").ok_or("no page that beats")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

fn beat(house: &House, proof: &str) -> Outcome<()> {
    let mut client = house.client()?;
    let request = client.request("POST", "/lobby/heartbeat", Some(&format!("proof={}", proof.replace('/', "%2F"))));
    for _ in 0..BEATS {
        let answer = client.exchange(&request)?;
        if answer.status != 200 {
            return Err(format!("a beat is answered {}", answer.status).into());
        }
    }
    Ok(())
}
