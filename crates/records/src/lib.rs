//! The wing of the record store (学習記録ストア): what learners did, as other systems say it in xAPI, and what those systems keep
//! about activities and people.
//!
//! [`clients`] are the programs that may speak to it, each in the [`Room`] of its organization; [`statements`] takes and finds
//! statements, [`documents`] keeps states and profiles, [`known`] tells what all statements of a room say about an agent or an
//! activity; [`experiences`] is what people did on the portal itself, and `mine` shows it to them; [`forward`] passes everything
//! on to another store; `office` are the pages for those who run the store. Units of course packages speak to it in [`Sessions`]. The rules
//! of the specification are those of the crate `xapi`; `pages` is HTTP as it asks for it, at `/xapi/1.0.3`, at `/xapi/2.0.0` and
//! at `/xapi`, where the header decides.

pub mod clients;
pub mod documents;
pub mod engines;
pub mod experiences;
pub mod forward;
pub mod known;
mod mine;
mod named;
mod office;
mod own;
mod pages;
mod room;
mod sessions;
pub mod statements;
mod under_way;

pub use named::NAMINGS;
pub use own::{keep_own, put_state, said_in};
pub use pages::{Pace, routes};
pub use room::Room;
pub use sessions::{Answering, CourseSessions, Forbidden, Pass, Reading, Sessions};
pub use under_way::UnderWay;
