//! Course packages (cmi5) through the front door: brought in, launched, spoken with as the units of publishers speak.

mod bounds;
mod brought_in;
mod deleted;
mod doors;
mod exported;
mod learners;
mod sessions;
mod shown;

use axum::body::Body;
use axum::extract::Request;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use cmi5::vocabulary as words;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::{Cursor, Write as _};
use tower::ServiceExt as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::site::{Answer, Site};

/// The secret of the program that drives packages.
const SECRET: [u8; 32] = [5; 32];
/// The secret of a program that reads the store.
const READER: [u8; 32] = [6; 32];

/// A request like a program's, with nothing but these headers.
async fn send(site: &Site, method: Method, uri: &str, headers: &[(&str, &str)], body: impl Into<Vec<u8>>) -> Answer {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.into())).unwrap_or_else(|error| panic!("{uri}: {error}"));
    let response = site.service.clone().oneshot(request).await.unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("the body is whole").to_vec();
    Answer { path: uri.to_owned(), status: parts.status, headers: parts.headers, bytes }
}

/// A program with a token that may drive packages.
struct Program<'a> {
    site: &'a Site,
    authorization: String,
}

/// Issues the tokens of a program and of a reader.
async fn program(site: &Site) -> Program<'_> {
    site.write(async |tx, now| {
        access::issue(tx, "見本の連携", "packages:write", &SECRET, None, "test", now).await?;
        access::issue(tx, "見本の読み手", "xapi:read", &READER, None, "test", now).await.map(|_| ())
    })
    .await;
    Program { site, authorization: format!("Bearer {}", B64.encode(SECRET)) }
}

impl Program<'_> {
    async fn posts(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        let headers = [("authorization", self.authorization.as_str()), ("content-type", content_type)];
        send(self.site, Method::POST, &format!("/api/v1/packages{path}"), &headers, body).await
    }

    async fn imports(&self, bytes: impl Into<Vec<u8>>) -> String {
        let answer = self.posts("", "application/zip", bytes).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body());
        answer.json()["id"].as_str().expect("an id").to_owned()
    }

    /// Why a package is not taken.
    async fn refuses(&self, bytes: impl Into<Vec<u8>>) -> Value {
        self.posts("", "application/zip", bytes).await.is(StatusCode::UNPROCESSABLE_ENTITY).json()
    }

    async fn launches(&self, package: &str, unit: usize, more: Value) -> Unit<'_> {
        let mut body = json!({ "actor": actor("7") });
        for (key, value) in more.as_object().into_iter().flatten() {
            body[key] = value.clone();
        }
        let answer = self.posts(&format!("/{package}/units/{unit}/launches"), "application/json", body.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body());
        Unit::at(self.site, &answer.json())
    }

    /// The verbs of all statements of a registration, in the order in which they were stored, and the statements.
    async fn statements(&self, registration: &str) -> Vec<Value> {
        let bearer = format!("Bearer {}", B64.encode(READER));
        let headers = [("authorization", bearer.as_str()), ("x-experience-api-version", "1.0.3")];
        let path = format!("/xapi/1.0.3/statements?registration={registration}&ascending=true");
        let answer = send(self.site, Method::GET, &path, &headers, "").await;
        answer.is(StatusCode::OK).json()["statements"].as_array().expect("a list").clone()
    }
}

/// A learner whom a program names.
fn actor(name: &str) -> Value {
    json!({ "objectType": "Agent", "account": { "homePage": "https://lms.example.com", "name": name } })
}

/// The last word of each verb.
fn verbs(statements: &[Value]) -> Vec<&str> {
    statements.iter().map(|one| one["verb"]["id"].as_str().and_then(|id| id.rsplit('/').next()).expect("a verb")).collect()
}

/// A unit in a browser: it knows what its launch URL says, and what it was told since.
struct Unit<'a> {
    site: &'a Site,
    url: String,
    endpoint: String,
    fetch: String,
    actor: String,
    registration: String,
    activity: String,
    session: String,
    token: String,
    template: Value,
    data: Value,
    seconds: u32,
}

