//! Notices (お知らせ): what is new, by fiscal year, under addresses that never change, and as a feed.
//!
//! A notice gets its address `/notices/2026-0810-1` when it is first published: the day and a running number of that day.
//! One that is withdrawn goes on answering there, and says why.

mod list;
mod load;
mod notice;
mod pages;
mod room;
mod store;
#[cfg(test)]
mod tests;

pub use load::load;
pub use notice::{Category, Notice, Slug};
#[cfg(test)]
pub(crate) use room::Notices;
#[cfg(test)]
pub(crate) use store::at;
pub use store::newest as front_notices;
pub(crate) use store::search;

use web::Routes;

/// The public routes and those of the staff.
pub fn routes() -> Routes {
    Routes::new()
        .public("/notices", pages::list)
        .public("/notices/{slug}", pages::show)
        .public("/feed.xml", pages::feed)
        .merge(crate::approval::routes::<room::Notices>())
        .merge(people::lists::routes::<list::NoticeList>())
}
