//! Where files lie: a thin door on `object_store`, a folder of this machine or storage that speaks S3.
//!
//! A file is found by the SHA-256 of its bytes, so that the same file lies here once, and what is read is what was checked. What
//! somebody sends stands in quarantine first ([`Draft`]) and is looked at ([`Kind::check`]) before it is kept.

mod draft;
mod kind;
mod length;
mod place;
mod reserve;
mod shelf;
mod whole;

pub use draft::Draft;
pub use kind::{Kind, NotFine};
pub use length::seconds;
pub use place::{Place, S3};
pub use reserve::Reserve;
pub use shelf::{Bytes, Content, Hash, Kept, NotKept, Objects, OnDisk, Stream};
pub use whole::Lying;
