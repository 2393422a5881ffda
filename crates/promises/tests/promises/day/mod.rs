//! The day of a session: who comes in, and when; what counts as having been there.

mod answers;
mod joining;
mod listed;
mod switching;
mod together;

use access::Role;
use http::{Method, StatusCode};
use kernel::Span;
use school::lobby::evidence::{self, Evidence};
use school::trainings::session::SessionId;

use crate::office::staff::staff;
use crate::site::{Answer, Outcome::Applied, Site, Visitor};

/// The session of these tests: 17:00 to 18:00 on this day, its lobby open from 16:40.
pub const SESSION: &str = "R8/executive/3";
pub const LINK: &str = "https://meeting.example.jp/j/8123456?pwd=mihon";
pub const OPEN: &str = "2026-12-23T16:40+09:00";

/// Sets up the meeting through the secretariat's form, with whatever else is typed.
pub async fn prepare(site: &Site, typed: &[(&str, &str)]) -> Visitor {
    let mut office = staff(site, Role::Secretariat).await;
    let path = format!("/staff/sessions/{}/meeting", site.session(SESSION).await.id);
    let mut form = office.get(&path).await.is(StatusCode::OK).form("/meeting").fill("link", LINK);
    for (name, value) in typed {
        form = form.with(name, value);
    }
    office.submit_and_open(&form).await.is(StatusCode::OK);
    office
}

/// Somebody with a seat, whose browser knows it.
pub async fn seated(site: &Site, name: &str) -> Visitor {
    let mut visitor = site.visitor(name);
    assert_eq!(visitor.applies_for(SESSION).await, Applied);
    visitor
}

/// Presses the button that lets one in.
pub async fn joins(visitor: &mut Visitor) -> Answer {
    let path = format!("{}/join", visitor.application);
    let form = visitor.get(&path).await.is(StatusCode::OK).form("/join");
    let page = visitor.submit_and_open(&form).await;
    page.is(StatusCode::OK);
    page
}

/// What the script of a page sends, and what it hears.
pub async fn beat(visitor: &mut Visitor, page: &Answer) -> serde_json::Value {
    let proof = page.attributes("[data-beat]", "data-proof").pop().expect("a page that beats");
    let body = serde_urlencoded::to_string([("proof", proof)]).expect("a form");
    let answer = visitor.send(Method::POST, "/lobby/heartbeat", body).await;
    answer.is(StatusCode::OK);
    answer.json()
}

/// What is known of everybody of the session.
pub async fn evidence(site: &Site) -> Vec<Evidence> {
    let id: SessionId = site.session(SESSION).await.id;
    site.db().read(async move |tx| evidence::of_session(tx, id).await).await.expect("it can be read")
}

/// How long each stretch of an application lasted, in seconds.
pub async fn stretches(site: &Site, visitor: &Visitor) -> Vec<i64> {
    let id = visitor.application.rsplit('/').next().unwrap_or_default();
    let all = evidence(site).await;
    let own = all.iter().find(|one| one.application.to_string() == id);
    own.map(|own| own.intervals.iter().map(|(from, to)| to.since(*from).as_seconds()).collect()).unwrap_or_default()
}

pub const MINUTE: Span = Span::minutes(1);
