//! The screens of a report.

mod ask;
mod begin;
mod code;
mod whole;

pub mod phone;

pub use ask::{answer, answer_detail, ask, detail};
pub use begin::{begin, received, start};
pub use code::{check_code, code, give_code};
pub use whole::{send_whole, whole};
