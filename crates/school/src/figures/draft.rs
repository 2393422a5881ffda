//! The report of a month before it is issued.

use db::{DbResult, Tx};
use intake::export::{NotWritten, book};
use kernel::{Day, Lang};
use web::Words;

use super::month::{Elsewhere, Month, known};
use super::report::number;
use super::sheets::sheets;
use super::store;
use super::table::Table;

/// What would be issued.
pub struct Draft {
    /// The month.
    pub month: Month,
    /// 1, or one more than the last that there is.
    pub edition: i64,
    /// What would stand in it.
    pub sheets: Vec<Table>,
    /// Whether the same stands in the report that there is.
    pub is_same: bool,
}

impl Draft {
    /// Counts a month; nothing where its fiscal year has no programme.
    pub async fn of(tx: &mut Tx<'_>, month: Month, elsewhere: Elsewhere) -> DbResult<Option<Self>> {
        let Some(known) = known(tx, month, elsewhere).await? else { return Ok(None) };
        let (edition, sheets) = (store::editions(tx, month).await? + 1, sheets(&known));
        let is_same = match store::last_of(tx, month).await? {
            Some(last) => store::report(tx, last.id).await?.is_some_and(|report| report.sheets == sheets),
            None => false,
        };
        Ok(Some(Self { month, edition, sheets, is_same }))
    }

    /// Its number.
    pub fn number(&self) -> String {
        number(self.month, self.edition)
    }

    /// The file, issued on that day; number and day stand above the first sheet.
    pub fn file(&self, day: Day) -> Result<Vec<u8>, NotWritten> {
        let w = Words::of(Lang::Ja);
        let facts = [("number", self.number()), ("month", self.month.label(w.lang)), ("day", kernel::long_date(day, w.lang))];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (note, hidden) = (w.with("reports-note", &facts), w.t("figures-hidden"));
        let leaves: Vec<_> = self.sheets.iter().enumerate().map(|(n, sheet)| sheet.sheet(if n == 0 { &note } else { &hidden })).collect();
        book(&leaves)
    }
}
