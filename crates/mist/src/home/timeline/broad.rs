//! The picture with time from left to right: one lane for each course, a line for today.

use kernel::{Day, short_month};
use school::trainings::month_day;
use web::Words;

use super::spread::spread;
use super::{Px, Row, Spot, When, day_tone, month_and_year, shape, tone, width};

/// The broad picture, [`Broad::WIDTH`] wide.
pub struct Broad {
    /// How high it is.
    pub height: i32,
    /// Where the lanes end.
    pub bottom: i32,
    /// The months, as far as there is room for their words.
    pub months: Vec<Month>,
    /// The line of today with its word, if it lies within.
    pub today: Option<Today>,
    /// Where the past ends, if there is any.
    pub past: Option<Px>,
    /// The courses.
    pub lanes: Vec<Lane>,
}

/// The beginning of a month.
pub struct Month {
    /// Where it begins; `None` if that lies before the picture.
    pub rule: Option<Px>,
    /// Where its word begins.
    pub x: Px,
    /// 9月, with the year where that is new.
    pub word: String,
}

/// The line of today.
pub struct Today {
    /// Where it is.
    pub x: Px,
    /// Where its word is.
    pub word_x: Px,
    /// Where its flag begins.
    pub flag: Px,
    /// How wide its flag is.
    pub flag_width: Px,
    /// 今日 11/22
    pub word: String,
}

/// A course.
pub struct Lane {
    /// The middle of its marks.
    pub y: i32,
    /// Where the line below it is; `None` under the last.
    pub rule: Option<i32>,
    /// Its name, line by line, each with its height.
    pub name: Vec<(Px, String)>,
    /// Its sessions.
    pub marks: Vec<Mark>,
}

/// A session.
pub struct Mark {
    /// Its middle.
    pub x: Px,
    /// Where a mark that is wide begins.
    pub left: Px,
    /// How wide a mark that is wide is.
    pub width: Px,
    /// Its shape.
    pub shape: &'static str,
    /// 16, or 下旬.
    pub day: String,
    /// How the day is set.
    pub day_tone: &'static str,
    /// 受付中
    pub word: String,
    /// How the word is set.
    pub tone: &'static str,
    /// The middle of the word.
    pub word_x: Px,
    /// The height of the word.
    pub word_y: i32,
}

/// Where the names end and time begins.
const LEFT: f64 = 120.0;
const RIGHT: f64 = 1064.0;
const TOP: i32 = 34;
const LANE: i32 = 88;
const FLAG: i32 = 24;
/// The least room of a mark.
const MARK: f64 = 17.0;
/// How far a word may move from its mark before it goes to a line of its own.
const DRIFT_MAX: f64 = 14.0;
const WORD_LINE: i32 = 15;
/// Days before the first and after the last session.
const MARGIN_DAYS: i64 = 8;
/// So many days before the first session today is shown already.
const AHEAD_DAYS: i32 = 45;

impl Broad {
    /// How wide it is.
    pub const WIDTH: i32 = 1072;

    pub(super) fn of(rows: &[Row], today: Day, w: Words) -> Self {
        let axis = Axis::of(rows, today);
        let mut y = TOP + 20;
        let last = rows.len().saturating_sub(1);
        let lanes: Vec<Lane> = rows.iter().enumerate().map(|(index, row)| lane(row, &axis, index == last, &mut y)).collect();
        let bottom = y + 4;
        let today = axis.contains(today).then(|| Today::of(axis.x(today), w.one("timeline-today", "day", &month_day(today, w.lang))));
        let past = match &today {
            Some(today) => Some(today.x),
            None => axis.is_past.then_some(Px(RIGHT)),
        };
        Self { height: bottom + if today.is_some() { FLAG + 4 } else { 4 }, bottom, months: axis.months(w), today, past, lanes }
    }
}

impl Today {
    fn of(x: f64, word: String) -> Self {
        let flag_width = width(&word, 13.0) + 20.0;
        let word_x = x.clamp(flag_width / 2.0, f64::from(Broad::WIDTH) - flag_width / 2.0);
        Self { x: Px(x), word_x: Px(word_x), flag: Px(word_x - flag_width / 2.0), flag_width: Px(flag_width), word }
    }
}

/// From days to places.
struct Axis {
    first: Day,
    last: Day,
    is_past: bool,
}

impl Axis {
    fn of(rows: &[Row], today: Day) -> Self {
        let ends = || rows.iter().flat_map(|row| &row.spots).filter_map(|spot| spot.when.ends());
        let begins = ends().map(|(begins, _)| begins).min().unwrap_or(today);
        let over = ends().map(|(_, over)| over).max().unwrap_or(today);
        let margin = jiff::Span::new().days(MARGIN_DAYS);
        let first = begins.saturating_sub(margin);
        let is_soon = today < first && days(today, first) < AHEAD_DAYS;
        Self { first: if is_soon { today.saturating_sub(margin) } else { first }, last: over.saturating_add(margin), is_past: today > over }
    }

    fn x(&self, day: Day) -> f64 {
        LEFT + (RIGHT - LEFT) * f64::from(days(self.first, day)) / f64::from(days(self.first, self.last))
    }

