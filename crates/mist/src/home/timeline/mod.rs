//! A programme as one picture: every session a mark with its word. A broad one with time from left to right, and a slim one
//! for phones with months from top to bottom. Shapes and places only; the style sheet gives the colours.

mod broad;
mod slim;
mod spread;
#[cfg(test)]
mod tests;

use kernel::{Day, Lang};
use school::trainings::session::{Session, State};
use school::trainings::{CourseView, Viewer, YearView, month_day};
use std::fmt;
use web::Words;

use broad::Broad;
use slim::Slim;

/// The two pictures of a programme, with what they say to those who do not see them.
pub struct Timeline {
    /// 令和8年度の日程
    pub title: String,
    /// How many sessions, what day it is, how many can be applied for, where the same stands as a table.
    pub text: String,
    /// With time from left to right.
    pub broad: Broad,
    /// With months from top to bottom.
    pub slim: Slim,
}

/// A course, as both pictures draw it.
struct Row {
    /// 初学者・医療従事者向け
    name: String,
    /// 初学者
    brief: String,
    spots: Vec<Spot>,
}

/// A session, as both pictures draw it.
struct Spot {
    when: When,
    state: State,
    /// What it says beside its day: the figure, or 下旬.
    day: String,
    /// 受付終了
    word: String,
    /// 締切: where there is room for little.
    brief: String,
}

/// When a session takes place, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    On(Day),
    Between(Day, Day),
    Unsaid,
}

/// A place in a picture, written with at most one decimal.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Px(f64);

impl Timeline {
    /// Draws the programme; `None` if it has no session.
    pub fn of(viewer: Viewer, year: &YearView) -> Option<Self> {
        let (w, today) = (viewer.w, viewer.now.day());
        let rows: Vec<Row> = year.courses.iter().map(|course| row(w, course)).collect();
        if rows.iter().all(|row| row.spots.is_empty()) {
            return None;
        }
        let open = rows.iter().flat_map(|row| &row.spots).filter(|spot| spot.state == State::Open).count();
        let values = [("n", &*year.sessions.to_string()), ("day", &*month_day(today, w.lang)), ("open", &*open.to_string())];
        Some(Self {
            title: w.one("timeline-title", "year", &year.label),
            text: w.with("timeline-text", &values),
            broad: Broad::of(&rows, today, w),
            slim: Slim::of(&rows, w),
        })
    }
}

fn row(w: Words, course: &CourseView) -> Row {
    Row {
        name: course.tab.clone(),
        brief: w.t(&format!("timeline-course-{}", course.audience.slug())),
        spots: course.sessions.iter().zip(&course.rows).map(|(session, row)| spot(w, session, row.state)).collect(),
    }
}

fn spot(w: Words, session: &Session, state: State) -> Spot {
    let when = match (session.day, session.window_start, session.window_end) {
        (Some(day), ..) => When::On(day),
        (None, Some(start), Some(end)) => When::Between(start, end),
        _ => When::Unsaid,
    };
    let day = match when {
        When::On(day) => day.day().to_string(),
        When::Between(start, end) => w.t(third(start, end)),
        When::Unsaid => w.t("timeline-day-unsaid"),
    };
    let id = state.id().replace('_', "-");
    Spot { when, state, day, word: w.t(&format!("timeline-word-{id}")), brief: w.t(&format!("timeline-brief-{id}")) }
}

/// The key of 上旬, 中旬, 下旬; a window that fits into no third of a month has none of these.
fn third(start: Day, end: Day) -> &'static str {
    match (start.day(), end.day()) {
        _ if start.first_of_month() != end.first_of_month() => "timeline-day-unsaid",
        (1..=10, 1..=10) => "timeline-day-early",
        (11..=20, 11..=20) => "timeline-day-middle",
        (21.., 21..) => "timeline-day-late",
        _ => "timeline-day-unsaid",
    }
}

impl When {
    /// The first and the last day on which it can be.
    fn ends(self) -> Option<(Day, Day)> {
        match self {
            Self::On(day) => Some((day, day)),
            Self::Between(start, end) => Some((start, end)),
            Self::Unsaid => None,
        }
    }
}

/// The shape of a mark, named as in `marks.html`.
const fn shape(state: State) -> &'static str {
    match state {
        State::BeingArranged => "arranging",
        State::Scheduled => "later",
        State::Open | State::Running => "open",
        State::Full => "full",
        State::Closed => "closed",
        State::Ended | State::Archived => "ended",
        State::Cancelled => "cancelled",
    }
}

/// How the style sheet sets the word of a mark.
const fn tone(state: State) -> &'static str {
    match state {
        State::Open | State::Running => "blue",
        State::Cancelled => "alarm",
        _ => "faint",
    }
}

/// How the style sheet sets the day of a mark: what is over steps back.
const fn day_tone(state: State) -> &'static str {
    if matches!(state, State::Ended | State::Archived) { "faint" } else { "strong" }
}

/// 2026年9月, `Sep 2026`.
fn month_and_year(month: Day, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}年{}月", month.year(), month.month()),
        Lang::En => month.strftime("%b %Y").to_string(),
    }
}

/// How wide a text is at a size: full-width characters are square, others a little more than half as wide.
fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c < '\u{2E80}' { 0.58 } else { 1.0 }).sum::<f64>() * size
}

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = (self.0 * 10.0).round() / 10.0;
        if rounded.fract() == 0.0 { write!(f, "{rounded:.0}") } else { write!(f, "{rounded:.1}") }
    }
}
