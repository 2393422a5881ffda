//! A month that is reported, and everything that is known of it.

use db::{DbResult, FromColumn, Tx, Unreadable, Value};
use jiff::ToSpan;
use kernel::{Day, FiscalYear, Lang, Timestamp};
use std::fmt;
use std::pin::Pin;
use std::str::FromStr;

use super::store;
use crate::trainings::programme::Course;
use crate::trainings::session::Session;
use crate::trainings::store as trainings;

/// A month of the calendar, by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Day);

/// The text is no month such as 2026-11.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month such as 2026-11")]
pub struct NotAMonth;

impl Month {
    /// The month of a day.
    pub fn of(day: Day) -> Self {
        Self(day.first_of_month())
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// When it begins in Japan.
    pub fn from(self) -> Timestamp {
        Timestamp::in_japan(self.0, 0, 0)
    }

    /// When the next one does.
    pub fn until(self) -> Timestamp {
        Timestamp::in_japan(self.0.saturating_add(1.month()), 0, 0)
    }

    /// The fiscal year that it belongs to.
    pub fn year(self) -> FiscalYear {
        FiscalYear::of(self.0)
    }

    /// `11`, as numbers of reports have it.
    pub fn number(self) -> String {
        format!("{:02}", self.0.month())
    }

    /// 2026年11月
    pub fn label(self, lang: Lang) -> String {
        kernel::long_month(self.0, lang)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        if text.len() != 7 {
            return Err(NotAMonth);
        }
        format!("{text}-01").parse().map(Self).map_err(|_| NotAMonth)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m"))
    }
}

impl FromColumn for Month {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        value.parse()
    }
}

/// How many inquiries came and were closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inquiries {
    /// Came within the month.
    pub received: i64,
    /// Were closed within it.
    pub closed: i64,
}

/// Counts the inquiries between two instants. Inquiries belong to another wing, so the program says who to ask.
pub type Elsewhere = for<'t, 'c> fn(&'t mut Tx<'c>, Timestamp, Timestamp) -> Pin<Box<dyn Future<Output = DbResult<Inquiries>> + 't>>;

/// Everything that is known of a month when it has ended.
pub struct Known {
    pub month: Month,
    pub courses: Vec<Course>,
    pub sessions: Vec<Session>,
    pub applied: Vec<store::Applied>,
    pub kinds: Vec<(String, i64)>,
    pub prefectures: Vec<(String, i64)>,
    pub decided: Vec<store::Decided>,
    pub certified: Vec<store::Certified>,
    pub completed_before: i64,
    pub completed: i64,
    pub answered: Vec<(crate::trainings::session::SessionId, i64)>,
    pub said: Vec<store::Said>,
    pub mails: Vec<journal::outbox::OfKind>,
    pub inquiries: Inquiries,
}

/// Asks for everything that is known of a month; nothing where its fiscal year has no programme.
pub async fn known(tx: &mut Tx<'_>, month: Month, elsewhere: Elsewhere) -> DbResult<Option<Known>> {
    let (from, until) = (month.from(), month.until());
    let Some(programme) = trainings::programme(tx, month.year()).await? else { return Ok(None) };
    let (id, since) = (programme.id, Timestamp::in_japan(month.year().first_day(), 0, 0));
    let sum = |counts: Vec<(crate::trainings::session::SessionId, i64)>| counts.into_iter().map(|(_, n)| n).sum();
    Ok(Some(Known {
        month,
        courses: trainings::courses(tx, id).await?,
        sessions: trainings::sessions(tx, id).await?,
        applied: store::applied_until(tx, id, from, until).await?,
        kinds: store::kinds_until(tx, id, until).await?,
        prefectures: store::prefectures_until(tx, id, until).await?,
        decided: store::decided_until(tx, id, until).await?,
        certified: store::certified_until(tx, since, from, until).await?,
        completed_before: sum(store::completed_until(tx, id, from).await?),
        completed: sum(store::completed_until(tx, id, until).await?),
        answered: store::answered_until(tx, id, until).await?,
        said: store::said_of(tx, id, from, until).await?,
        mails: journal::outbox::between(tx, from, until).await?,
        inquiries: elsewhere(tx, from, until).await?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_knows_its_ends_and_its_year() {
        let march: Month = "2027-03".parse().unwrap();
        assert_eq!((march.to_string().as_str(), march.year().to_string().as_str()), ("2027-03", "R8"));
        assert_eq!(march.until().rfc3339(), "2027-04-01T00:00:00+09:00");
        assert_eq!(march.before().before().before().to_string(), "2026-12");
        assert_eq!(march.label(Lang::Ja), "2027年3月");
        for wrong in ["", "2026-13", "2026-1", "2026-11-01", "R8-11"] {
            assert_eq!(wrong.parse::<Month>(), Err(NotAMonth), "{wrong}");
        }
    }
}
