//! Ten thousand people and three hundred seats, through HTTP, with double clicks and parallel tabs; then the books are looked at.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::applications::count;
use crate::client::{Answer, Form};
use crate::ground::{Ground, Store};
use crate::house::House;
use crate::people::{confirm, confirmation};
use crate::report::{Figure, Report, Target};

const PEOPLE: usize = 10_000;
const SEATS: u32 = 300;
const PLACES: u32 = 50;

/// Buttons pressed at the same time.
const AT_ONCE: usize = 64;

/// What somebody presses: one form once, one form twice, or the forms of two tabs.
type Tabs = Vec<Form>;

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let server = ground.server()?;
    for (store, database) in
        [(ground.sqlite("rush")?, &(|| Ok(Duration::ZERO)) as &dyn Fn() -> Outcome<Duration>), (ground.postgres("rush")?, &|| server.cpu())]
    {
        store.limit(Some(SEATS), PLACES)?;
        let house = store.house(&ground.program)?;
        let crowd = at_the_door(&house)?;
        let (cpu, database_cpu, begun) = (house.cpu()?, database()?, Instant::now());
        let outcomes = pressed(&house, &crowd)?;
        let took = begun.elapsed();
        let used = (house.cpu()?.saturating_sub(cpu), database()?.saturating_sub(database_cpu));
        told(&outcomes)?;
        booked(&store)?;
        let presses: usize = crowd.iter().map(Vec::len).sum();
        let name = "rush: 10,000 people, 300 seats, 50 waiting places; answers to the last button";
        let mut figure = Figure::new(name, store.engine(), "/s", Target::None);
        figure.round(count(presses) / took.as_secs_f64(), 0.0);
        figure.note("300 confirmed, 50 waiting in the order of asking, 0 twice, 0 oversold, one mail each".to_owned());
        let each = |time: Duration| time.as_secs_f64() * 1e6 / count(presses);
        figure.note(format!("program {:.0} µs, database {:.0} µs each", each(used.0), each(used.1)));
        report.add(&figure);
        house.stop()?;
    }
    Ok(())
}

/// Does the n-th piece of work for every n, with so many hands.
fn shared<T: Send>(all: usize, work: impl Fn(usize) -> Outcome<T> + Sync) -> Outcome<Vec<T>> {
    let next = AtomicUsize::new(0);
    let mut done = thread::scope(|scope| {
        let hands: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                scope.spawn(|| -> Outcome<Vec<(usize, T)>> {
                    let mut done = Vec::new();
                    loop {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        if n >= all {
                            return Ok(done);
                        }
                        done.push((n, work(n)?));
                    }
                })
            })
            .collect();
        let mut done = Vec::new();
        for hand in hands {
            done.extend(hand.join().map_err(|_| "a person panicked")??);
        }
        Outcome::Ok(done)
    })?;
    done.sort_by_key(|(n, _)| *n);
    Ok(done.into_iter().map(|(_, one)| one).collect())
}

/// Everybody up to the page to confirm, in every tab they opened.
fn at_the_door(house: &House) -> Outcome<Vec<Tabs>> {
    shared(PEOPLE, |n| {
        let mut client = house.client()?;
        let first = confirmation(&mut client, n)?;
        Ok(match n % 10 {
            3 => vec![first.clone(), first],
            7 => vec![first, confirmation(&mut client, n)?],
            _ => vec![first],
        })
    })
}

/// Presses every last button, the two of one person one right after the other by different hands.
fn pressed(house: &House, crowd: &[Tabs]) -> Outcome<Vec<Vec<Answer>>> {
    let presses: Vec<(usize, &Form)> = crowd.iter().enumerate().flat_map(|(n, tabs)| tabs.iter().map(move |form| (n, form))).collect();
    let answers = shared(presses.len(), |press| Ok((presses[press].0, confirm(&mut house.client()?, presses[press].1)?)))?;
    let mut outcomes: Vec<Vec<Answer>> = crowd.iter().map(|_| Vec::new()).collect();
    for (n, answer) in answers {
        outcomes[n].push(answer);
    }
    Ok(outcomes)
}

/// What everybody was told agrees with itself.
fn told(outcomes: &[Vec<Answer>]) -> Outcome<()> {
    let (mut seated, mut waiting) = (0, 0);
    for (n, answers) in outcomes.iter().enumerate() {
        let places: BTreeSet<&str> = answers.iter().map(|answer| answer.header("location")).filter(|place| !place.is_empty()).collect();
        let is_once = places.len() <= 1 && answers.iter().all(|answer| matches!(answer.status, 200 | 303 | 409));
        // Who has a place in one tab is not refused in the other.
        let agrees = places.is_empty() || answers.iter().all(|answer| answer.status != 409);
        if !is_once || !agrees {
            return Err(format!("person {n} was told {:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>()).into());
        }
        seated += usize::from(places.iter().any(|place| place.ends_with("applied")));
        waiting += usize::from(places.iter().any(|place| place.ends_with("waiting")));
    }
    same("told that they have a seat", seated, usize::try_from(SEATS)?)?;
    same("told that they wait", waiting, usize::try_from(PLACES)?)
}

/// The session counts what lies in the table, each person once, numbered and waiting in the order of asking, mailed once.
fn booked(store: &Store) -> Outcome<()> {
    let (seats, places) = (i64::from(SEATS), i64::from(PLACES));
    same("seats", store.count("place = 'seat'")?, seats)?;
    same("waiting", store.count("place = 'waiting'")?, places)?;
    same("counted seats", session(store, "taken")?, seats)?;
    same("counted waiting", session(store, "waiting")?, places)?;
    same(
        "people twice",
        store.count(
            "EXISTS (SELECT 1 FROM applications o WHERE o.session = applications.session \
        AND o.person = applications.person AND o.id <> applications.id AND o.cancelled_at IS NULL)",
        )?,
        0,
    )?;
    same("numbers of seats", store.count(&format!("place = 'seat' AND number BETWEEN 1 AND {seats}"))?, seats)?;
    same(
        "ranks in the order of asking",
        store.count(&format!("place = 'waiting' AND waited = number - {seats} AND waited BETWEEN 1 AND {places}"))?,
        places,
    )?;
    let once = "(SELECT count(*) FROM outbox WHERE kind = 'trainings.applied' AND object_id = applications.id) = 1";
    same("mailed once", store.count(once)?, seats + places)
}

fn session(store: &Store, column: &str) -> Outcome<i64> {
    store.number(&format!(
        "SELECT s.{column} FROM sessions s JOIN courses c ON c.id = s.course JOIN programmes p ON p.id = c.programme \
         WHERE p.year = 'R8' AND c.slug = 'executive' AND s.number = 3"
    ))
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, wanted: T) -> Outcome<()> {
    if found == wanted { Ok(()) } else { Err(format!("{what}: {found:?} instead of {wanted:?}").into()) }
}
