//! The institution's own view of its case.

mod act;
mod coming;
pub mod desk;
pub mod give;
mod refusal;
mod upload;
mod view;

pub use act::{answer_item, contact, say};
pub use upload::{begin, desk_file, finish, piece, whole_file};
pub(crate) use view::Phases;
pub use view::view;

use kernel::long_moment as moment;
