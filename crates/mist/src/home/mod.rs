//! The pages that span the wings: the front page, マイページ, the recommendation for small clinics, how to subscribe to the calendar.
//!
//! Composition only: what is asked of the database is asked through the wings, and every rule is theirs.

mod calendar;
mod front;
mod my;
mod recommended;
mod timeline;

use access::Action;
use kernel::FiscalYear;
use school::trainings::{Viewer, YearView};
use web::Routes;

/// The routes of the pages.
pub fn routes() -> Routes {
    Routes::new().public("/", front::show).public("/recommended", recommended::show).public("/calendar", calendar::show).get(
        "/my",
        Action::SeeMine,
        my::show,
    )
}

/// The programmes of this fiscal year and later, the nearest first.
fn coming(years: &[YearView], viewer: Viewer) -> impl Iterator<Item = &YearView> {
    let this_year = FiscalYear::of(viewer.now.day());
    years.iter().rev().filter(move |year| year.programme.year >= this_year)
}

/// The programme that pages speak of: the nearest in which something is still to come, else the newest.
fn shown(years: &[YearView], viewer: Viewer) -> Option<&YearView> {
    let today = viewer.now.day();
    let has_more = |year: &&YearView| {
        let sessions = year.courses.iter().flat_map(|course| &course.sessions);
        sessions.filter_map(school::trainings::session::Session::last_possible_day).any(|day| day >= today)
    };
    coming(years, viewer).find(has_more).or_else(|| years.first())
}
