//! Sealing: what a case knows is readable by whoever holds one of its keys, and by nobody who holds the database, the files or a backup.
//!
//! Knows nothing of the portal: no database, no HTTP, no clock. A case has a key pair. [`seal`] and [`frames`] write to its public
//! key, so writing needs no secret; its secret key is kept only wrapped, once for each way in: under the reporter's [`Code`], under
//! the cookie of their first [`Visit`], and for the key pairs of the duty group and of the broken glass ([`wrap_for`]).
//!
//! The layouts of all bytes stand in `FORMAT.md` beside this crate, with vectors, so that a program that is not ours can open them.
//! Nothing secret is shown by `Debug`, and what was secret is overwritten when it is dropped.

mod code;
pub mod frames;
mod kdf;
mod key;
pub mod member;
mod padding;
mod place;
mod rooms;
mod seal;
pub mod shares;
mod suite;
#[cfg(test)]
mod tests;
mod visit;
mod wrap;

pub use code::{Code, CodeFault};
pub use kdf::{Busy, Cost, Kdf, NotOpened, Salt};
pub use key::{PublicKey, SecretKey, WrongLength};
pub use place::Place;
pub use rooms::{Guest, Seat};
pub use seal::{open, seal};
pub use suite::Refused;
pub use visit::{NotACookie, Visit};
pub use wrap::{unwrap_from, wrap_for};
pub use zeroize::Zeroizing;
