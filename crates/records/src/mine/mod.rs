//! 学習の記録: what somebody has learned, as they read it themselves, from the portal and from the systems that speak to its store.

mod export;
mod page;
mod read;
mod store;

use access::Action::SeeMine;
use web::Routes;

/// The address of the page.
const PATH: &str = "/my/record";

/// The page, and the same to take along.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/my/record", SeeMine, page::show)
        .get("/my/record.xlsx", SeeMine, export::workbook)
        .get("/my/record.csv", SeeMine, export::table)
        .get("/my/record.json", SeeMine, export::statements)
}
