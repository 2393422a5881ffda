//! The demo: sample data in a database that is marked as such, mail that reaches nobody, and a clock that can be moved.
//!
//! Its pages exist nowhere else: every route here asks for `use_demo`, which a real portal answers with "not found".

mod cast;
mod clear;
mod clock;
mod house;
mod index;
mod mail;
mod seed;
mod sign_in;

pub(crate) use cast::{HOSPITAL, PEOPLE};
pub(crate) use clear::clear;
pub(crate) use clock::take_up as take_up_clock;
pub(crate) use house::House;
pub(crate) use seed::fill;

use access::Action::UseDemo;
use db::{DbResult, Tx};
use kernel::Timestamp;
use web::{Routes, Settings, save_setting};

/// The setting that marks a database as the demo's.
const MARK: &str = "demo";

/// Whether these are the settings of a demo's database.
pub(crate) fn is_marked(settings: &Settings) -> bool {
    settings.get(MARK) == "1"
}

/// Whether there was no table before these migrations were applied: a database that was only brought up to date is somebody's.
pub(crate) fn was_empty(applied: &[String]) -> bool {
    applied.first().is_some_and(|name| name.starts_with("0001_"))
}

/// Marks the database for ever.
pub(crate) async fn mark(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    save_setting(tx, MARK, "1", BY, now).await
}

/// Who does what the demo does by itself.
const BY: &str = journal::audit::SAMPLE;

/// The routes of the demo.
pub fn routes() -> Routes {
    Routes::new()
        .get("/demo", UseDemo, index::show)
        .get("/demo/mail", UseDemo, mail::list)
        .get("/demo/mail/{number}", UseDemo, mail::show)
        .get("/demo/mail/{number}/source", UseDemo, mail::source)
        .get("/demo/mail/{number}/{attachment}", UseDemo, mail::attachment)
        .get("/demo/clock", UseDemo, clock::show)
        .post("/demo/clock", UseDemo, clock::advance)
        .get("/demo/sign-in/{part}", UseDemo, sign_in::show)
        .post("/demo/sign-in/{part}", UseDemo, sign_in::open)
}
