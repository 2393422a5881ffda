//! Statements: taken once and for ever, found by what they say.
//!
//! [`keep`] takes all statements of a request or none, [`find`] looks for them. What a statement is found by are its `signs`;
//! a statement that refers to another one has that one's signs too, so that a filter never follows references.

mod find;
mod keep;
mod of_session;
pub(crate) mod signs;
mod store;

pub(crate) use find::{Found, Page, find, one};
pub(crate) use keep::{Attached, New, NotKept, Voucher, keep};
pub(crate) use of_session::{NotTaken, keep_of_session};
pub(crate) use store::{AttachmentRow, COUNTED, Held, as_statement, attachments, fill, held, said};
