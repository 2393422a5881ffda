//! What is stored also goes to another record store: in its order, once, with what came with it, whatever happens to the other one.

use access::Role;
use axum::routing::post;
use axum::{Json, Router};
use both_engines::both_engines;
use db::Engine;
use egress::Egress;
use http::{Method, StatusCode};
use journal::jobs::{self, JobCounts};
use journal::{Handlers, Job, Workshop};
use kernel::Timestamp;
use objects::Hash;
use records::forward::{Forwarding, handlers, look};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tower::make::Shared;
use web::Portal;

use super::{SECRET, attachments, client, id, statement, voiding};
use crate::office::staff::staff;
use crate::site::Site;

const PAGE: &str = "/staff/records/forwarding";

/// A port on the loopback, and how it is called.
async fn port() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let place = listener.local_addr().expect("a place").to_string();
    (listener, place)
}

/// To whoever listens there, what the organization with this code has.
fn forwarding(place: &str, organization: &str) -> Forwarding {
    let egress = Egress::new(&[place.to_owned()]);
    Forwarding::new(egress, &format!("http://{place}/xapi"), organization, ("near", SECRET)).expect("an address that may be called")
}

/// Goes on to this minute, and queues what is to be done in it.
async fn looks(site: &Site, moment: &str) {
    site.at(moment);
    site.write(async |tx, now: Timestamp| look(tx, now).await).await;
}

/// How many jobs are left, and how many were given up.
async fn left(site: &Site) -> (i64, i64) {
    let counts: JobCounts = site.db().read(async |tx| jobs::counts(tx).await).await.expect("jobs can be counted");
    (counts.waiting, counts.dead)
}

/// A store that forwards to another one, which listens on the loopback.
struct Pair {
    near: Site,
    far: Site,
    place: String,
    listening: JoinHandle<()>,
}

impl Pair {
    async fn on(engine: Engine) -> Self {
        let (listener, place) = port().await;
        let far = Site::completed(engine, "127.0.0.1", |portal| portal).await;
        let to = forwarding(&place, "");
        let near = Site::completed(engine, "mist.example.jp", |portal| portal.with_part(to)).await;
        let mut pair = Self { near, far, place, listening: tokio::spawn(async {}) };
        pair.listen(listener);
        pair
    }

    fn listen(&mut self, listener: TcpListener) {
        let service = Shared::new(self.far.service.clone());
        self.listening = tokio::spawn(async move { axum::serve(listener, service).await.expect("it serves") });
    }

    /// Goes on to this minute, and does what is due.
    async fn pass(&self, moment: &str) {
        looks(&self.near, moment).await;
        self.near.deliver().await;
    }
}

#[both_engines]
async fn statements_go_on_in_their_order_with_what_came_with_them_and_voided_ones_are_voided_there(pair: Pair) {
    let mut operator = staff(&pair.near, Role::Operator).await;
    operator.get(PAGE).await.is(StatusCode::OK).shows(&pair.place).shows("まだ送っていません");
    let here = client(&pair.near, "here", None, "1.0.3").await;
    let there = client(&pair.far, "near", None, "1.0.3").await;
    here.posts(&json!((1..=250).map(statement).collect::<Vec<_>>())).await;
    let newer = client(&pair.near, "newer", None, "2.0.0").await;
    newer.posts(&statement(251)).await;
    here.posts(&voiding(252, 7)).await;

    pair.pass("2026-11-22T09:02+09:00").await;
    let mut arrived = there.found(&[("ascending", "true")]).await;
    assert_eq!(arrived.len(), 251, "250, one of the other version, one that voids, without the one that is voided");
    assert_eq!((arrived.remove(0), arrived.remove(5)), (id(1), id(8)), "in their order, without the seventh");
    there.get(&format!("/statements?voidedStatementId={}", id(7))).await.is(StatusCode::OK);
    let kept = there.get(&format!("/statements?statementId={}", id(251))).await.json();
    assert_eq!((&kept["version"], &kept["actor"]["name"]), (&json!("2.0.0"), &json!("見本 太郎")));
    operator = staff(&pair.near, Role::Operator).await;
    operator.get(PAGE).await.shows("252件").shows("0件").hides("まだ送っていません");

    // Nothing is sent twice, and what comes later goes on from there.
    here.posts(&statement(300)).await;
    pair.pass("2026-11-22T09:03+09:00").await;
    assert_eq!(there.found(&[]).await.len(), 252);
    operator.get(PAGE).await.shows("253件");
    pair.listening.abort();
}

