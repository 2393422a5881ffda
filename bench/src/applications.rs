//! Applications through the program's own door: `db.gather` and the verb, by clients that wait for their answer.

use db::{Db, Key, Lane, Settings};
use kernel::Clock;
use school::trainings::application::Wanted;
use school::trainings::apply::{Applied, apply_all};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::ground::Store;
use crate::people::{self, NOW};
use crate::{Outcome, meter};

/// As many wait at once.
pub const CLIENTS: usize = 64;

/// What a round came to.
pub struct Done {
    pub applications: usize,
    pub took: Duration,
    pub cpu: Duration,
    pub database_cpu: Duration,
}

impl Done {
    pub fn a_second(&self) -> f64 {
        count(self.applications) / self.took.as_secs_f64()
    }

    /// Microseconds for each.
    pub fn each(&self, time: Duration) -> f64 {
        time.as_secs_f64() * 1e6 / count(self.applications)
    }
}

/// A count as a divisor.
pub fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// A runtime like the program's.
pub fn runtime() -> Outcome<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Lets these people apply, and fails unless each has a seat of their own afterwards.
pub fn apply(store: &Store, people: std::ops::Range<usize>, database: &dyn Fn() -> Outcome<Duration>) -> Outcome<Done> {
    let before = store.count("place = 'seat'")?;
    let runtime = runtime()?;
    let wanted: Arc<Vec<Wanted>> = Arc::new(people.map(people::wanted).collect::<Outcome<_>>()?);
    let clock = Clock::starting_at(NOW.parse().map_err(|_| "no moment")?);
    let db = runtime.block_on(Db::open(Settings::new(store.url(), clock.clone())))?;
    // Connections and statements are there before it begins, as in a program that has been running.
    runtime.block_on(crowd(&db, &clock, &wanted, 0..CLIENTS))?;
    let (cpu, database_cpu, begun) = (meter::own()?, database()?, Instant::now());
    runtime.block_on(crowd(&db, &clock, &wanted, CLIENTS..wanted.len()))?;
    let took = begun.elapsed();
    let done = Done {
        applications: wanted.len() - CLIENTS,
        took,
        cpu: meter::own()?.saturating_sub(cpu),
        database_cpu: database()?.saturating_sub(database_cpu),
    };
    runtime.block_on(db.close());
    let seats = usize::try_from(store.count("place = 'seat'")? - before)?;
    if seats == wanted.len() { Ok(done) } else { Err(format!("{seats} of {} have a seat", wanted.len()).into()) }
}

/// Clients that take one after the other of these people.
async fn crowd(db: &Db, clock: &Clock, wanted: &Arc<Vec<Wanted>>, range: std::ops::Range<usize>) -> Outcome<()> {
    let next = Arc::new(AtomicUsize::new(range.start));
    let clients = (0..CLIENTS).map(|_| {
        let (db, clock, wanted, next) = (db.clone(), clock.clone(), Arc::clone(wanted), Arc::clone(&next));
        tokio::spawn(async move {
            let path = people::session()?;
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= range.end {
                    return Outcome::Ok(());
                }
                let key = Key::new(clock.now().uuid(), "visitor", [7; 32]);
                let work = async |tx: &mut db::Tx<'_>, now, inputs| apply_all(tx, inputs, now).await;
                let outcome = db.gather(Lane::Public, path.hot_key(), Some(key), (path, wanted[n].clone()), work).await?;
                if !matches!(outcome, Ok(Applied::Seat(_))) {
                    return Err(format!("{outcome:?}").into());
                }
            }
        })
    });
    for client in futures_util::future::join_all(clients).await {
        client??;
    }
    Ok(())
}
