//! One application as a person makes it: the course, the form, the check, the confirmation, and the mail that follows.

use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::applications::count;
use crate::client::Client;
use crate::ground::{Ground, Store};
use crate::house::House;
use crate::people::{COURSE, confirm, confirmation};
use crate::report::{Figure, Report, Target};

/// People at once.
const CONNECTIONS: usize = 4;

/// Applications of each in a round.
const APPLICATIONS: usize = 50;

/// How long the mails may take.
const PATIENCE: Duration = Duration::from_mins(1);

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let name = "flow: GET course, GET form, POST, POST confirmation, mail; CPU of program and database";
    let mut on_file = Figure::new(name, "SQLite", "ms", Target::AtMost(4.8));
    flows(ground, &ground.sqlite("flow")?, &mut on_file, &|| Ok(Duration::ZERO))?;
    report.add(&on_file);
    let server = ground.server()?;
    let mut on_server = Figure::new(name, "PostgreSQL", "ms", Target::AtMost(4.8));
    flows(ground, &ground.postgres("flow")?, &mut on_server, &|| server.cpu())?;
    report.add(&on_server);
    Ok(())
}

fn flows(ground: &Ground, store: &Store, figure: &mut Figure, database: &dyn Fn() -> Outcome<Duration>) -> Outcome<()> {
    let house = store.house(&ground.program)?;
    let all = CONNECTIONS * APPLICATIONS;
    let (mut own, mut others) = (0.0, 0.0);
    for round in 0..=ground.rounds {
        let before = (store.count("1 = 1")?, house.cpu()?, database()?);
        crowd(&house, round * all)?;
        mails_have_left(store)?;
        let used = (house.cpu()?.saturating_sub(before.1), database()?.saturating_sub(before.2));
        let made = usize::try_from(store.count("1 = 1")? - before.0)?;
        if made != all {
            return Err(format!("{made} of {all} applications were made").into());
        }
        // The first only warms up.
        if round > 0 {
            figure.round((used.0 + used.1).as_secs_f64() * 1e3 / count(all), 0.0);
            own += used.0.as_secs_f64() * 1e3 / count(all * ground.rounds);
            others += used.1.as_secs_f64() * 1e3 / count(all * ground.rounds);
        }
    }
    figure.note(format!("program {own:.2} ms with the receiving of the mail, database {others:.2} ms"));
    house.stop()
}

fn crowd(house: &House, first: usize) -> Outcome<()> {
    thread::scope(|scope| {
        let hands = (0..CONNECTIONS).map(|hand| {
            scope.spawn(move || -> Outcome<()> {
                let begin = first + hand * APPLICATIONS;
                (begin..begin + APPLICATIONS).try_for_each(|n| one(&mut house.client()?, n))
            })
        });
        hands.collect::<Vec<_>>().into_iter().try_for_each(|hand| hand.join().map_err(|_| "a person panicked")?)
    })
}

fn one(client: &mut Client, n: usize) -> Outcome<()> {
    client.get(COURSE)?;
    let form = confirmation(client, n)?;
    let answer = confirm(client, &form)?;
    if answer.status == 303 { Ok(()) } else { Err(format!("not confirmed: {}", answer.status).into()) }
}

/// Waits until nothing is left in the outbox.
fn mails_have_left(store: &Store) -> Outcome<()> {
    let begun = Instant::now();
    while store.number("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL")? > 0 {
        if begun.elapsed() > PATIENCE {
            return Err("the mails do not leave".into());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
