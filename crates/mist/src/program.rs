//! The wiring: a portal over its database, its service, and the workers that do what it has queued.

mod deleted;
mod doors;
mod housekeeping;
pub(crate) mod learned;
mod parts;
mod post;
mod recorded;
mod work;
mod workers;

use axum::extract::Request;
use axum::response::Response;
use db::{Db, Queue};
use journal::sink::Sink;
use journal::{Postman, Workshop};
use kernel::Clock;
use std::sync::Arc;
use tokio::sync::watch;
use tower::ServiceExt as _;
use tower::util::BoxCloneSyncService;
use web::{Keys, Portal, Site};

use crate::config::{Config, Limits};
use crate::demo::House;
use crate::failure::Failure;
use crate::server::Service;
use crate::system::Metrics;

pub(crate) use parts::{database, holidays, migrated, opened, runtime};
pub(crate) use post::to_the_sink;
pub(crate) use work::handlers;
pub(crate) use workers::Standing;

/// The program, put together and not yet running.
pub struct Program {
    /// What every handler is given.
    pub portal: Portal,
    /// Everything the portal answers.
    pub service: Service,
    /// Sends the mail; nothing where no mail server is set.
    pub postman: Option<Postman>,
    /// Does the jobs.
    pub workshop: Workshop,
}

impl Program {
    /// The program over a migrated database, for real people.
    pub(crate) async fn for_real(config: &Config, db: Db, keys: Keys) -> Result<Self, Failure> {
        let portal =
            parts::portal_with_files(config, db, Clock::system(), keys, parts::site(config, config.server.base_url.clone(), false)).await?;
        let postman = post::to_the_relay(&portal, config)?;
        Ok(Self::of(portal, postman, None))
    }

    /// The program over the demo's database: its mail goes into the sink of its house.
    pub(crate) async fn for_demo(config: &Config, db: Db, clock: Clock, keys: Keys, base_url: String) -> Result<Self, Failure> {
        let portal = parts::portal_with_files(config, db, clock, keys, parts::site(config, base_url, true)).await?;
        let house = Arc::new(House::new(Arc::new(Sink::start().await?)));
        let postman = post::to_the_sink(&portal, &house.sink)?;
        Ok(Self::of(portal, Some(postman), Some(house)))
    }

    /// The whole program in a test's own process, over a migrated database: nothing runs by itself, the test moves everything.
    pub async fn start_for_test(db: Db, clock: Clock) -> (Portal, Service, Postman, Workshop, Arc<Sink>) {
        let base_url = "https://mist.example.jp".to_owned();
        Self::start_at(db, clock, Site { base_url, hosts: Vec::new(), demo: false, trusted_proxies: Vec::new() }).await
    }

    /// The same at a site of the test's own, such as the demo's.
    pub async fn start_at(db: Db, clock: Clock, site: Site) -> (Portal, Service, Postman, Workshop, Arc<Sink>) {
        Self::start_with(db, clock, site, |portal| portal).await
    }

    /// The same with what the test adds to the portal.
    pub async fn start_with(
        db: Db,
        clock: Clock,
        site: Site,
        complete: impl FnOnce(Portal) -> Portal,
    ) -> (Portal, Service, Postman, Workshop, Arc<Sink>) {
        // The first test of a process sets it for all of them.
        people::accounts::set_cost(auth::passphrase::Cost::CHEAP);
        let portal = complete(parts::portal_for_a_test(db, clock, Keys::new([7; 32]), site).await.expect("a test's database is migrated"));
        let sink = Arc::new(Sink::start().await.expect("a port is free for the sink"));
        let postman = post::to_the_sink(&portal, &sink).expect("the sink needs no certificate");
        let house = portal.site.demo.then(|| Arc::new(House::new(Arc::clone(&sink))));
        let Self { portal, service, postman, workshop } = Self::of(portal, Some(postman), house);
        (portal, service, postman.expect("it was just given"), workshop, sink)
    }

    fn of(portal: Portal, postman: Option<Postman>, house: Option<Arc<House>>) -> Self {
        Metrics::begin();
        let workshop = Workshop::new(portal.db.clone(), work::handlers(&portal));
        for bell in workshop.bells() {
            portal.db.when_queued(Queue::Jobs, move || bell.ring());
        }
        if let Some(bell) = postman.as_ref().map(Postman::bell) {
            portal.db.when_queued(Queue::Mail, move || bell.ring());
        }
        let service = attended(doors::serve(&portal, crate::routes()), house);
        Self { portal, service, postman, workshop }
    }

    /// Serves and works until told to stop: takes nothing new, finishes what was begun, and closes the database last.
    pub(crate) async fn run(
        self,
        listeners: Vec<tokio::net::TcpListener>,
        limits: &Limits,
        stop: watch::Receiver<bool>,
    ) -> Result<(), Failure> {
        let Self { portal, service, postman, workshop } = self;
        let (rest, at_rest) = watch::channel(false);
        let workers = tokio::spawn(work::keep_working(portal.clone(), postman, workshop, at_rest));
        crate::server::serve(listeners, service, &portal, limits, stop).await;
        // What the last requests have queued is seen by the workers before they stop.
        rest.send_replace(true);
        if let Err(error) = workers.await {
            tracing::error!(%error, "the workers did not end in order");
        }
        closed(portal.db).await
    }

    /// Works without serving, until told to stop.
    pub(crate) async fn work(self, stop: watch::Receiver<bool>) -> Result<(), Failure> {
        let Self { portal, postman, workshop, .. } = self;
        work::keep_working(portal.clone(), postman, workshop, stop).await;
        closed(portal.db).await
    }
}

/// Closes the database. One whose disk has failed is no orderly end: whoever started the program has to start it again.
async fn closed(db: Db) -> Result<(), Failure> {
    let is_broken = db.is_broken();
    db.close().await;
    if is_broken { Err(Failure::Key("cli-disk-failed")) } else { Ok(()) }
}

/// The service, with the demo's house in every request.
fn attended<S>(service: S, house: Option<Arc<House>>) -> Service
where
    S: tower::Service<Request, Response = Response, Error = std::convert::Infallible, Future: Send> + Clone + Send + Sync + 'static,
{
    let attended = tower::service_fn(move |mut request: Request| {
        if let Some(house) = house.clone() {
            request.extensions_mut().insert(house);
        }
        service.clone().oneshot(request)
    });
    BoxCloneSyncService::new(attended)
}
