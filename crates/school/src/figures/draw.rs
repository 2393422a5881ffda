//! Pictures of figures, as numbers for a template: the curve of applications, and bars.

use kernel::Day;
use std::collections::BTreeMap;
use web::Words;

use super::table::{Cell, Table};
use super::tables::Span;

/// The field of the curve, within a picture of 640 by 240.
const LEFT: f64 = 48.0;
const RIGHT: f64 = 560.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 200.0;

/// How long a whole bar is.
const WIDE: f64 = 560.0;

/// How high a bar stands with its words.
const STEP: usize = 40;

/// How many applications there were at the end of each day.
pub struct Curve {
    /// `x,y x,y …`
    pub points: String,
    /// The same, closed below.
    pub area: String,
    /// Where lines across stand, and what they say.
    pub ticks: Vec<(String, i64)>,
    /// The first and the last day.
    pub from: String,
    pub until: String,
    /// The end of the curve: where, and how many.
    pub end: (String, String, i64),
    /// The picture in words.
    pub words: String,
}

impl Curve {
    /// The curve of what came by the day, or by longer stretches where single days are not told; nothing before anybody applied.
    pub fn of(w: Words, applied: &BTreeMap<Day, i64>, spans: &[Span], is_open: bool) -> Option<Self> {
        let steps: Vec<(Day, i64)> = if is_open {
            applied.iter().map(|(day, n)| (*day, *n)).collect()
        } else {
            spans.iter().map(|span| (span.last, span.came)).collect()
        };
        let total: i64 = steps.iter().map(|(_, n)| n).sum();
        let (first, last) = (if is_open { steps.first()?.0 } else { spans.first()?.first }, steps.last()?.0);
        if total <= 0 || (!is_open && total < super::FEWEST) {
            return None;
        }
        let start = first.checked_sub(jiff::Span::new().days(1)).unwrap_or(first);
        let days = |day: Day| start.until(day).map_or(0, |span| span.get_days());
        let (length, top) = (f64::from(days(last).max(1)), round_up(total));
        let x = |day: Day| LEFT + f64::from(days(day)) / length * (RIGHT - LEFT);
        let y = |n: i64| BOTTOM - share(n, top) * (BOTTOM - TOP);
        let mut so_far = 0;
        let mut points = vec![format!("{:.1},{:.1}", LEFT, BOTTOM)];
        for (day, n) in &steps {
            // Nothing comes in between: the curve stays level until the day.
            let before = day.checked_sub(jiff::Span::new().days(1)).unwrap_or(*day);
            if is_open && so_far > 0 {
                points.push(format!("{:.1},{:.1}", x(before), y(so_far)));
            }
            so_far += n;
            points.push(format!("{:.1},{:.1}", x(*day), y(so_far)));
        }
        let points = points.join(" ");
        let day = |day: Day| kernel::short_date(day, w.lang);
        Some(Self {
            area: format!("{points} {RIGHT:.1},{BOTTOM:.1} {LEFT:.1},{BOTTOM:.1}"),
            points,
            ticks: [0, top / 2, top].into_iter().map(|n| (format!("{:.1}", y(n)), n)).collect(),
            from: day(first),
            until: day(last),
            end: (format!("{:.1}", x(last) + 8.0), format!("{:.1}", y(total) + 5.0), total),
            words: w.with("figures-curve-words", &[("from", &day(first)), ("until", &day(last)), ("n", &total.to_string())]),
        })
    }
}

/// A number that halves well and is not below `n`: 2, 4, 10, 20, 40, 100 …
fn round_up(n: i64) -> i64 {
    let mut unit = 1;
    loop {
        for step in [2, 4, 6, 8, 10] {
            if step * unit >= n {
                return step * unit;
            }
        }
        unit *= 10;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a picture need not be exact beyond 2^52 people")]
fn share(n: i64, of: i64) -> f64 {
    n as f64 / of.max(1) as f64
}

/// A bar of a picture.
pub struct Bar {
    /// The word above it.
    pub word: String,
    /// Where the word stands, and where the bar does.
    pub base: usize,
    pub top: usize,
    /// How long it is.
    pub width: String,
    /// The number, or that it is hidden.
    pub shown: String,
}

/// A row of a table for each bar, the longest first if they have no order of their own.
pub struct Bars {
    /// The bars.
    pub all: Vec<Bar>,
    /// How high the picture is.
    pub height: usize,
    /// The picture in words.
    pub words: String,
}

impl Bars {
    /// The bars of a list, at most so many.
    pub fn of(w: Words, table: &Table, most: usize, is_sorted: bool) -> Self {
        let mut rows: Vec<&Vec<Cell>> = table.rows.iter().collect();
        if is_sorted {
            rows.sort_by_key(|row| std::cmp::Reverse(row[1].number()));
        }
        rows.truncate(most);
        let longest = rows.iter().map(|row| row[1].number()).max().unwrap_or(0);
        let bars: Vec<Bar> = rows
            .iter()
            .enumerate()
            .map(|(n, row)| Bar {
                word: row[0].shown(),
                base: n * STEP + 16,
                top: n * STEP + 23,
                width: format!("{:.1}", share(row[1].number(), longest) * WIDE),
                shown: row[1].shown(),
            })
            .collect();
        let said: Vec<String> = bars.iter().map(|bar| format!("{} {}", bar.word, bar.shown)).collect();
        Self { height: bars.len() * STEP, words: said.join(w.lang.pick("、", ", ")), all: bars }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_halves_well() {
        for (n, top) in [(1, 2), (2, 2), (3, 4), (5, 6), (9, 10), (11, 20), (61, 80), (101, 200), (2_001, 4_000)] {
            assert_eq!(round_up(n), top);
        }
    }
}
