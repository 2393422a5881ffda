//! What is stored also goes to another record store: in its order, once, with what came with it, whatever happens to the other one.

use access::Role;
use both_engines::both_engines;
use db::Engine;
use egress::Egress;
use http::{Method, StatusCode};
use kernel::Timestamp;
use records::forward::{Forwarding, look};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower::make::Shared;

use super::{SECRET, client, id, statement, voiding};
use crate::office::staff::staff;
use crate::site::Site;

const PAGE: &str = "/staff/records/forwarding";

/// A store that forwards to another one, which listens on the loopback.
struct Pair {
    near: Site,
    far: Site,
    place: String,
    listening: JoinHandle<()>,
}

impl Pair {
    async fn on(engine: Engine) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let place = listener.local_addr().expect("a place").to_string();
        let far = Site::completed(engine, "127.0.0.1", |portal| portal).await;
        let to = Forwarding::new(Egress::new(std::slice::from_ref(&place)), &format!("http://{place}/xapi"), "", ("near", SECRET));
        let to = to.expect("an address that may be called");
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
        self.near.at(moment);
        self.near.write(async |tx, now: Timestamp| look(tx, now).await).await;
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
async fn where_nothing_is_set_the_page_says_how(site: Site) {
    let mut operator = staff(&site, Role::Operator).await;
    operator.get("/staff/records").await.shows("転送の様子");
    operator.get(PAGE).await.is(StatusCode::OK).shows("転送は設定されていません").shows("[forward]");
    site.write(async |tx, now: Timestamp| look(tx, now).await).await;
    assert!(site.deliver().await.is_empty());
    staff(&site, Role::Ministry).await.get(PAGE).await.is(StatusCode::NOT_FOUND);
}
