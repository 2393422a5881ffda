//! Approval: how a text goes public, 下書き → 確認依頼 → 承認 → 公開, each step dated with who.
//!
//! Every wording is kept as a [`Version`]; what is public is never written over: a change begins the next version. Whoever
//! wrote a version does not approve it (setting `approval.two_persons`). What differs between notices, questions and fixed
//! pages is their [`Room`]; the verbs and the staff's pages are the same for all three.

mod approve;
pub(crate) mod drafts;
mod fold_titles;
mod give_back;
mod pages;
mod publish;
mod request;
mod room;
mod save;
mod sieve;
mod store;
#[cfg(test)]
mod tests;
mod typed;
mod version;
mod withdraw;

pub use approve::{NotApproved, approve};
pub use fold_titles::fold_titles;
pub use give_back::{NotGivenBack, give_back};
pub(crate) use publish::publish;
pub use publish::{NotPublished, record_published};
pub use request::{NotRequested, request};
pub(crate) use room::{Choice, Room, routes};
#[cfg(test)]
pub(crate) use save::begin;
pub use save::{NotSaved, Saved, Seen, save};
#[cfg(test)]
pub(crate) use sieve::Sieve;
#[cfg(test)]
pub(crate) use store::lines;
pub use store::{latest, waiting};
pub use version::{Kind, Line, Past, Stage, Step, TextId, Version, VersionId, Waiting, Wording};
pub use withdraw::NotWithdrawn;
pub(crate) use withdraw::withdraw;