    fn contains(&self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// The beginnings of months; the first one counts from the left edge. Words that would run into the next are left out.
    fn months(&self, w: Words) -> Vec<Month> {
        let begins: Vec<Day> = std::iter::successors(Some(self.first.first_of_month()), |month| month.last_of_month().tomorrow().ok())
            .take_while(|month| *month <= self.last)
            .collect();
        let mut year = None;
        let mut months = Vec::new();
        for (index, begin) in begins.iter().enumerate() {
            let is_inside = *begin >= self.first;
            let x = if is_inside { self.x(*begin) + 6.0 } else { LEFT + 12.0 };
            let room = begins.get(index + 1).map_or(f64::from(Broad::WIDTH), |next| self.x(*next)) - x;
            let long = month_and_year(*begin, w.lang);
            let is_new_year = year != Some(begin.year());
            let word = if is_new_year && width(&long, 14.0) < room { long } else { short_month(*begin, w.lang) };
            let fits = width(&word, 14.0) < room;
            if fits && is_new_year {
                year = Some(begin.year());
            }
            if fits || is_inside {
                months.push(Month { rule: is_inside.then(|| Px(self.x(*begin))), x: Px(x), word: if fits { word } else { String::new() } });
            }
        }
        months
    }
}

fn days(from: Day, to: Day) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// Draws a lane whose top is at `y`, and moves `y` to its bottom.
fn lane(row: &Row, axis: &Axis, is_last: bool, y: &mut i32) -> Lane {
    let middle = *y + 44;
    let mut spots: Vec<(&Spot, f64, f64)> = row.spots.iter().map(|spot| place(spot, axis)).collect();
    spots.sort_by(|a, b| a.1.total_cmp(&b.1));
    let wanted: Vec<f64> = spots.iter().map(|spot| spot.1).collect();
    let widths: Vec<f64> = spots.iter().map(|(spot, _, wide)| wide.max(MARK).max(width(&spot.day, 14.0))).collect();
    let columns = spread(&wanted, &widths, 2.0, (LEFT + 4.0, RIGHT));
    let words: Vec<f64> = spots.iter().map(|(spot, ..)| width(&spot.word, 12.0)).collect();
    let (word_xs, lines) = word_lines(&columns, &words);
    let marks = spots
        .iter()
        .enumerate()
        .map(|(index, (spot, _, wide))| Mark {
            x: Px(columns[index]),
            left: Px(columns[index] - wide / 2.0),
            width: Px(*wide),
            shape: shape(spot.state),
            day: spot.day.clone(),
            day_tone: day_tone(spot.state),
            word: spot.word.clone(),
            tone: tone(spot.state),
            word_x: Px(word_xs[index]),
            word_y: middle + 27 + WORD_LINE * i32::try_from(index % lines).unwrap_or(0),
        })
        .collect();
    *y += LANE + WORD_LINE * i32::try_from(lines - 1).unwrap_or(0);
    Lane { y: middle, rule: (!is_last).then_some(*y + 2), name: name_lines(&row.name, middle), marks }
}

/// Where a session wants to be, and how wide it is.
fn place<'a>(spot: &'a Spot, axis: &Axis) -> (&'a Spot, f64, f64) {
    match spot.when {
        When::On(day) => (spot, axis.x(day), 16.0),
        When::Between(start, end) => (spot, f64::midpoint(axis.x(start), axis.x(end)), (axis.x(end) - axis.x(start)).max(24.0)),
        When::Unsaid => (spot, RIGHT, 24.0),
    }
}

/// The middles of the words: on one line if each stays near its mark, else by turns on as many lines as that takes, three at most.
fn word_lines(columns: &[f64], words: &[f64]) -> (Vec<f64>, usize) {
    let on = |lines: usize| {
        let mut xs = vec![0.0; columns.len()];
        for line in 0..lines {
            let own: Vec<usize> = (line..columns.len()).step_by(lines).collect();
            let wanted: Vec<f64> = own.iter().map(|index| columns[*index]).collect();
            let widths: Vec<f64> = own.iter().map(|index| words[*index]).collect();
            for (index, x) in own.into_iter().zip(spread(&wanted, &widths, 4.0, (LEFT, f64::from(Broad::WIDTH)))) {
                xs[index] = x;
            }
        }
        xs
    };
    let is_near = |xs: &[f64]| xs.iter().zip(columns).all(|(x, column)| (x - column).abs() <= DRIFT_MAX);
    (1..3).map(|lines| (on(lines), lines)).find(|(xs, _)| is_near(xs)).unwrap_or_else(|| (on(3), 3))
}

/// A name broken between its parts, in lines that end before time begins, around the middle of the lane.
fn name_lines(name: &str, middle: i32) -> Vec<(Px, String)> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts(name) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line}{part}"), 14.5) < LEFT - 8.0 => line.push_str(&part),
            _ => lines.push(part),
        }
    }
    let first = f64::from(middle) + 5.0 - 9.5 * f64::from(i32::try_from(lines.len()).unwrap_or(1) - 1);
    lines.into_iter().enumerate().map(|(index, line)| (Px(first + 19.0 * f64::from(u32::try_from(index).unwrap_or(0))), line)).collect()
}

/// Where a name may be broken: after ・ and blanks, and where katakana ends.
fn parts(name: &str) -> Vec<String> {
    let is_katakana = |c: char| ('ァ'..='ヺ').contains(&c) || c == 'ー';
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let is_new = before == '・' || before == ' ' || (is_katakana(before) && !is_katakana(c) && c != '・');
        match parts.last_mut() {
            Some(part) if !is_new || part.is_empty() => part.push(c),
            _ => parts.push(c.to_string()),
        }
        before = c;
    }
    parts
}
