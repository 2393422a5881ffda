//! The institution's own view of its case.

mod act;
pub mod desk;
mod upload;
mod view;

pub use act::{answer_item, contact, say};
pub use upload::{begin, desk_file, finish, piece, whole_file};
pub(crate) use view::Phases;
pub use view::view;

use kernel::{Lang, Timestamp};

/// 2026年11月22日（日）9:00
fn moment(at: Timestamp, lang: Lang) -> String {
    format!("{}{}{}", kernel::long_date(at.day(), lang), lang.pick("", ", "), at.clock_face())
}
