//! Asking and answering: the form with its contacts, the receipt, and the staff's list and threads.

mod ask;
mod desk;
mod list;

pub use ask::{form, receipt, send};
pub use desk::{answer, close, note, reopen, show, take};
pub use list::list;

use kernel::long_moment as moment;
