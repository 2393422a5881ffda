//! The operator's pages of tokens.

mod end;
mod list;
mod make;

pub use make::name_of;

use access::Action::KeepTokens;
use access::{ApiToken, Scope};
use kernel::{Timestamp, long_date};
use web::{Frame, PageError, Portal, Routes, Visit, Words};

/// The address of the list.
const PATH: &str = "/staff/tokens";

/// The routes of the room.
pub(crate) fn routes() -> Routes {
    let at = |rest: &str| format!("{PATH}{rest}");
    Routes::new()
        .get(PATH, KeepTokens, list::list)
        .get(&at("/new"), KeepTokens, make::form)
        .post(PATH, KeepTokens, make::make)
        .get(&at("/{id}/end"), KeepTokens, end::form)
        .post(&at("/{id}/end"), KeepTokens, end::end_it)
}

/// Tokens belong to the portal as a whole: a role for a part of the tree does not reach them.
fn reaches(visit: &Visit) -> Result<(), PageError> {
    if visit.scope == Scope::All { Ok(()) } else { Err(PageError::NotFound) }
}

fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    Frame::new(portal, visit, title).in_office()
}

/// What a scope opens, in words; one that has none yet is shown as it is.
fn scope_word(scope: &str, w: Words) -> String {
    let key = format!("tokens-scope-{}", scope.replace([':', '_'], "-"));
    if w.has(&key) { w.t(&key) } else { scope.to_owned() }
}

/// The shape and the words for how a token stands.
fn standing(token: &ApiToken, now: Timestamp, w: Words) -> (&'static str, String) {
    let day = |at: Timestamp| long_date(at.day(), w.lang);
    match (token.ended_at, token.ends_at) {
        (Some(ended), _) => ("closed", w.one("tokens-ended", "day", &day(ended))),
        (None, Some(ends)) if ends <= now => ("closed", w.one("tokens-expired", "day", &day(ends))),
        (None, Some(ends)) => ("done", w.one("tokens-until", "day", &day(ends))),
        (None, None) => ("done", w.t("tokens-always")),
    }
}

/// Whether a token still opens anything.
fn is_alive(token: &ApiToken, now: Timestamp) -> bool {
    token.ended_at.is_none() && token.ends_at.is_none_or(|ends| now < ends)
}
