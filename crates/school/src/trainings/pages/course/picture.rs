//! The picture of a course: each session's window as a bar, its deadline as a cut, its day as a mark, the recordings in green.
//! It is drawn twice, broad and for a phone, where the table below alone says the days.

use kernel::{Day, Lang, Timestamp, short_month};

use crate::trainings::session::{Session, State};
use crate::trainings::shown::CourseView;
use crate::trainings::view::{Viewer, month_day};

/// The picture of a course in both forms, and what its signs mean.
pub struct Picture {
    pub broad: Drawn,
    pub slim: Drawn,
    /// The shapes that occur, each with its word.
    pub legend: Vec<(&'static str, String)>,
}

/// The picture as shapes in a box of `width` by `height`.
pub struct Drawn {
    pub class: &'static str,
    pub width: f64,
    pub height: i64,
    pub months: Vec<Tick>,
    pub lanes: Vec<Lane>,
    pub today: Option<Tick>,
    pub archive: Option<Archive>,
    /// Where the days stand, if they are named.
    pub days_at: Option<i64>,
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
}

/// When the recordings are expected.
pub struct Archive {
    pub y: i64,
    pub x: f64,
    pub width: f64,
    pub day: String,
    pub word: String,
}

/// The measures of one form.
struct Form {
    class: &'static str,
    width: f64,
    /// Where the time begins.
    left: f64,
    days_at: Option<i64>,
    first_lane: i64,
    lane: i64,
    /// How much room the word of a month takes.
    month: f64,
}

impl Form {
    fn broad(lang: Lang) -> Self {
        Self { class: "broad", width: 880.0, left: 150.0, days_at: Some(lang.pick(50, 76)), first_lane: 53, lane: 38, month: 48.0 }
    }

    fn slim(lang: Lang) -> Self {
        Self { class: "slim", width: 344.0, left: lang.pick(56.0, 80.0), days_at: None, first_lane: 50, lane: 32, month: 34.0 }
    }
}

/// What is known of a session, whatever the form.
struct Event<'a> {
    session: &'a Session,
    state: State,
    word: String,
    /// Its day, or the days between which it will be.
    days: Option<(Day, Day)>,
}

/// From the middle of a mark to its word.
const GAP: f64 = 16.0;

/// The order in which the signs are explained.
const EXPLAINED: [State; 8] =
    [State::Open, State::Running, State::Full, State::Scheduled, State::BeingArranged, State::Closed, State::Ended, State::Cancelled];

impl Picture {
    /// Draws the course, unless nothing of it has a day.
    pub fn of(viewer: Viewer, course: &CourseView, archive: Option<Day>) -> Option<Self> {
        let days = course.sessions.iter().filter_map(Session::last_possible_day);
        let opens = course.sessions.iter().filter_map(|session| session.opens_at.map(Timestamp::day));
        let first = days.clone().chain(opens).min()?;
        let last = days.chain(archive).max()?;
        let events: Vec<Event> = course.sessions.iter().map(|session| Event::of(viewer, course, session)).collect();
        let draw = |form: Form| {
            let axis = Axis { first: first.first_of_month(), last: last.last_of_month(), left: form.left, right: form.width };
            let axis = Axis { right: axis.right_for(&events, form.width), ..axis };
            Drawn::of(viewer, course, archive, &events, &axis, &form)
        };
        let explained = EXPLAINED.into_iter().filter_map(|state| events.iter().find(|event| event.state == state));
        Some(Self {
            legend: explained.map(|event| (event.state.shape(), event.word.clone())).collect(),
            broad: draw(Form::broad(viewer.w.lang)),
            slim: draw(Form::slim(viewer.w.lang)),
        })
    }

    /// Whether bars are to be explained.
    pub fn has_windows(&self) -> bool {
        self.broad.lanes.iter().any(|lane| lane.window.is_some())
    }
}

