//! The rehearsal of a session: every page and every mail as an applicant would see them, with a person that does not exist.
//!
//! Everything is done by the real verbs inside one transaction that is always undone ([`walk::walk`]), so that nothing can be
//! left: no application, no mail, no entry in the trail, no seat.

mod after;
mod pages;
mod walk;

pub use pages::show;
pub use walk::can_be_rehearsed;
