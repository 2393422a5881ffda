//! The wing of course packages (教材パッケージ, cmi5): brought in as a ZIP or a `cmi5.xml`, shown to learners, launched, and told
//! apart from everything else: their files are served under hosts of their own.
//!
//! [`package`] is what was brought in, [`import`] how, [`delete`] how it goes. A learner is registered once for a course
//! ([`register`]), and `standing` is how far they are; each time a unit is opened is a launch ([`launches`]), which cmi5 calls a
//! session. What a unit says comes through the record store, which asks [`Speaking`]. The rules are those of the crate `cmi5`;
//! [`host`] serves the files, `pages` and `api` are the addresses.

mod api;
mod course;
pub mod delete;
pub mod host;
mod house;
pub mod import;
pub mod launches;
mod named;
pub mod open;
pub mod package;
mod pages;
pub mod register;
mod standing;
mod store;

pub use api::{DoneBody, ImportedBody, LaunchBody, LaunchedBody, RefusedBody, WaiverBody};
pub use house::House;
pub use launches::{Speaking, handlers};
pub use named::NAMINGS;
pub use pages::routes;
