//! The record store through the front door, as programs of other organizations speak to it.

mod attachments;
mod documents;
mod filters;
mod forwarding;
mod known;
mod mine;
mod office;
mod rooms;
mod statements;
mod versions;
mod voiding;

use axum::body::Body;
use axum::extract::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::sql;
use http::{Method, StatusCode};
use kernel::Uuid;
use records::clients::{self, NewClient};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::site::{Answer, Service, Site};

/// The secret of every program here.
pub const SECRET: &str = "secret words";

/// Both versions, as their addresses and headers name them.
const VERSIONS: [&str; 2] = ["1.0.3", "2.0.0"];

/// A program with a key and a secret, which speaks one version.
#[derive(Clone)]
struct Client {
    service: Service,
    authorization: String,
    version: &'static str,
}

/// A program of an organization with this code, or of the portal.
async fn client(site: &Site, key: &'static str, organization: Option<&'static str>, version: &'static str) -> Client {
    site.write(async move |tx, now| {
        if let Some(code) = organization {
            let add = sql!(
                "INSERT INTO organizations (id, code, name, kana, kind, prefecture, postcode, address, sample, known_since)
                 VALUES ($1, $2, $2, '', 'hospital', '13', '', '', $3, $4) ON CONFLICT (code) DO NOTHING"
            );
            tx.run(add, &[now.uuid().into(), code.into(), true.into(), now.into()]).await?;
        }
        let new = NewClient::drawn("見本".to_owned(), organization.map(str::to_owned), Some(key.to_owned()), Some(SECRET.to_owned()));
        clients::make(tx, &new, "test", now).await?.expect("a client can be made");
        Ok(())
    })
    .await;
    let mut client = Client { service: site.service.clone(), authorization: String::new(), version };
    client.identify(key, SECRET);
    client
}

/// Stores a statement as the program with this key, whose secret is that of [`client`], and returns its id.
pub async fn store_one(service: &Service, key: &str) -> Uuid {
    let mut program = Client { service: service.clone(), authorization: String::new(), version: "2.0.0" };
    program.identify(key, SECRET);
    program.posts(&statement(1)).await.remove(0).parse().expect("an id")
}

impl Client {
    /// Sends a request with these headers beside those that every one has.
    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/xapi/{}{path}", self.version));
        let own = [("authorization", self.authorization.as_str()), ("x-experience-api-version", self.version)];
        let own = own.into_iter().filter(|(name, _)| headers.iter().all(|(other, _)| other != name));
        for (name, value) in own.chain(headers.iter().copied()).filter(|(_, value)| !value.is_empty()) {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(body.into())).unwrap_or_else(|error| panic!("{path}: {error}"));
        let response = self.service.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("the body is whole").to_vec();
        Answer { path: path.to_owned(), status: parts.status, headers: parts.headers, bytes }
    }

    /// Speaks with another key and secret from here on.
    fn identify(&mut self, key: &str, secret: &str) {
        self.authorization = format!("Basic {}", STANDARD.encode(format!("{key}:{secret}")));
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    async fn send_json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.send(method, path, &[("content-type", "application/json")], body.to_string()).await
    }

    /// Posts one statement or several, and returns their ids.
    async fn posts(&self, statements: &Value) -> Vec<String> {
        let answer = self.send_json(Method::POST, "/statements", statements).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body());
        serde_json::from_value(answer.json()).expect("ids")
    }

    /// The ids of the statements that suit, through all pages.
    async fn found(&self, filter: &[(&str, &str)]) -> Vec<String> {
        let mut path = format!("/statements?{}", encoded(filter));
        let mut ids = Vec::new();
        loop {
            let page = self.get(&path).await.is(StatusCode::OK).json();
            ids.extend(page["statements"].as_array().expect("a list").iter().map(|one| one["id"].as_str().expect("an id").to_owned()));
            match page["more"].as_str() {
                None | Some("") => return ids,
                Some(more) => path = more.strip_prefix(&format!("/xapi/{}", self.version)).expect("the same address").to_owned(),
            }
        }
    }
}

fn encoded(parameters: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(parameters).expect("parameters")
}

fn id(number: u128) -> String {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number).to_string()
}

/// A statement with this id.
fn statement(number: u128) -> Value {
    json!({
        "id": id(number),
        "actor": { "mbox": "mailto:taro@example.jp", "name": "見本 太郎" },
        "verb": { "id": "http://adlnet.gov/expapi/verbs/experienced", "display": { "ja": "見た" } },
        "object": { "id": "https://mist.example.jp/courses/beginner" },
    })
}

/// One that voids another.
fn voiding(number: u128, other: u128) -> Value {
    json!({
        "id": id(number),
        "actor": { "mbox": "mailto:desk@example.jp" },
        "verb": { "id": "http://adlnet.gov/expapi/verbs/voided" },
        "object": { "objectType": "StatementRef", "id": id(other) },
    })
}
