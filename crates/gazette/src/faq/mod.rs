//! Frequent questions (よくある質問): each keeps its number for ever, and with it its address: `/faq#q3`, `/faq?page=2#q103`.
//!
//! A question also stands where it arises: [`faq_for`] gives those of a place, such as the page on which one applies.

mod list;
mod load;
mod pages;
mod question;
mod room;
mod store;
#[cfg(test)]
mod tests;

pub use load::load;
pub(crate) use question::path;
pub use question::{Answer, Place, Question, Topic};
pub use store::faq_for;
pub(crate) use store::search;

use web::Routes;

/// The public routes and those of the staff.
pub fn routes() -> Routes {
    Routes::new()
        .public("/faq", pages::list)
        .merge(crate::approval::routes::<room::Faq>())
        .merge(people::lists::routes::<list::QuestionList>())
}
