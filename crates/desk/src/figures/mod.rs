//! 窓口の集計: how many cases came, so that no institution can be recognized. Exercises are in none of it.
//!
//! Cases are counted in whole quarters that are over, each for itself: no sum runs over quarters, and nothing changes from day to day,
//! so a case that comes cannot be told by what it adds. Within a quarter small cells are hidden as everywhere in the portal.

mod count;
mod pages;
mod quarter;
mod store;
#[cfg(test)]
mod tests;

pub use count::{Figures, Table, count};
pub use quarter::Quarter;

use access::Action;
use web::Routes;

/// The page and its file.
pub fn routes() -> Routes {
    Routes::new().get("/desk/figures", Action::SeeDeskFigures, pages::show).get("/desk/figures.csv", Action::SeeDeskFigures, pages::csv)
}
