use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

use crate::{Day, Lang};

/// A fiscal year (年度, April to March) of Reiwa: `R8` is 2026-04-01 to 2027-03-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FiscalYear(i16);

/// The text is no fiscal year of Reiwa such as `R8`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fiscal year such as R8")]
pub struct NotAYear;

impl FiscalYear {
    /// The fiscal year in which `day` lies.
    pub fn of(day: Day) -> Self {
        Self(if day.month() >= 4 { day.year() } else { day.year() - 1 })
    }

    /// The calendar year in which it begins: 2026 for R8.
    pub const fn begins_in(self) -> i16 {
        self.0
    }

    /// The number of its year in Reiwa: 8 for R8.
    pub const fn reiwa(self) -> i16 {
        self.0 - 2018
    }

    /// 1 April.
    pub fn first_day(self) -> Day {
        Day::constant(self.0, 4, 1)
    }

    /// 31 March of the next calendar year.
    pub fn last_day(self) -> Day {
        Day::constant(self.0 + 1, 3, 31)
    }

    /// Whether `day` lies in it.
    pub fn contains(self, day: Day) -> bool {
        Self::of(day) == self
    }

    /// The fiscal year `n` years later.
    #[must_use]
    pub const fn plus(self, n: i16) -> Self {
        Self(self.0 + n)
    }

    /// 令和8年度, or `FY2026` in English.
    pub fn label(self, lang: Lang) -> String {
        match (lang, self.reiwa()) {
            (Lang::Ja, 1) => "令和元年度".to_owned(),
            (Lang::Ja, n) => format!("令和{n}年度"),
            (Lang::En, _) => format!("FY{}", self.0),
        }
    }
}

impl FromStr for FiscalYear {
    type Err = NotAYear;

    fn from_str(text: &str) -> Result<Self, NotAYear> {
        let digits = text.strip_prefix('R').ok_or(NotAYear)?;
        if digits.starts_with('0') || digits.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAYear);
        }
        let number: i16 = digits.parse().map_err(|_| NotAYear)?;
        Ok(Self(2018 + number))
    }
}

impl TryFrom<String> for FiscalYear {
    type Error = NotAYear;
    fn try_from(text: String) -> Result<Self, NotAYear> {
        text.parse()
    }
}

impl From<FiscalYear> for String {
    fn from(year: FiscalYear) -> Self {
        year.to_string()
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "R{}", self.reiwa())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fiscal_year_runs_from_april_to_march() {
        let r8: FiscalYear = "R8".parse().unwrap();
        assert_eq!(r8.first_day(), Day::constant(2026, 4, 1));
        assert!(r8.contains(Day::constant(2027, 3, 31)));
        assert!(!r8.contains(Day::constant(2027, 4, 1)));
        assert_eq!(r8.label(Lang::Ja), "令和8年度");
        assert_eq!(r8.to_string(), "R8");
    }

    #[test]
    fn nothing_else_is_read_as_one() {
        for text in ["", "8", "R", "R08", "r8", "R-1", "R1234", "H30"] {
            assert_eq!(text.parse::<FiscalYear>(), Err(NotAYear), "{text}");
        }
    }
}
