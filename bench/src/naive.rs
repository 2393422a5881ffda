//! The program that `PostgreSQL` is compared with: a transaction for each application, which counts in the session's row.

use db::Arg;
use kernel::Clock;
use school::trainings::application::{ApplicationId, Wanted};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio_postgres::{Client, NoTls, Row, Statement};

use crate::applications::{Done, runtime};
use crate::ground::Store;
use crate::people::{self, NOW};
use crate::statements::{ADD, CLAIM, KEEP, LIVING, LOCK, MAIL, NEXT_NUMBER, RECOGNIZE, RECORD, SESSION_AT, TAKE_SEAT, Values};
use crate::{Outcome, meter};

/// Connections, among which the waiting clients share.
const CONNECTIONS: usize = 16;

/// Lets these people apply.
pub fn apply(store: &Store, people: std::ops::Range<usize>, database: &dyn Fn() -> Outcome<Duration>) -> Outcome<Done> {
    let wanted: Arc<Vec<Wanted>> = Arc::new(people.map(people::wanted).collect::<Outcome<_>>()?);
    let runtime = runtime()?;
    let done = runtime.block_on(async {
        let mut hands = Vec::new();
        for _ in 0..CONNECTIONS {
            hands.push(Hand::new(&store.url()).await?);
        }
        let next = Arc::new(AtomicUsize::new(0));
        let (cpu, database_cpu, begun) = (meter::own()?, database()?, Instant::now());
        let hands = hands.into_iter().map(|hand| tokio::spawn(work(hand, Arc::clone(&wanted), Arc::clone(&next))));
        let hands = futures_util::future::join_all(hands).await;
        let (took, cpu, database_cpu) = (begun.elapsed(), meter::own()?.saturating_sub(cpu), database()?.saturating_sub(database_cpu));
        for hand in hands {
            hand??;
        }
        Outcome::Ok(Done { applications: wanted.len(), took, cpu, database_cpu })
    })?;
    let seats = usize::try_from(store.count("place = 'seat'")?)?;
    if seats == wanted.len() { Ok(done) } else { Err(format!("{seats} of {} have a seat", wanted.len()).into()) }
}

async fn work(hand: Hand, wanted: Arc<Vec<Wanted>>, next: Arc<AtomicUsize>) -> Outcome<()> {
    let clock = Clock::starting_at(NOW.parse().map_err(|_| "no moment")?);
    while let Some(wanted) = wanted.get(next.fetch_add(1, Ordering::Relaxed)) {
        hand.one(&Values::of(wanted, clock.now()), ApplicationId::new(clock.now())).await?;
    }
    Ok(())
}

struct Hand {
    client: Client,
    prepared: HashMap<&'static str, Statement>,
}

impl Hand {
    async fn new(url: &str) -> Outcome<Self> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        let mut prepared = HashMap::new();
        for text in [CLAIM, KEEP, SESSION_AT, RECOGNIZE, LOCK, LIVING, TAKE_SEAT, NEXT_NUMBER, ADD, MAIL, RECORD] {
            prepared.insert(text, client.prepare(text).await?);
        }
        Ok(Self { client, prepared })
    }

    async fn one(&self, values: &Values, application: ApplicationId) -> Outcome<()> {
        let path = people::session()?;
        self.client.batch_execute("BEGIN").await?;
        self.run(CLAIM, &values.claim()).await?;
        let session = self.first(SESSION_AT, &[path.year.into(), path.audience.slug().into(), path.number.into()]).await?;
        let session = Arg::Uuid(session.ok_or("no such session")?.try_get(0)?);
        let person = Arg::Uuid(self.first(RECOGNIZE, &values.recognize()).await?.ok_or("no person")?.try_get(0)?);
        self.first(LOCK, std::slice::from_ref(&session)).await?.ok_or("no such session")?;
        if self.first(LIVING, &[session.clone(), person.clone()]).await?.is_some() {
            return Err("somebody applies twice".into());
        }
        if self.run(TAKE_SEAT, std::slice::from_ref(&session)).await? != 1 {
            return Err("no seat is left".into());
        }
        let number: i64 = self.first(NEXT_NUMBER, std::slice::from_ref(&session)).await?.ok_or("no number")?.try_get(0)?;
        self.run(ADD, &values.add(application, &session, &person, number)).await?;
        self.run(MAIL, &values.mail(application)).await?;
        self.run(RECORD, &values.record(application)).await?;
        self.run(KEEP, &values.keep(application)).await?;
        self.client.batch_execute("COMMIT").await?;
        Ok(())
    }

    async fn run(&self, text: &str, args: &[Arg]) -> Outcome<u64> {
        Ok(self.client.execute_raw(&self.prepared[text], args).await?)
    }

    async fn first(&self, text: &str, args: &[Arg]) -> Outcome<Option<Row>> {
        use futures_util::TryStreamExt as _;
        let rows: Vec<Row> = self.client.query_raw(&self.prepared[text], args).await?.try_collect().await?;
        Ok(rows.into_iter().next())
    }
}
