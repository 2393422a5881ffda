//! Search over everything public: two-character words, kana and width variants, words in any order.
//!
//! The wing searches its own texts; other wings hand in a [`Finder`] each.

mod hit;
mod pages;
mod query;
#[cfg(test)]
mod tests;

pub(crate) use hit::plain;
pub use hit::{Excerpt, Hit};
pub use query::Wanted;

use db::{DbResult, Tx};
use std::pin::Pin;
use web::Routes;

/// How another wing takes part: it answers with what it has found, the best first.
pub type Finder = for<'t, 'c> fn(&'t mut Tx<'c>, &'t Wanted) -> Pin<Box<dyn Future<Output = DbResult<Vec<Hit>>> + 't>>;

/// The public route.
pub fn routes(finders: &'static [Finder]) -> Routes {
    Routes::new().public("/search", move |portal, visit, query| pages::search(portal, visit, query, finders))
}
