//! Keys of the duty group: who of the desk can open cases, and what happens when somebody comes or goes.
//!
//! Every case is open to the duty group by a wrap for its epoch. The secret key of an epoch is wrapped for each member, a member's own
//! secret key under their passphrase or passkey: both in the browser, so the server holds nothing that opens a case. When the roster
//! changes, a lead's browser makes the next epoch and wraps the cases for it; the old one is destroyed once another member's browser has
//! opened what was made. Beside the group stands the key behind glass, in three shares on paper; using it leaves an entry in the case
//! that the day's root covers.

mod delete;
mod epoch;
mod glass;
mod lock;
mod member;
mod pages;
mod prove;
mod renew;
mod rewrap;
mod shred;
mod state;
mod store;
#[cfg(test)]
mod tests;

pub use delete::{Certificate, DELETED, DestroyedFile, NotDeleted, certificate, delete_again, delete_case};
pub use epoch::{Epoch, EpochId, current_epoch, glass_key};
pub use glass::{GlassId, NotBroken, UseId, break_glass, make_glass};
pub use lock::{Lock, lock};
pub use member::{KeyWay, MemberId, NewKey, NotMade, make_key};
pub use prove::{Found, NewWrap, NewWrapId, NotProven, Proofs, proofs, prove, prove_by_time, unproven};
pub use renew::{MemberWrap, NewEpoch, NotRenewed, renew};
pub use rewrap::{Batch, NotRewrapped, Rewrapped, batch, rewrap};
pub use shred::handlers;
pub use state::{Need, need};

pub(crate) use pages::routes;
