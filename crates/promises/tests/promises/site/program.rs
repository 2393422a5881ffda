//! The program as tests start it: nothing runs by itself.

use axum::extract::Request;
use axum::response::Response;
use db::Db;
use journal::delivery::{Letterhead, Recipient, Relay, RelaySettings};
use journal::sink::Sink;
use journal::{Handlers, Postman, Workshop};
use kernel::{Clock, Holidays};
use std::convert::Infallible;
use std::sync::Arc;
use tower::util::BoxCloneSyncService;
use web::{Keys, Portal, Routes, data_text};

pub type Service = BoxCloneSyncService<Request, Response, Infallible>;

pub async fn start_for_test(db: Db, clock: Clock) -> (Portal, Service, Postman, Workshop, Arc<Sink>) {
    let site = web::Site { base_url: "https://mist.example.jp".to_owned(), hosts: Vec::new(), demo: false, trusted_proxies: Vec::new() };
    let matrix = access::Matrix::parse(&data_text("permissions.toml")).expect("the matrix is one");
    let portal = Portal::new(db, clock, Keys::new([7; 32]), matrix, site, Holidays::default()).await.expect("a migrated database");
    let sink = Arc::new(Sink::start().await.expect("a free port"));
    let relay = Relay::new(RelaySettings::local(sink.address().port())).expect("no certificate is needed");
    let head = Letterhead::of(Recipient::from("mist@example.jp".parse::<kernel::EmailAddress>().expect("an address")));
    let postman = Postman::new(portal.db.clone(), relay, head, school::trainings::mail::renderers(&portal));
    let workshop = Workshop::new(portal.db.clone(), Handlers::new().and(school::trainings::jobs::handlers()));
    let routes = Routes::new().merge(people::routes()).merge(school::trainings::routes());
    let service = BoxCloneSyncService::new(web::serve(&portal, routes));
    (portal, service, postman, workshop, sink)
}
