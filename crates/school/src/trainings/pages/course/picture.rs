//! The picture of a course: each session's window as a bar, its deadline as a cut, its day as a mark, the recordings in green.

use kernel::{Day, Timestamp};

use crate::trainings::session::{self, Session, State};
use crate::trainings::shown::CourseView;
use crate::trainings::view::{Viewer, month_day};

/// The picture as shapes in a box of 880 by [`Picture::height`].
pub struct Picture {
    pub height: i64,
    pub months: Vec<Tick>,
    pub lanes: Vec<Lane>,
    pub today: Option<Tick>,
    pub archive: Option<Archive>,
}

/// Something at a place on the time axis, with a word.
pub struct Tick {
    pub x: f64,
    pub word: String,
}

/// One session.
pub struct Lane {
    pub y: i64,
    pub nth: String,
    pub day: String,
    pub window: Option<(f64, f64)>,
    pub is_past: bool,
    pub mark: f64,
    pub mark_width: f64,
    pub state: State,
    pub word: String,
    pub word_x: f64,
    pub word_anchor: &'static str,
}

/// When the recordings are expected.
pub struct Archive {
    pub y: i64,
    pub x: f64,
    pub width: f64,
    pub day: String,
    pub word: String,
}

const LEFT: f64 = 150.0;
const RIGHT: f64 = 860.0;
const LANE: i64 = 38;

impl Picture {
    /// Draws the course; empty if nothing has a day.
    pub fn of(viewer: Viewer, course: &CourseView, archive: Option<Day>) -> Self {
        let days: Vec<Day> = course.sessions.iter().filter_map(Session::last_possible_day).collect();
        let opens: Vec<Day> = course.sessions.iter().filter_map(|session| session.opens_at.map(Timestamp::day)).collect();
        let (Some(first), Some(last)) = (days.iter().chain(&opens).min().copied(), days.iter().chain(&archive).max().copied()) else {
            return Self { height: 0, months: Vec::new(), lanes: Vec::new(), today: None, archive: None };
        };
        let axis = Axis { first: first.first_of_month(), last: last.last_of_month() };
        let lanes: Vec<Lane> =
            course.sessions.iter().enumerate().map(|(index, session)| lane(viewer, course.archive, session, index, &axis)).collect();
        let rows = i64::try_from(lanes.len()).unwrap_or(0);
        let lang = viewer.w.lang;
        let today = viewer.now.day();
        Self {
            height: 26 + LANE * (rows + i64::from(archive.is_some())) + 40,
            months: axis.months().map(|month| Tick { x: axis.x(month), word: month_word(month, lang) }).collect(),
            today: (today >= axis.first && today <= axis.last).then(|| Tick {
                x: axis.x(today),
                word: viewer.w.one("chart-today", "day", &format!("{}/{}", today.month(), today.day())),
            }),
            archive: archive.map(|day| {
                let has_opened = course.archive.is_some_and(|(opens, _)| viewer.now >= opens);
                let word = viewer.w.t(if has_opened { "course-archive-opened" } else { "course-archive-expected" });
                let x = axis.x(day).min(RIGHT - 60.0);
                Archive { y: 53 + LANE * rows, x, width: RIGHT - x, day: month_day(day, lang), word }
            }),
            lanes,
        }
    }
}

struct Axis {
    first: Day,
    last: Day,
}

impl Axis {
    fn x(&self, day: Day) -> f64 {
        let days = |from: Day, to: Day| from.until(to).map_or(0.0, |span| f64::from(span.get_days()));
        let whole = days(self.first, self.last).max(1.0);
        (LEFT + (RIGHT - LEFT) * (days(self.first, day) / whole)).clamp(LEFT, RIGHT)
    }

    fn months(&self) -> impl Iterator<Item = Day> {
        let last = self.last;
        std::iter::successors(Some(self.first), |month| month.last_of_month().tomorrow().ok()).take_while(move |month| *month <= last)
    }
}

fn month_word(month: Day, lang: kernel::Lang) -> String {
    match lang {
        kernel::Lang::Ja => format!("{}月", month.month()),
        kernel::Lang::En => month.strftime("%b").to_string(),
    }
}

fn lane(viewer: Viewer, archive: Option<session::Archive>, session: &Session, index: usize, axis: &Axis) -> Lane {
    let state = viewer.state(archive, session);
    let y = 53 + LANE * i64::try_from(index).unwrap_or(0);
    let lang = viewer.w.lang;
    let (mark, mark_width) = match (session.day, session.window_start, session.window_end) {
        (Some(day), ..) => (axis.x(day), 0.0),
        (None, Some(start), Some(end)) => (axis.x(start), (axis.x(end) - axis.x(start)).max(16.0)),
        _ => (RIGHT, 0.0),
    };
    let closes = session.closes_at.or(session.starts_at);
    let window = match (session.opens_at, closes) {
        (Some(opens), Some(closes)) => Some((axis.x(opens.day()), axis.x(closes.day()))),
        _ => None,
    };
    // Near the right edge the word stands left of the mark.
    let is_at_edge = mark + mark_width > RIGHT - 90.0;
    let day = session.day.map_or_else(
        || viewer.w.t("state-being-arranged"),
        |day| match lang {
            kernel::Lang::Ja => format!("{}/{}（{}）", day.month(), day.day(), kernel::weekday(day, lang)),
            kernel::Lang::En => month_day(day, lang),
        },
    );
    Lane {
        y,
        nth: viewer.nth(session),
        day,
        window,
        is_past: matches!(state, State::Ended | State::Archived | State::Closed | State::Cancelled | State::Running),
        mark,
        mark_width,
        state,
        word: if state == State::Full { viewer.w.t("mark-full") } else { viewer.w.t(&state.key()) },
        word_x: if is_at_edge { mark - 16.0 } else { mark + mark_width + 16.0 },
        word_anchor: if is_at_edge { "end" } else { "start" },
    }
}
