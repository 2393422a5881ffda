//! The tables of statements.

mod add;
mod look;

pub(super) use add::{add, add_attachments, add_signs, fill, void};
pub(crate) use look::{COUNTED, Held, attachments, held};
pub(super) use look::{Line, by_id, filled, many, same_ids, voided_before};
