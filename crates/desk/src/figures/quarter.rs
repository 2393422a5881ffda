use kernel::{Day, FiscalYear, Lang, Timestamp};

/// A quarter of a fiscal year, in Japan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    /// 1 for January to March.
    of_year: i8,
}

impl Quarter {
    /// In which a day lies.
    pub fn of(day: Day) -> Self {
        Self { year: day.year(), of_year: (day.month() - 1) / 3 + 1 }
    }

    /// The one before.
    #[must_use]
    pub const fn before(self) -> Self {
        match self.of_year {
            1 => Self { year: self.year - 1, of_year: 4 },
            n => Self { year: self.year, of_year: n - 1 },
        }
    }

    /// The last `count` that are over at this moment, the oldest first.
    pub fn over(now: Timestamp, count: usize) -> Vec<Self> {
        let last = Self::of(now.day()).before();
        let mut quarters: Vec<Self> = std::iter::successors(Some(last), |quarter| Some(quarter.before())).take(count).collect();
        quarters.reverse();
        quarters
    }

    /// Its first day.
    pub const fn first_day(self) -> Day {
        Day::constant(self.year, self.first_month(), 1)
    }

    /// Its first month: 4 for April to June.
    pub const fn first_month(self) -> i8 {
        self.of_year * 3 - 2
    }

    /// When it begins.
    pub fn begins(self) -> Timestamp {
        Timestamp::in_japan(self.first_day(), 0, 0)
    }

    /// 令和8年度 4～6月
    pub fn label(self, lang: Lang) -> String {
        let (year, first) = (FiscalYear::of(self.first_day()).label(lang), self.first_month());
        match lang {
            Lang::Ja => format!("{year} {first}～{}月", first + 2),
            Lang::En => {
                let months = ["January to March", "April to June", "July to September", "October to December"];
                let of_year = usize::try_from(self.of_year).unwrap_or(1).clamp(1, months.len());
                format!("{} {}", months[of_year - 1], self.year)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_quarters_that_are_over_are_counted() {
        let at = |moment: &str| moment.parse::<Timestamp>().unwrap();
        let labels = |now: &str| Quarter::over(at(now), 3).into_iter().map(|quarter| quarter.label(Lang::Ja)).collect::<Vec<_>>();
        assert_eq!(labels("2026-11-22T09:00+09:00"), ["令和7年度 1～3月", "令和8年度 4～6月", "令和8年度 7～9月"]);
        assert_eq!(labels("2027-01-01T00:00+09:00"), ["令和8年度 4～6月", "令和8年度 7～9月", "令和8年度 10～12月"]);
        assert_eq!(Quarter::of(at("2026-03-31T23:59+09:00").day()).begins(), at("2026-01-01T00:00+09:00"));
    }
}
