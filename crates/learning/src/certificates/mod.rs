//! The 修了証 of a completed course: whose name stands on it, and what whoever issues certificates has to know.
//!
//! Certificates are issued, checked and revoked by another wing. A completion queues a job in its own transaction; the program does
//! it by handing [`facts`] on, and gives [`Certificates`], by which pages here say what came of it. So neither wing knows the other.

mod facts;
mod name;
pub(crate) mod pages;
mod proof;
pub(crate) mod store;

pub use facts::{Facts, completed, facts};
pub use name::{Learner, write_name};
pub use proof::{Answering, Certificates, Issuing, Proof};

journal::kinds! {
    /// The job that a completion queues; its object is the way through the course.
    pub Job COMPLETED = "learning.completed";
    /// The job that follows from a name that was written: its object is the account.
    pub Job NAMED = "learning.named";
}
