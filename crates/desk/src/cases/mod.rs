//! Cases (事案): the noun, its number and axes, how one is made, and the chain of what happened in it.

pub mod axes;
mod case;
mod entries;
mod number;
mod open;
mod roots;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use axes::{Axes, Backup, CareImpact, DataExit, Move, Path, Product, Spread};
pub use case::{Case, CaseId, Channel, Door, Phase, Role};
pub use entries::{Broken, Entry, EntryId, REPORTER, Recorded, entries, record, verify};
pub use number::{CaseNumber, NotANumber};
pub use open::{Circle, NewCase, Wrap, WrapKind, open_case, visit_wrap};
pub use roots::{Root, handlers, is_genuine, last as last_root, make_due as make_roots};
