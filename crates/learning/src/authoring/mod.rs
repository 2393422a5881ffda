//! Writing courses in the browser, 下書き → 確認依頼 → 承認 → 公開, published by another person than whoever wrote them.
//!
//! A version is a [`bundle::Bundle`] of the same files that stand in `data/courses`, judged by the same loader. What is published
//! is never written over; a version takes the place of the one before by [`rule::place`], which alone says whose completions go on
//! to count. [`library`] is what readers see: what was published here, and the disk where nothing was.

mod approve;
pub mod arrange;
mod begin;
pub mod bundle;
pub mod deck;
pub mod difference;
pub mod exchange;
mod found;
mod give_back;
pub mod library;
pub mod names;
mod pages;
mod publish;
mod request;
pub mod rule;
mod save;
pub mod store;
#[cfg(test)]
mod tests;
pub mod version;

pub use approve::{NotApproved, approve};
pub use begin::{NotBegun, begin};
pub use deck::handlers;
pub use found::{Founded, NotFounded, found};
pub use give_back::{NotGivenBack, give_back, give_up};
pub(crate) use pages::routes;
pub use publish::{NotPublished, Published, outlook, publish};
pub use request::{NotRequested, request};
pub use save::{NotSaved, save};
