//! The gazette's wing: what the portal says to everybody, and what people ask it.
//!
//! Notices, frequent questions and fixed pages go public by way of [`approval`]; letters and rules are shown as they were
//! written; [`search`] finds all of it; [`inquiries`] take up what none of it answers.

pub mod approval;
mod braces;
pub mod faq;
mod front_matter;
pub mod inquiries;
pub mod letters;
mod load;
mod named;
pub mod notices;
mod numbers;
pub mod pages;
pub mod search;
pub mod settings;

pub use braces::fill;
pub use load::load_texts;
pub use named::{MAILS, NAMINGS};
pub use notices::front_notices;

use web::Routes;

/// Every route of the wing; the search finds only what the wing itself holds.
pub fn routes() -> Routes {
    routes_finding(&[])
}

/// Every route of the wing, with the finders of other wings for the search.
pub fn routes_finding(finders: &'static [search::Finder]) -> Routes {
    notices::routes()
        .merge(faq::routes())
        .merge(pages::routes())
        .merge(letters::routes())
        .merge(inquiries::routes())
        .merge(search::routes(finders))
        .merge(settings::routes())
}
