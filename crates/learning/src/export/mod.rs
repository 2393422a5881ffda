//! Our own courses as cmi5 packages (cmi5 Quartz): what is written and learned here runs in any other learning system, and in this
//! portal as a package as well.
//!
//! A course has an assignable unit for each of its units, and one for its test. [`Ids`] names them: by the addresses that they have in
//! this portal, the same for every version. [`structure()`] says when each counts as done, as it does here: a unit once its slides are read
//! and its questions answered, the test once it is handed in and passed. [`package()`] makes the zip; the same version of a
//! course makes the same bytes.

mod ids;
mod package;
mod pages;
mod part;
mod structure;
mod unit;

pub use crate::carried::NotPacked;
pub use ids::Ids;
pub use package::package;
pub(crate) use pages::routes;
pub use structure::structure;
