//! The day of a session: its lobby, the way to the meeting, who was there, keyword, questionnaire, watching together.
//!
//! The lobby is one page for everybody and knows nobody ([`pages::lobby`]); the meeting's link stands only on the page behind
//! one's own application. Whoever joins keeps a signed seat in the page itself, so that two people at one browser do not mix.

pub mod answer;
pub mod beat;
pub mod evidence;
pub mod join;
pub mod mail;
pub mod meeting;
pub mod prepare;
pub mod question;
pub mod questionnaire;
pub mod seat;
pub mod store;
pub mod switch;
pub mod viewing;

mod pages;

pub use pages::{Way, routes};