impl Drawn {
    fn of(viewer: Viewer, course: &CourseView, archive: Option<Day>, events: &[Event], axis: &Axis, form: &Form) -> Self {
        let lang = viewer.w.lang;
        let today = viewer.now.day();
        let lane_at = |index: usize| form.first_lane + form.lane * i64::try_from(index).unwrap_or(0);
        let lanes: Vec<Lane> = events.iter().enumerate().map(|(index, event)| event.lane(viewer, axis, lane_at(index))).collect();
        let rows = i64::try_from(lanes.len()).unwrap_or(0) + i64::from(archive.is_some());
        Self {
            class: form.class,
            width: form.width,
            height: 26 + form.lane * rows + 40,
            months: axis.ticks(lang, form.month),
            today: (today >= axis.first && today <= axis.last).then(|| Tick {
                x: axis.x(today),
                word: viewer.w.one("chart-today", "day", &format!("{}/{}", today.month(), today.day())),
            }),
            archive: archive.map(|day| {
                let has_opened = course.archive.is_some_and(|(opens, _)| viewer.now >= opens);
                let word = viewer.w.t(if has_opened { "course-archive-opened" } else { "course-archive-expected" });
                let x = axis.x(day);
                // They stay open beyond what is drawn.
                Archive { y: lane_at(lanes.len()), x, width: form.width - 4.0 - x, day: month_day(day, lang), word }
            }),
            lanes,
            days_at: form.days_at,
        }
    }
}

impl<'a> Event<'a> {
    fn of(viewer: Viewer, course: &CourseView, session: &'a Session) -> Self {
        // That recordings are open is said by their own lane.
        let state = match viewer.state(course.archive, session) {
            State::Archived => State::Ended,
            state => state,
        };
        let word = if state == State::Full { viewer.w.t("mark-full") } else { viewer.w.t(&state.key()) };
        let days = session.day.map(|day| (day, day)).or_else(|| session.window_start.zip(session.window_end));
        Self { session, state, word, days }
    }

    /// How broad its mark is beyond its middle; a day is a point.
    fn width(&self, axis: &Axis) -> f64 {
        if self.session.day.is_some() {
            return 0.0;
        }
        self.days.map_or(0.0, |(from, to)| axis.x(to) - axis.x(from)).max(16.0)
    }

    fn lane(&self, viewer: Viewer, axis: &Axis, y: i64) -> Lane {
        let (session, lang) = (self.session, viewer.w.lang);
        let mark = self.days.map_or(axis.right, |(from, _)| axis.x(from));
        let mark_width = self.width(axis);
        let closes = session.closes_at.or(session.starts_at);
        let day = session.day.map_or_else(
            || viewer.w.t("state-being-arranged"),
            |day| match lang {
                Lang::Ja => format!("{}/{}（{}）", day.month(), day.day(), kernel::weekday(day, lang)),
                Lang::En => month_day(day, lang),
            },
        );
        Lane {
            y,
            nth: viewer.nth(session),
            day,
            window: session.opens_at.zip(closes).map(|(opens, closes)| (axis.x(opens.day()), axis.x(closes.day()))),
            is_past: matches!(self.state, State::Ended | State::Closed | State::Cancelled | State::Running),
            mark,
            mark_width,
            state: self.state,
            word: self.word.clone(),
            word_x: mark + mark_width + GAP,
        }
    }
}

struct Axis {
    first: Day,
    last: Day,
    left: f64,
    right: f64,
}

impl Axis {
    /// How far into the time a day is, from 0 to 1.
    fn share(&self, day: Day) -> f64 {
        let days = |from: Day, to: Day| from.until(to).map_or(0.0, |span| f64::from(span.get_days()));
        (days(self.first, day) / days(self.first, self.last).max(1.0)).clamp(0.0, 1.0)
    }

    fn x(&self, day: Day) -> f64 {
        self.left + (self.right - self.left) * self.share(day)
    }

    /// Where the time has to end so that beside every mark there is room for its word.
    fn right_for(&self, events: &[Event], width: f64) -> f64 {
        let fits = |event: &Event| {
            let share = event.days.map_or(1.0, |(from, _)| self.share(from)).max(0.01);
            let needs = event.width(self) + GAP + word_width(&event.word);
            self.left + (width - needs - self.left) / share
        };
        events.iter().map(fits).fold(width - 20.0, f64::min)
    }

    /// The first of each month; where they stand close, some have no word.
    fn ticks(&self, lang: Lang, room: f64) -> Vec<Tick> {
        let last = self.last;
        let months = std::iter::successors(Some(self.first), |month| month.last_of_month().tomorrow().ok());
        let mut free = 0.0;
        let tick = |month: Day| {
            let x = self.x(month);
            let has_room = x >= free;
            if has_room {
                free = x + room;
            }
            Tick { x, word: if has_room { short_month(month, lang) } else { String::new() } }
        };
        months.take_while(|month| *month <= last).map(tick).collect()
    }
}

/// About how broad a word is in the letters of the picture, 13 px high.
fn word_width(word: &str) -> f64 {
    word.chars().map(|letter| if letter.is_ascii() { 7.5 } else { 13.0 }).sum()
}
