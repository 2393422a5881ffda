//! Trainings: the courses that a fiscal year offers, their dates, and who applied.
//!
//! A programme is brought in as it was printed ([`import`]), or cloned from another year ([`clone`]); a session opens, fills
//! up, is held and is over by the clock alone ([`session::Session::state`]). Seats are never oversold: see [`apply`].

pub mod api;
pub mod application;
pub mod apply;
pub mod bring_in;
pub mod calendar;
pub mod cancel;
pub mod clone;
pub mod import;
pub mod interest;
pub mod jobs;
pub mod let_go;
pub mod links;
pub mod mail;
pub mod move_to;
pub mod offer;
pub mod own_words;
pub mod programme;
pub mod series;
pub mod session;
pub mod store;
pub mod undo;

pub(crate) mod pages;
mod shown;
mod view;

/// What the signature in a link that ends a wish to be told is for.
pub(crate) const END_OF_TELLING: &str = "tell-me-end";

pub use pages::routes;
pub use pages::years;
pub(crate) use pages::{form, hold, mine, session_path};
pub use shown::{Card, CourseView, Offer, SessionRow, YearView};
pub use view::{Viewer, by_date, month_day, nth};
