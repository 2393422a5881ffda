//! The questions that attendance asks the database. Nobody else reads or writes these tables.

mod attendees;
mod bulk;
mod decided;
mod files;
mod imports;
mod list;
mod marks;
mod objections;
mod people;
mod presence;
mod sessions;

pub use attendees::*;
pub use bulk::*;
pub use decided::*;
pub use files::*;
pub use imports::*;
pub use list::*;
pub use marks::*;
pub use objections::*;
pub use people::*;
pub use presence::*;
pub use sessions::*;

/// The condition that the person of the application `a` attended another session with the same contents, or watched its recording:
/// any date of an interchangeable course is enough.
macro_rules! attended_elsewhere {
    () => {
        "EXISTS (SELECT 1 FROM sessions own JOIN courses co ON co.id = own.course AND co.format = 'interchangeable' \
             JOIN sessions os ON os.course = co.id AND os.id <> own.id JOIN applications oa ON oa.session = os.id AND oa.person = a.person \
             WHERE own.id = a.session AND oa.cancelled_at IS NULL \
                 AND EXISTS (SELECT 1 FROM attendances oe WHERE oe.application = oa.id AND oe.verdict IN ('present', 'archive')))"
    };
}
pub(crate) use attended_elsewhere;
