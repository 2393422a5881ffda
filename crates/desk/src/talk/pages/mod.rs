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

/// 1.4 MB
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