#[both_engines]
async fn a_store_that_is_away_is_asked_again_and_nothing_is_lost(mut pair: Pair) {
    let here = client(&pair.near, "here", None, "1.0.3").await;
    pair.listening.abort();
    let _ = (&mut pair.listening).await;
    here.posts(&json!((1..=5).map(statement).collect::<Vec<_>>())).await;
    pair.pass("2026-11-22T09:02+09:00").await;
    let mut operator = staff(&pair.near, Role::Operator).await;
    operator
        .get(PAGE)
        .await
        .shows("転送先から返事がありません")
        .shows("9:02から送れていません")
        .shows("9:03ごろに自動でやり直します")
        .shows("5件");

    // It is there again, and does not know the key yet.
    let listener = TcpListener::bind(&pair.place).await.expect("the same place");
    pair.listen(listener);
    pair.pass("2026-11-22T09:03+09:00").await;
    operator.get(PAGE).await.shows("応答401").shows("9:02から送れていません").shows("9:05ごろ");
    let there = client(&pair.far, "near", None, "1.0.3").await;
    pair.pass("2026-11-22T09:04+09:00").await;
    assert!(there.found(&[]).await.is_empty(), "not before its time");
    pair.pass("2026-11-22T09:05+09:00").await;
    assert_eq!(there.found(&[]).await.len(), 5);
    operator.get(PAGE).await.hides("自動でやり直します").shows("5件");
    pair.listening.abort();
}

#[both_engines]
async fn what_the_other_store_does_not_take_is_put_aside_and_the_rest_goes_on(pair: Pair) {
    let here = client(&pair.near, "here", None, "1.0.3").await;
    let there = client(&pair.far, "near", None, "1.0.3").await;
    let mut other = statement(4);
    other["verb"]["id"] = json!("https://example.jp/verbs/another");
    there.send_json(Method::POST, "/statements", &other).await.is(StatusCode::OK);
    here.posts(&json!((1..=9).map(statement).collect::<Vec<_>>())).await;
    pair.pass("2026-11-22T09:02+09:00").await;
    assert_eq!(there.found(&[]).await.len(), 9, "eight, and the one that was there before");
    let mut operator = staff(&pair.near, Role::Operator).await;
    let page = operator.get(PAGE).await;
    page.shows("転送先に、同じ識別子の別の記録があります（応答409）").shows(&id(4)).shows("8件");
    let path = page.attributes("tbody a", "href").remove(0);
    operator.get(&path).await.is(StatusCode::OK).shows("見本 太郎");
    pair.listening.abort();
}

#[both_engines]
async fn two_that_send_at_once_count_each_statement_once(pair: Pair) {
    let here = client(&pair.near, "here", None, "1.0.3").await;
    let there = client(&pair.far, "near", None, "1.0.3").await;
    here.posts(&json!((1..=250).map(statement).collect::<Vec<_>>())).await;
    for moment in ["2026-11-22T09:02+09:00", "2026-11-22T09:03+09:00"] {
        looks(&pair.near, moment).await;
    }
    tokio::join!(pair.near.deliver(), pair.near.deliver());
    assert_eq!(there.found(&[]).await.len(), 250);
    assert_eq!(left(&pair.near).await, (0, 0));
    staff(&pair.near, Role::Operator).await.get(PAGE).await.shows("250件").shows("0件");
    pair.listening.abort();
}

#[both_engines]
async fn a_file_that_cannot_be_read_keeps_its_statement_back_and_the_page_says_so(pair: Pair) {
    let here = client(&pair.near, "here", None, "1.0.3").await;
    let there = client(&pair.far, "near", None, "1.0.3").await;
    let hash = Hash::of(attachments::CONTENT);
    let sha2 = hash.to_string();
    here.posts(&statement(1)).await;
    attachments::send(&here, &attachments::with(2, &sha2, None), &[(&sha2, attachments::CONTENT)]).await.is(StatusCode::OK);
    pair.near.objects.remove(hash).await.expect("it is gone");

    pair.pass("2026-11-22T09:02+09:00").await;
    assert_eq!(there.found(&[]).await, [id(1)], "what comes before it is sent");
    assert_eq!(left(&pair.near).await, (0, 0), "no job fails for it");
    let mut operator = staff(&pair.near, Role::Operator).await;
    let page = operator.get(PAGE).await;
    page.shows("添えられたファイルを、こちらの保管先から読めません").shows("9:02から送れていません").shows("9:03ごろ");

    pair.near.objects.keep_bytes(attachments::CONTENT.into()).await.expect("it is back");
    pair.pass("2026-11-22T09:03+09:00").await;
    assert_eq!(there.found(&[("ascending", "true")]).await, [id(1), id(2)]);
    operator.get(PAGE).await.hides("読めません").shows("2件");
    pair.listening.abort();
}

/// A store that forwards to a machine which takes ten statements at a time, and how many it was sent each time.
struct Narrow {
    near: Site,
    came: Arc<Mutex<Vec<usize>>>,
    listening: JoinHandle<()>,
}

