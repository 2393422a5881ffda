//! The picture for phones: months from top to bottom, a column for each course.

use kernel::{Day, short_month};
use web::Words;

use super::{Px, Row, Spot, When, day_tone, shape, tone, width};

/// The slim picture, [`Slim::WIDTH`] wide.
pub struct Slim {
    /// How high it is.
    pub height: i32,
    /// The courses, each where its column begins.
    pub heads: Vec<(Px, String)>,
    /// The months in which something takes place.
    pub months: Vec<Month>,
}

/// A month.
pub struct Month {
    /// The line above it.
    pub rule: i32,
    /// The height of its word.
    pub y: i32,
    /// 9月
    pub word: String,
    /// Its sessions.
    pub marks: Vec<Mark>,
}

/// A session.
pub struct Mark {
    /// The middle of its shape.
    pub x: Px,
    /// The middle of its shape.
    pub y: i32,
    /// Its shape.
    pub shape: &'static str,
    /// 16, or 下旬.
    pub day: String,
    /// How the day is set.
    pub day_tone: &'static str,
    /// Where the day begins.
    pub day_x: Px,
    /// 受付中
    pub word: String,
    /// How the word is set.
    pub tone: &'static str,
    /// Where the word begins.
    pub word_x: Px,
}

const LEFT: f64 = 34.0;
const HEAD: i32 = 30;
const LINE: i32 = 28;

impl Slim {
    /// How wide it is.
    pub const WIDTH: i32 = 366;

    pub(super) fn of(rows: &[Row], w: Words) -> Self {
        let column = (f64::from(Self::WIDTH) - LEFT) / f64::from(u32::try_from(rows.len()).unwrap_or(1).max(1));
        let left = |index: usize| LEFT + column * f64::from(u32::try_from(index).unwrap_or(0));
        let mut rule = HEAD;
        let mut months = Vec::new();
        for month in months_of(rows) {
            let mut marks = Vec::new();
            let mut lines = 1;
            for (index, row) in rows.iter().enumerate() {
                let mut own: Vec<&Spot> = row.spots.iter().filter(|spot| month_of(spot) == month).collect();
                own.sort_by_key(|spot| spot.when.ends());
                lines = lines.max(own.len());
                marks
                    .extend((rule + 20..).step_by(usize::try_from(LINE).unwrap_or(1)).zip(own).map(|(y, spot)| mark(spot, left(index), y)));
            }
            let word = month.map_or_else(String::new, |month| short_month(month, w.lang));
            months.push(Month { rule, y: rule + 25, word, marks });
            rule += 16 + LINE * i32::try_from(lines).unwrap_or(1);
        }
        Self { height: rule, heads: rows.iter().enumerate().map(|(index, row)| (Px(left(index)), row.brief.clone())).collect(), months }
    }
}

/// The months in which something takes place; last, as `None`, what has no month yet.
fn months_of(rows: &[Row]) -> Vec<Option<Day>> {
    let mut months: Vec<Option<Day>> = rows.iter().flat_map(|row| &row.spots).map(month_of).collect();
    months.sort_by_key(|month| (month.is_none(), *month));
    months.dedup();
    months
}

fn month_of(spot: &Spot) -> Option<Day> {
    spot.when.ends().map(|(begins, _)| begins.first_of_month())
}

fn mark(spot: &Spot, left: f64, y: i32) -> Mark {
    let day_x = left + 18.0;
    let word_x = match spot.when {
        When::On(_) => left + 37.0,
        When::Between(..) | When::Unsaid => day_x + width(&spot.day, 14.0) + 2.0,
    };
    Mark {
        x: Px(left + 7.0),
        y,
        shape: shape(spot.state),
        day: spot.day.clone(),
        day_tone: day_tone(spot.state),
        day_x: Px(day_x),
        word: spot.brief.clone(),
        tone: tone(spot.state),
        word_x: Px(word_x),
    }
}
