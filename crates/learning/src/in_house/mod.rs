//! 院内実施: a course that an institution takes without the portal, from a stick or a server of its own, and whose results it brings back.
//!
//! A kit is given out ([`make`]) with a key of its own, derived from a secret of the program. What comes back is one file, sealed under that
//! key frame by frame ([`sealed`]): a changed, cut, joined or foreign file does not open. The key lies in the kit, so that whoever holds
//! the kit could also make up a file: it proves that the file is as the kit's page wrote it, and not who sat before the page. That is why
//! what comes of it is called 院内実施・自己申告 wherever it is shown, stands in tables of its own, and makes no certificate.
//!
//! Answers are judged here again ([`results`]), never believed. What was put down for the wrong person is taken back ([`withdraw`]) by a row
//! of its own: it does not count any more, and is seen as taken back.

mod course;
mod kit;
mod make;
mod matched;
mod package;
mod pages;
mod receive;
mod record;
mod results;
pub mod sealed;
pub(crate) mod store;
mod withdraw;

pub use kit::{Asked, Kit, KitFileId, KitId, key};
pub use make::make;
pub(crate) use pages::routes;
pub use receive::{NotReceived, Received, receive};
pub use record::{Recorded, record};
pub use results::{NotTaken, Sitting, read};
pub use store::kit as find;
pub(crate) use store::own;
pub use withdraw::{Instead, NotWithdrawn, withdraw};
