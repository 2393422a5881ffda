//! What leaves a case: facts written down once, and the forms, reports and exchange formats that are filled from them.
//!
//! Words lie sealed, so a file begins in a responder's browser: it opens what the paper asks for and posts it. The server lets through
//! what the receiver may have (`exchange::Leaving`), shows it, makes the file in memory and answers with it. Nothing is kept but an
//! entry in the chain of the case: who, which paper, to whom, its SHA-256.

mod contents;
mod fact;
mod hand_out;
mod hand_over;
mod pages;
pub mod store;
#[cfg(test)]
mod tests;
mod write;

pub use contents::{check, lexicon};
pub use fact::{Fact, FactId};
pub use hand_out::{Handed, hand_out};
pub use hand_over::{NotHandedOver, hand_over};
pub use pages::routes;
pub use write::{NotWritten, write};
