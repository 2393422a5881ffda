//! Recovery: the way back of somebody who has lost the passkey, the passphrase or the device with the codes (rule 30).
//!
//! A learner needs none: the link in a mail opens everything a learner has. Whoever holds a role asks, and other people confirm
//! that it is them: for an institution or association a colleague there, or somebody above in the tree who calls back, and then a
//! day goes by in which the owner of the mailbox can stop it; for those who work for the portal two operators. Then a link opens,
//! once and for fifteen minutes, what registers a new way to sign in. The old ones end with that, and not before.

mod approve;
mod ask;
mod cancel;
mod complete;
mod jobs;
mod life;
mod link;
mod mail;
mod need;
mod pages;
mod refuse;
mod store;
#[cfg(test)]
mod tests;

pub use approve::{Approved, By, NotDecided, approve};
pub use ask::ask_for_demo;
pub(super) use cancel::running_for;
pub use jobs::handlers;
pub use life::RecoveryId;
pub(super) use mail::{cancel_path, renderers};
pub(super) use pages::routes;
pub(super) use store::{lapse, lapse_all};
pub use store::{waiting, waiting_for};
