//! Past letters (通知・事務連絡) as they went down the chains of associations, and the ministry's rules and guidelines.

mod document;
mod letter;
mod load;
mod pages;
mod store;
#[cfg(test)]
mod tests;

pub use document::Document;
pub use letter::Letter;
pub use load::load_notices;
pub(crate) use store::{search_documents, search_letters};

use web::Routes;

/// The public routes.
pub fn routes() -> Routes {
    Routes::new().public("/letters", pages::letters).public("/rules", pages::rules)
}
