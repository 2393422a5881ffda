//! Backups: one file that holds all that an installation keeps, sealed to a key whose other half lies elsewhere.
//!
//! The portal goes on while [`make`] copies: every row as of one moment, then every file, whose bytes never change once they are
//! there. The server holds the public half alone, so whoever takes it over reads no earlier backup. [`verify`] reads a backup
//! through and names what is damaged; [`restore`] puts one back into an empty place, all of it or nothing. `FORMAT.md` beside this
//! crate says what the bytes are.
//!
//! The master key is in no backup: what a backup says of it is a hash by which a restored installation knows the right one. But it
//! vouches for each ([`Origin`]): who only knows to whom backups are sealed can make one, too, and nobody takes that for ours.

mod generations;
mod key;
mod made;
mod make;
mod manifest;
mod master;
mod restore;
mod rows;
mod sealed;
mod verify;

pub use generations::Kept;
pub use key::{NotAKey, Recipient, Secret};
pub use made::{Last, last};
pub use make::{Made, NotMade, Wanted, make};
pub use manifest::{Manifest, Part};
pub use master::{Master, Origin};
pub use restore::{NotRestored, Place, Restored, Trust, restore};
pub use sealed::NotABackup;
pub use verify::{Damage, Found, look, verify};
