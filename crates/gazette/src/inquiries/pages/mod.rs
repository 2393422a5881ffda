//! Asking and answering: the form with its contacts, the receipt, and the staff's list and threads.

mod ask;
mod desk;
mod list;

pub use ask::{form, receipt, send};
pub use desk::{answer, close, note, reopen, show, take};
pub use list::list;

use kernel::{Lang, Timestamp};

/// 2026年11月22日（日）9:00
fn moment(at: Timestamp, lang: Lang) -> String {
    format!("{}{}{}", kernel::long_date(at.day(), lang), lang.pick("", ", "), at.clock_face())
}
