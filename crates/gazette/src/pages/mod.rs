//! Fixed pages: how to use this site, about the programme, privacy, terms, accessibility. Editable without a release.

mod load;
mod page;
mod room;
mod show;
mod store;
#[cfg(test)]
mod tests;

pub use load::load;
pub use page::{FixedPage, Name};
pub(crate) use store::search;

use web::Routes;

/// The public routes and those of the staff.
pub fn routes() -> Routes {
    Routes::new()
        .public("/guide", show::guide)
        .public("/about", show::about)
        .public("/privacy", show::privacy)
        .public("/terms", show::terms)
        .public("/accessibility", show::accessibility)
        .merge(crate::approval::routes::<room::Pages>())
}
