//! The whole program in the test's own process, with everything that is shipped in it.

use axum::body::Body;
use axum::extract::Request;
use db::testing::TestDatabase;
use db::{Db, DbResult, Engine, Lane, Tx};
use http::{Method, StatusCode, header};
use journal::sink::{Received, Sink};
use journal::{Postman, Workshop};
use kernel::{Clock, FiscalYear, Span, Timestamp};
use std::sync::Arc;
use tower::ServiceExt as _;
use web::{Portal, Routes, Site};

use crate::site::{Answer, Letter, Person, START, Service, Visitor, instant, load};

/// The portal with its programmes, notices, questions and fixed pages.
pub struct House {
    pub portal: Portal,
    pub service: Service,
    pub clock: Clock,
    sink: Arc<Sink>,
    postman: Postman,
    workshop: Workshop,
    database: TestDatabase,
}

impl House {
    /// As for real people, at [`START`].
    pub async fn on(engine: Engine) -> Self {
        Self::at(engine, false).await
    }

    /// The demo.
    pub async fn of_the_demo(engine: Engine) -> Self {
        Self::at(engine, true).await
    }

    async fn at(engine: Engine, demo: bool) -> Self {
        let now = instant(START);
        let clock = Clock::standing_at(now);
        let database = TestDatabase::filled(engine, clock.clone(), &format!("house_{}", now.as_micros()), fill).await;
        let site = Site {
            base_url: "https://mist.example.jp".to_owned(),
            hosts: vec!["www.mist.example.jp".to_owned()],
            demo,
            trusted_proxies: Vec::new(),
        };
        let (portal, service, postman, workshop, sink) = mist::Program::start_at(Db::clone(&database), clock.clone(), site).await;
        Self { portal, service, clock, sink, postman, workshop, database }
    }

    /// Every route of the program.
    pub fn routes() -> Vec<web::Route> {
        mist::routes().list()
    }

    /// The same portal with other routes.
    pub fn with_routes(&self, routes: Routes) -> Service {
        Service::new(web::serve(&self.portal, routes))
    }

    /// Sends one request, with nothing but these headers.
    pub async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        ask(&self.service, method, path, headers, body).await
    }

    /// Somebody at a browser, known by name.
    pub fn visitor(&self, name: &str) -> Visitor {
        Visitor::new(self.service.clone(), Person::named(name))
    }

    /// Does what is due, sends every mail that is, and returns those that arrived.
    pub async fn deliver(&self) -> Vec<Arc<Received>> {
        self.workshop.run_due(self.now()).await.expect("jobs can be done");
        self.postman.deliver_due(self.now()).await.expect("mails can be sent");
        let letters = self.sink.letters();
        self.sink.clear();
        letters
    }

    /// Delivers, and gives the link to such an address that came.
    pub async fn mailed_link(&self, beginning: &str) -> String {
        let letters: Vec<Letter> = self.deliver().await.iter().map(|received| Letter::new(received)).collect();
        let links = letters.iter().flat_map(|letter| letter.links(beginning)).next();
        links.unwrap_or_else(|| panic!("none of {} letters has a link to {beginning}", letters.len()))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves the clock forward.
    pub fn later(&self, span: Span) {
        self.clock.advance(span);
    }

    /// Reads what no page shows.
    pub async fn read<T: Send + 'static, F>(&self, work: F) -> T
    where
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>) -> DbResult<T> + Send + 'static,
    {
        self.database.read(work).await.expect("it can be read")
    }

    /// Writes what no page does.
    pub async fn write<T, F>(&self, work: F) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
    {
        self.database.write(Lane::Staff, None, work).await.expect("it can be written")
    }

    /// Tries to write what the database may refuse.
    pub async fn try_to_write<T, F>(&self, work: F) -> Result<T, db::WriteError>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
    {
        self.database.write(Lane::Staff, None, work).await
    }
}

async fn fill(db: &Db) {
    load::programmes(db).await;
    // Each in a transaction of its own: none may take long.
    let year = |now: Timestamp| FiscalYear::of(now.day());
    let notices = async move |tx: &mut Tx<'_>, now| gazette::notices::load(tx, year(now), true, now).await;
    db.write(Lane::Staff, None, notices).await.expect("the notices can be entered");
    let questions = async |tx: &mut Tx<'_>, now| gazette::faq::load(tx, now).await;
    db.write(Lane::Staff, None, questions).await.expect("the questions can be entered");
    let pages = async |tx: &mut Tx<'_>, now| gazette::pages::load(tx, now).await;
    db.write(Lane::Staff, None, pages).await.expect("the pages can be entered");
}

/// Sends one request to a service.
pub async fn ask(service: &Service, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::builder().method(&method).uri(path);
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    if method == Method::POST && headers.iter().all(|(name, _)| *name != "content-type") {
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let request = request.body(Body::from(body.to_owned())).unwrap_or_else(|error| panic!("{path}: {error}"));
    let response = service.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("the body is whole").to_vec();
    Answer { path: path.to_owned(), status: parts.status, headers: parts.headers, bytes }
}

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The handler answered, even if only to say what is to be mended in a form.
    Allowed,
    /// Sign in first.
    SignIn,
    /// Prove yourself again first.
    StepUp,
    /// As if there were nothing.
    Hidden,
    /// No form of ours asked for it.
    Refused,
}

impl Outcome {
    /// Reads it off an answer; a fault of ours is none.
    #[track_caller]
    pub fn of(answer: &Answer) -> Self {
        let leads_to = |path: &str| answer.status == StatusCode::SEE_OTHER && answer.location().starts_with(path);
        assert!(!answer.status.is_server_error(), "{}: {}\n{}", answer.path, answer.status, answer.text());
        match answer.status {
            _ if leads_to("/sign-in?next=") => Self::SignIn,
            _ if leads_to("/step-up?next=") => Self::StepUp,
            StatusCode::UNAUTHORIZED => Self::SignIn,
            StatusCode::NOT_FOUND => Self::Hidden,
            StatusCode::FORBIDDEN => Self::Refused,
            _ => Self::Allowed,
        }
    }
}
