//! What the whole portal agrees on, without I/O: ids, time, the fiscal year, languages, names, mail addresses.
//!
//! Nothing here reads a file, a database or the machine's clock, except [`Clock::now`].

mod clock;
mod clock_face;
mod days;
mod email;
mod id;
mod lang;
mod name;
mod size;
pub mod small_cells;
mod text;
mod time;
mod year;

pub use clock::Clock;
pub use clock_face::{minutes_of_day, time_of_day};
pub use days::{
    Day, Holidays, NotAHoliday, japanese_date, lasts_from, lasts_until, long_date, long_moment, long_month, parse_day, short_date,
    short_moment, short_month, weekday,
};
pub use email::{EmailAddress, NotAnAddress};
pub use lang::{Lang, NotALang};
pub use name::{Kana, NotAName, PersonKey, PersonName};
pub use size::size;
pub use text::{NotText, Text, fold, one_line};
pub use time::{NotATime, Span, Timestamp};
pub use uuid::Uuid;
pub use year::{FiscalYear, NotAYear};

#[doc(hidden)]
pub mod reexport {
    pub use serde;
    pub use uuid;
}
