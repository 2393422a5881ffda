//! Mails by rule: what goes out by itself around a session, once to each, when it should, and why it did or did not.

mod desk;
mod golden;
mod once;
mod returned;
mod sent;
mod why;

use access::Role;
use http::StatusCode;
use kernel::{Span, Timestamp};

use crate::office::staff;
use crate::site::{Letter, Site};

/// A session of R8 that lies ahead of the beginning of the tests.
pub const SESSION: &str = "R8/executive/3";

/// Plans what the program plans by itself every hour.
pub async fn plan(site: &Site) {
    site.write(async |tx, now| school::reminders::look(tx, now).await).await;
    site.deliver().await;
}

/// When the session begins.
pub async fn starts(site: &Site) -> Timestamp {
    site.session(SESSION).await.starts_at.expect("it has a time")
}

/// Goes to a moment at which nothing was moved on the way: what is found out before, then what is sent.
pub async fn deliver_at(site: &Site, at: Timestamp) -> Vec<Letter> {
    site.at(&at.minus(Span::minutes(10)).rfc3339());
    let mut letters = site.deliver().await;
    site.at(&at.rfc3339());
    letters.extend(site.deliver().await);
    letters
}

/// At this hour of the day so many days from that of a moment.
pub fn days_from(moment: Timestamp, days: i64, hour: i8) -> Timestamp {
    Timestamp::in_japan(moment.plus(Span::days(days)).day(), hour, 0)
}

/// To whom, in order.
pub fn addresses(letters: &[Letter]) -> Vec<&str> {
    let mut to: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    to.sort_unstable();
    to
}

/// The secretariat moves the session to a day of the same hour, by its own page.
pub async fn moves(site: &Site, becomes: Timestamp) {
    let id = site.session(SESSION).await.id;
    let mut office = staff(site, Role::Secretariat).await;
    let form = office.get(&format!("/staff/sessions/{id}/edit")).await.is(StatusCode::OK).form("/edit");
    let asked = office.submit(&form.fill("day", &becomes.day().to_string())).await;
    office.submit_and_open(&asked.is(StatusCode::OK).form("/changes")).await.is(StatusCode::OK);
    site.deliver().await;
}
