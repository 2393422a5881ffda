use kernel::{Day, FiscalYear, Lang, weekday};

/// Something in a source that does not agree with the calendar or with itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anomaly {
    /// The row, such as `r5-executive-5`.
    pub row: String,
    /// What does not agree.
    pub kind: Kind,
    /// The words of the file's editors, where they had noticed it.
    pub noted: String,
}

/// What does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The printed text names another year than the day that was read from it.
    PrintedYear {
        /// The year that is printed.
        printed: i16,
        /// The year that is meant.
        meant: i16,
    },
    /// The printed weekday is not that of the day.
    Weekday {
        /// The weekday that is printed.
        printed: String,
        /// The weekday of the day.
        real: &'static str,
    },
    /// The day lies outside the fiscal year.
    FiscalYear {
        /// The day.
        day: Day,
    },
    /// Something else that the file's editors noted.
    Noted,
}

/// Compares a row's printed text with the day that was read from it.
pub fn check(row: &str, raw: &str, day: Option<Day>, weekday_printed: Option<&str>, year: FiscalYear, noted: &str) -> Vec<Anomaly> {
    let anomaly = |kind| Anomaly { row: row.to_owned(), kind, noted: noted.to_owned() };
    let mut found = Vec::new();
    if let Some(day) = day {
        if let Some(printed) = printed_year(raw).filter(|printed| *printed != day.year()) {
            found.push(anomaly(Kind::PrintedYear { printed, meant: day.year() }));
        }
        let real = weekday(day, Lang::Ja);
        if let Some(printed) = weekday_printed.filter(|printed| *printed != real) {
            found.push(anomaly(Kind::Weekday { printed: printed.to_owned(), real }));
        }
        if !year.contains(day) {
            found.push(anomaly(Kind::FiscalYear { day }));
        }
    }
    if found.is_empty() && !noted.is_empty() {
        found.push(anomaly(Kind::Noted));
    }
    found
}

/// The year in front of 年 in a printed date, if one is printed.
pub fn printed_year(raw: &str) -> Option<i16> {
    let (before, _) = raw.split_once('年')?;
    let digits: String = before.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    digits.parse().ok().filter(|year| *year > 1900)
}

#[cfg(test)]
mod tests {
    use super::*;

    const R5: fn() -> FiscalYear = || "R5".parse().unwrap();

    #[test]
    fn the_printed_wrong_year_is_named() {
        let day = Day::constant(2024, 2, 6);
        let found = check("r5-executive-5", "2023年02月06日（火）16時～17時", Some(day), Some("火"), R5(), "");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind, Kind::PrintedYear { printed: 2023, meant: 2024 });
    }

    #[test]
    fn a_wrong_weekday_and_a_day_outside_the_year_are_named() {
        let found = check("x", "2023年9月13日（木）", Some(Day::constant(2023, 9, 13)), Some("木"), "R6".parse().unwrap(), "");
        assert!(matches!(found[0].kind, Kind::Weekday { .. }) && matches!(found[1].kind, Kind::FiscalYear { .. }), "{found:?}");
    }

    #[test]
    fn what_agrees_is_not_reported() {
        assert!(check("x", "2023年9月13日（水）16時～18時", Some(Day::constant(2023, 9, 13)), Some("水"), R5(), "").is_empty());
        assert!(check("x", "1月24日", Some(Day::constant(2024, 1, 24)), Some("水"), R5(), "").is_empty());
    }
}
