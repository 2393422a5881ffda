//! The wing of e-learning: courses that somebody finishes on a phone, in units of a few minutes.
//!
//! [`content`] is what is taught, from `data/courses`; [`authoring`] writes it in the browser; [`study`] is one account's way
//! through it. Slides and the questions of units are open to everybody; what is learned is put down for whoever has signed in.
//! [`certificates`] is whose name stands on the certificate of a completed course, [`assignments`] who has to learn what by when,
//! `items` how questions do. `kit` is what an institution needs to teach a course itself, [`in_house`] what comes back from there,
//! [`export`] what other learning systems take of it.

pub mod assignments;
pub mod authoring;
mod carried;
pub mod certificates;
pub mod content;
pub mod export;
pub mod in_house;
mod items;
mod kit;
mod mine;
mod named;
mod pages;
pub mod study;

pub use mine::{Mine, MyCourse, mine};
pub use named::{MAILS, NAMINGS};
pub use pages::routes;
