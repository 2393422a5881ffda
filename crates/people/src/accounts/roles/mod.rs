//! Roles: who holds which role where, and the operator's way of giving, stopping and ending them.
//!
//! Nobody changes their own. A role for more than an institution takes two operators (rule 23): it is asked for, and the mail
//! goes out when another has approved. Roles that exclude each other in one person are given with a recorded exception (rule 22).

mod ask;
mod change;
mod decide;
mod mail;
pub(super) mod pages;
mod rules;
mod store;

pub use ask::{Asked, NotAsked, WantedRole, ask};
pub use change::{Change, NotChanged, change};
pub use decide::{Decision, NotDecided, decide};
pub(super) use mail::renderers;
pub(super) use pages::routes;
pub use store::RequestId;