impl Narrow {
    async fn on(engine: Engine) -> Self {
        let (listener, place) = port().await;
        let came: Arc<Mutex<Vec<usize>>> = Arc::default();
        let counted = came.clone();
        let takes = post(move |Json(all): Json<Vec<Value>>| {
            counted.lock().unwrap_or_else(PoisonError::into_inner).push(all.len());
            std::future::ready(if all.len() > 10 { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK })
        });
        let machine = Router::new().route("/xapi/statements", takes);
        let listening = tokio::spawn(async move { axum::serve(listener, machine).await.expect("it serves") });
        let to = forwarding(&place, "");
        let near = Site::completed(engine, "mist.example.jp", |portal| portal.with_part(to)).await;
        Self { near, came, listening }
    }
}

#[both_engines]
async fn a_store_that_is_asked_too_much_at_once_is_asked_for_less(narrow: Narrow) {
    let here = client(&narrow.near, "here", None, "1.0.3").await;
    here.posts(&json!((1..=30).map(statement).collect::<Vec<_>>())).await;
    for minute in ["02", "03", "05", "09", "17"] {
        looks(&narrow.near, &format!("2026-11-22T09:{minute}+09:00")).await;
        narrow.near.deliver().await;
    }
    let came = narrow.came.lock().unwrap_or_else(PoisonError::into_inner).clone();
    assert_eq!(came, [30, 30, 25, 12, 6, 6, 6, 6, 6]);
    staff(&narrow.near, Role::Operator).await.get(PAGE).await.shows("30件").shows("0件").hides("送れていません");
    narrow.listening.abort();
}

/// A store that forwards to a machine which takes every connection and never answers.
struct Unanswered {
    near: Site,
    portal: Portal,
    listener: TcpListener,
}

impl Unanswered {
    async fn on(engine: Engine) -> Self {
        let (listener, place) = port().await;
        let to = forwarding(&place, "");
        let mut kept = None;
        let complete = |portal: Portal| {
            let portal = portal.with_part(to);
            kept = Some(portal.clone());
            portal
        };
        let near = Site::completed(engine, "mist.example.jp", complete).await;
        Self { near, portal: kept.expect("it was completed"), listener }
    }
}

#[both_engines]
async fn a_store_that_never_answers_keeps_no_other_job_waiting_and_no_program_from_stopping(unanswered: Unanswered) {
    let Unanswered { near, portal, listener } = unanswered;
    let here = client(&near, "here", None, "1.0.3").await;
    here.posts(&statement(1)).await;
    looks(&near, "2026-11-22T09:02+09:00").await;
    let done = Arc::new(Notify::new());
    let doing = done.clone();
    let other = Handlers::new().on("test.other", move |_, _| {
        doing.notify_one();
        std::future::ready(Ok(()))
    });
    let workshop = Workshop::new(near.db().clone(), handlers(&portal).and(other)).lanes(1);
    let (stop, stopped) = oneshot::channel::<()>();
    let clock = portal.clock.clone();
    let open = tokio::spawn(async move { workshop.run(clock, async { drop(stopped.await) }).await });

    let called = tokio::time::timeout(Duration::from_secs(30), listener.accept()).await;
    let _line = called.expect("it is called").expect("the line is open");
    near.write(async |tx, now: Timestamp| journal::job(tx, Job::general("test.other"), now).await.map(|_| ())).await;
    // A call is given up after ten seconds: whoever waited for it would come too late.
    let ends = async {
        done.notified().await;
        drop(stop);
        open.await.expect("it ends in order");
    };
    tokio::time::timeout(Duration::from_secs(9), ends).await.expect("nobody waits for the other store");
    assert_eq!(left(&near).await, (1, 0), "whoever comes next begins it anew");
}

/// A store that is to forward what an organization has which is not registered.
struct Misnamed(Site);

impl Misnamed {
    async fn on(engine: Engine) -> Self {
        let to = forwarding("127.0.0.1:9", "9999999999");
        Self(Site::completed(engine, "mist.example.jp", |portal| portal.with_part(to)).await)
    }
}

#[both_engines]
async fn an_organization_that_is_not_registered_is_named_on_the_page_and_leaves_no_job_behind(misnamed: Misnamed) {
    let Misnamed(site) = misnamed;
    for minute in ["02", "03", "04"] {
        looks(&site, &format!("2026-11-22T09:{minute}+09:00")).await;
        site.deliver().await;
    }
    assert_eq!(left(&site).await, (0, 0));
    let mut operator = staff(&site, Role::Operator).await;
    operator.get(PAGE).await.shows("設定にある医療機関コードが登録されていません").shows("9999999999");
}

#[both_engines]
async fn where_nothing_is_set_the_page_says_how(site: Site) {
    let mut operator = staff(&site, Role::Operator).await;
    operator.get("/staff/records").await.shows("転送の様子");
    operator.get(PAGE).await.is(StatusCode::OK).shows("転送は設定されていません").shows("[forward]");
    site.write(async |tx, now: Timestamp| look(tx, now).await).await;
    assert!(site.deliver().await.is_empty());
    staff(&site, Role::Ministry).await.get(PAGE).await.is(StatusCode::NOT_FOUND);
}
