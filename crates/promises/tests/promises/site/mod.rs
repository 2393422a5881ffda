//! The whole program in the test's own process, on a database of the test's own, at a moment of the test's own.

mod answer;
mod golden;
pub mod letter;
pub mod load;
mod person;
mod visitor;

pub use answer::{Answer, Form};
pub use golden::Golden;
pub use letter::Letter;
pub use person::Person;
pub use visitor::{Outcome, Visitor};

use db::testing::TestDatabase;
use db::{Db, DbResult, Engine, Lane, Tx};
use journal::sink::Sink;
use journal::{Postman, Workshop};
use kernel::{Clock, Span, Timestamp};
use school::trainings::apply::SessionPath;
use school::trainings::session::Session;
use school::trainings::store;
use std::path::Path;
use std::sync::Arc;
use web::Portal;

pub use mist::Service;

/// When tests begin, unless they say otherwise: the third session for executives can be applied for.
pub const START: &str = "2026-11-22T09:00+09:00";

/// The portal with the programmes of R4, R5 and R8.
pub struct Site {
    pub service: Service,
    pub sink: Arc<Sink>,
    postman: Postman,
    workshop: Workshop,
    clock: Clock,
    database: TestDatabase,
    pub objects: objects::Objects,
}

impl Site {
    /// At [`START`].
    pub async fn on(engine: Engine) -> Self {
        Self::since(engine, START).await
    }

    /// At another moment; the programmes were loaded at that moment too.
    pub async fn since(engine: Engine, moment: &str) -> Self {
        let now = instant(moment);
        let clock = Clock::standing_at(now);
        let database = TestDatabase::filled(engine, clock.clone(), &format!("programmes_{}", now.as_micros()), load::programmes).await;
        let (portal, service, postman, workshop, sink) = mist::Program::start_for_test(Db::clone(&database), clock.clone()).await;
        Self { service, sink, postman, workshop, clock, database, objects: portal.objects }
    }

    /// Without any programme, at this moment.
    pub async fn empty(engine: Engine, moment: &str) -> Self {
        let clock = Clock::standing_at(instant(moment));
        let database = TestDatabase::with_clock(engine, clock.clone()).await;
        let (portal, service, postman, workshop, sink) = mist::Program::start_for_test(Db::clone(&database), clock.clone()).await;
        Self { service, sink, postman, workshop, clock, database, objects: portal.objects }
    }

    /// Without any programme, reached as a machine of this host, with what the test adds to the portal.
    pub async fn completed(engine: Engine, host: &str, complete: impl FnOnce(Portal) -> Portal) -> Self {
        let clock = Clock::standing_at(instant(START));
        let database = TestDatabase::with_clock(engine, clock.clone()).await;
        let base_url = "https://mist.example.jp".to_owned();
        let at = web::Site { base_url, hosts: vec![host.to_owned()], demo: false, trusted_proxies: Vec::new() };
        let started = mist::Program::start_with(Db::clone(&database), clock.clone(), at, complete).await;
        let (portal, service, postman, workshop, sink) = started;
        Self { service, sink, postman, workshop, clock, database, objects: portal.objects }
    }

    /// Somebody at a browser, known by name.
    pub fn visitor(&self, name: &str) -> Visitor {
        self.visit_by(Person::named(name))
    }

    /// Somebody at a browser.
    pub fn visit_by(&self, person: Person) -> Visitor {
        Visitor::new(self.service.clone(), person)
    }

    /// A page as anybody sees it.
    pub async fn get(&self, path: &str) -> Answer {
        self.visitor("見本 太郎").get(path).await
    }

    /// Does every job that is due, sends every mail that is, and returns those that arrived.
    pub async fn deliver(&self) -> Vec<Letter> {
        self.workshop.run_due(self.now()).await.expect("jobs can be done");
        self.postman.deliver_due(self.now()).await.expect("mails can be sent");
        let mut letters: Vec<Letter> = self.sink.letters().iter().map(|received| Letter::new(received)).collect();
        letters.reverse();
        self.sink.clear();
        letters
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Sets the clock.
    pub fn at(&self, moment: &str) {
        self.clock.set(instant(moment));
    }

    /// Moves the clock forward.
    pub fn later(&self, span: Span) {
        self.clock.advance(span);
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.database
    }

    /// The session at an address such as `R8/executive/3`.
    pub async fn session(&self, address: &str) -> Session {
        let path = session_path(address);
        let found = self.db().read(async move |tx| store::session_at(tx, path.year, path.audience, path.number).await).await;
        found.expect("the session can be read").expect("there is such a session")
    }

    /// The settings that open the database once more, as a second process would.
    pub fn second_process(&self) -> db::Settings {
        self.database.settings(self.clock.clone())
    }

    /// Gives a session so many seats and waiting places.
    pub async fn limit(&self, address: &str, seats: i64, waiting_places: i64) {
        let id = self.session(address).await.id;
        self.write(async move |tx, _| {
            assert!(store::set_seats(tx, id, Some(seats), Some(waiting_places)).await?, "so many seats were taken already");
            tx.public_changed().await
        })
        .await;
    }

    /// Writes something that no page does.
    pub async fn write<F>(&self, work: F)
    where
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<()> + Send + 'static,
    {
        self.db().write(Lane::Staff, None, work).await.expect("it can be written");
    }
}

/// `2026-11-22T09:00+09:00`
pub fn instant(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| panic!("{text} is no instant"))
}

/// `R8/executive/3`
pub fn session_path(address: &str) -> SessionPath {
    let parts: Vec<&str> = address.split('/').collect();
    let [year, audience, number] = parts.as_slice() else { panic!("{address} is no session") };
    SessionPath {
        year: year.parse().expect("a fiscal year"),
        audience: audience.parse().expect("an audience"),
        number: number.parse().expect("a number"),
    }
}

/// A file of the project.
pub fn project_file(path: &str) -> String {
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{path}: {error}"))
}
