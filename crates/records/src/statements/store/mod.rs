//! The tables of statements.

mod add;
mod look;

pub(crate) use add::fill;
pub(super) use add::{add, add_attachments, add_signs, void};
pub(crate) use look::{AttachmentRow, COUNTED, Held, as_statement, attachments, held, said};
pub(super) use look::{Line, by_id, filled, many, same_ids, voided_before};