impl<'a> Unit<'a> {
    fn at(site: &'a Site, launched: &Value) -> Self {
        let url = launched["url"].as_str().expect("an address").to_owned();
        let query = url.split_once('?').expect("a query").1;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).expect("a query");
        let value = |name: &str| pairs.iter().find(|(own, _)| own == name).expect(name).1.clone();
        Self {
            site,
            endpoint: value("endpoint"),
            fetch: value("fetch"),
            actor: value("actor"),
            registration: value("registration"),
            activity: value("activityId"),
            session: launched["session"].as_str().unwrap_or_default().to_owned(),
            token: String::new(),
            template: Value::Null,
            data: Value::Null,
            seconds: 0,
            url,
        }
    }

    /// Sends a request to the store, below the endpoint.
    async fn sends(&self, method: Method, resource: &str, query: &[(&str, &str)], body: &str) -> Answer {
        let authorization = format!("Basic {}", self.token);
        let headers = [
            ("authorization", if self.token.is_empty() { "" } else { authorization.as_str() }),
            ("x-experience-api-version", "1.0.3"),
            ("content-type", if body.is_empty() { "" } else { "application/json" }),
        ];
        let query = serde_urlencoded::to_string(query).expect("a query");
        let path = self.endpoint.strip_prefix("https://mist.example.jp").expect("the portal");
        send(self.site, method, &format!("{path}{resource}?{query}"), &headers, body).await
    }

    async fn fetches(&mut self) -> Value {
        let path = self.fetch.strip_prefix("https://mist.example.jp").expect("the portal").to_owned();
        let answer = send(self.site, Method::POST, &path, &[("origin", "https://content.example.com")], "").await;
        answer.is(StatusCode::OK);
        assert_eq!(answer.header("content-type"), "application/json");
        let json = answer.json();
        if let Some(token) = json["auth-token"].as_str() {
            self.token = token.to_owned();
        }
        json
    }

    async fn reads_launch_data(&mut self) {
        let query = [
            ("stateId", words::LAUNCH_DATA),
            ("activityId", self.activity.as_str()),
            ("agent", self.actor.as_str()),
            ("registration", self.registration.as_str()),
        ];
        self.data = self.sends(Method::GET, "activities/state", &query, "").await.is(StatusCode::OK).json();
        self.template = self.data["contextTemplate"].clone();
    }

    async fn reads_preferences(&self) -> Answer {
        self.sends(Method::GET, "agents/profile", &[("profileId", words::PREFERENCES), ("agent", &self.actor)], "").await
    }

    /// All that a unit does before its learner sees anything.
    async fn begins(&mut self) {
        self.fetches().await;
        self.reads_launch_data().await;
        self.reads_preferences().await;
        self.says("initialized").await.is(StatusCode::NO_CONTENT);
    }

    /// A statement: a verb of cmi5 as it has to be; any other is cmi5 allowed.
    fn statement(&mut self, verb: &str) -> Value {
        self.seconds += 1;
        let defined = ["initialized", "completed", "passed", "failed", "terminated"].contains(&verb);
        let mut context = self.template.clone();
        context["registration"] = self.registration.as_str().into();
        let mut category = Vec::new();
        if defined {
            category.push(json!({ "id": words::CATEGORY }));
        }
        if ["completed", "passed", "failed"].contains(&verb) {
            category.push(json!({ "id": words::CATEGORY_MOVE_ON }));
        }
        if !category.is_empty() {
            context["contextActivities"]["category"] = category.into();
        }
        let mut statement = json!({
            "id": self.site.now().uuid(),
            "timestamp": format!("2026-11-22T00:{:02}:{:02}.000Z", self.seconds / 60, self.seconds % 60),
            "actor": serde_json::from_str::<Value>(&self.actor).expect("an agent"),
            "verb": { "id": if defined { format!("http://adlnet.gov/expapi/verbs/{verb}") } else { verb.to_owned() } },
            "object": { "objectType": "Activity", "id": self.activity },
        });
        match verb {
            "completed" => statement["result"] = json!({ "completion": true, "duration": "PT10S" }),
            "passed" | "failed" => {
                let scaled = if verb == "passed" { 0.95 } else { 0.2 };
                statement["result"] = json!({ "success": verb == "passed", "duration": "PT10S", "score": { "scaled": scaled } });
                if self.data.get("masteryScore").is_some() {
                    context["extensions"][words::MASTERY_SCORE] = self.data["masteryScore"].clone();
                }
            }
            "terminated" => statement["result"] = json!({ "duration": "PT20S" }),
            _ => {}
        }
        statement["context"] = context;
        statement
    }

    async fn puts(&self, statement: &Value) -> Answer {
        let id = statement["id"].as_str().unwrap_or_default().to_owned();
        self.sends(Method::PUT, "statements", &[("statementId", &id)], &statement.to_string()).await
    }

    async fn says(&mut self, verb: &str) -> Answer {
        let statement = self.statement(verb);
        self.puts(&statement).await
    }
}

/// The requirement by which something was refused with 403.
fn forbidden(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.body());
    answer.json()["requirement"].as_str().expect("a requirement").to_owned()
}

/// A course structure of these parts.
fn structure(inside: &str) -> String {
    format!(
        "<courseStructure xmlns=\"{}\"><course id=\"https://example.com/course\">{}</course>{inside}</courseStructure>",
        words::NAMESPACE,
        head("見本の教材")
    )
}

fn head(title: &str) -> String {
    format!(
        "<title><langstring lang=\"ja\">{title}</langstring></title><description><langstring lang=\"ja\">説明</langstring></description>"
    )
}

fn unit(n: usize, attributes: &str, url: &str) -> String {
    format!("<au id=\"https://example.com/au/{n}\" {attributes}>{}<url>{url}</url></au>", head(&format!("単元{n}")))
}

/// A ZIP of a course with one block of one unit, which has to be completed and passed, and its files.
fn essentials() -> Vec<u8> {
    let unit = format!(
        "<au id=\"https://example.com/au/0\" moveOn=\"CompletedAndPassed\" masteryScore=\"0.9\">{}<url>index.html?a=1&amp;b=2</url>\
         <launchParameters>Start=1</launchParameters><entitlementKey>xyz</entitlementKey></au>",
        head("単元0")
    );
    let manifest = structure(&format!("<block id=\"https://example.com/block\">{}{unit}</block>", head("章")));
    zip(&[
        ("cmi5.xml", manifest.as_bytes()),
        ("index.html", b"<!doctype html><title>unit</title><script src=\"js/unit.js\"></script>"),
        ("js/unit.js", b"document.title = 'ready'"),
        ("\u{753b}\u{50cf}/a b.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ])
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a file");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}
