//! The institution's own view of its case.

mod act;
pub mod desk;
mod upload;
mod view;

pub use act::{answer_item, contact, say};
pub use upload::{begin, desk_file, finish, piece, whole_file};
pub(crate) use view::Phases;
pub use view::view;

use kernel::{Lang, Timestamp, long_moment as moment};
