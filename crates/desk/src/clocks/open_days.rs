//! 開庁日: Saturdays, Sundays, holidays and 29 December to 3 January are none (行政機関の休日に関する法律).

use kernel::{Day, Holidays};
use std::sync::LazyLock;

/// The holidays of `data/holidays.csv`.
fn holidays() -> &'static Holidays {
    static HOLIDAYS: LazyLock<Holidays> = LazyLock::new(|| web::holidays().expect("the program does not start before they can be read"));
    &HOLIDAYS
}

/// Whether offices are open on this day.
pub fn is_open(day: Day) -> bool {
    let is_weekend = day.weekday().to_monday_zero_offset() >= 5;
    let is_new_year = matches!((day.month(), day.day()), (12, 29..=31) | (1, 1..=3));
    !is_weekend && !is_new_year && holidays().name_of(day).is_none()
}

/// This day if offices are open, else the next on which they are.
pub fn or_next(day: Day) -> Day {
    let mut open = day;
    while !is_open(open) {
        let Ok(next) = open.tomorrow() else { return day };
        open = next;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_that_ends_on_a_holiday_ends_on_the_next_open_day() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (ends, becomes) in [
            ("2026-11-20", "2026-11-20"),
            ("2026-11-21", "2026-11-24"), // Saturday, Sunday, 勤労感謝の日
            ("2026-12-29", "2027-01-04"),
            ("2027-01-02", "2027-01-04"),
            ("2026-05-02", "2026-05-07"), // a weekend and three holidays with the one in lieu
        ] {
            assert_eq!(or_next(day(ends)), day(becomes), "{ends}");
        }
    }
}
