//! Sessions: the dates of a course; their state is derived from facts and the clock.

use kernel::{Day, Lang, Span, Timestamp, id, long_date};

use super::programme::CourseId;

id!(
    /// One date of a course: 第N回.
    SessionId
);

/// How long after the deadline a form is still taken that was opened before it.
pub const GRACE: Span = Span::minutes(10);

/// From when and until when the recordings of a programme are open.
pub type Archive = (Timestamp, Option<Timestamp>);

db::row! {
    /// One date of a course, with its facts. What follows from them and the clock is derived: see [`Session::state`].
    #[derive(Clone, Debug)]
    pub struct Session {
        pub id: SessionId,
        pub course: CourseId,
        pub number: i64,
        pub extra: bool,
        pub title: String,
        pub raw: String,
        pub deadline_raw: String,
        pub anomaly: String,
        pub day: Option<Day>,
        pub starts_at: Option<Timestamp>,
        pub ends_at: Option<Timestamp>,
        pub window_raw: String,
        pub window_start: Option<Day>,
        pub window_end: Option<Day>,
        pub opens_at: Option<Timestamp>,
        pub closes_at: Option<Timestamp>,
        pub default_window: bool,
        pub tentative: bool,
        pub sample: bool,
        pub seats: Option<i64>,
        pub taken: i64,
        pub waiting_places: Option<i64>,
        pub waiting: i64,
        pub cancelled_at: Option<Timestamp>,
        pub cancel_reason: String,
        pub moved_from: Option<Day>,
        pub moved_at: Option<Timestamp>,
        pub sequence: i64,
    }
}

/// What a session is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, utoipa::ToSchema)]
#[schema(as = SessionState, rename_all = "snake_case")]
pub enum State {
    /// 調整中: no date yet.
    BeingArranged,
    /// 受付前
    Scheduled,
    /// 受付中
    Open,
    /// 定員に達しました（キャンセル待ち受付中）
    Full,
    /// 受付終了
    Closed,
    /// 開催中
    Running,
    /// 終了
    Ended,
    /// アーカイブ公開中
    Archived,
    /// 中止
    Cancelled,
}

/// How many seats are left, in the words that a cached page may show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seats {
    /// No limit.
    Unlimited,
    /// 空きあり
    Free,
    /// 残りわずか: a tenth or less.
    Few,
    /// 定員
    None,
}

/// Why no application is taken now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpen {
    /// 調整中 or before the window.
    NotYet,
    /// After the deadline, or after the ten minutes for a form opened before it.
    Closed,
    /// 中止
    Cancelled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::BeingArranged,
        Self::Scheduled,
        Self::Open,
        Self::Full,
        Self::Closed,
        Self::Running,
        Self::Ended,
        Self::Archived,
        Self::Cancelled,
    ];

    /// The word of the API.
    pub const fn id(self) -> &'static str {
        match self {
            Self::BeingArranged => "being_arranged",
            Self::Scheduled => "scheduled",
            Self::Open => "open",
            Self::Full => "full",
            Self::Closed => "closed",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Archived => "archived",
            Self::Cancelled => "cancelled",
        }
    }

    /// The shape that the style sheet draws beside the word.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::BeingArranged => "arranging",
            Self::Scheduled => "later",
            Self::Open | Self::Running => "open",
            Self::Full => "full",
            Self::Closed => "closed",
            Self::Ended => "ended",
            Self::Archived => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The key of its word in `locales/*/trainings.ftl`.
    pub fn key(self) -> String {
        format!("state-{}", self.id().replace('_', "-"))
    }
}

impl Session {
    /// What the session is at `now`, given when the recordings of its programme are open.
    pub fn state(&self, archive: Option<Archive>, now: Timestamp) -> State {
        if self.cancelled_at.is_some() {
            return State::Cancelled;
        }
        let Some(day) = self.day else { return State::BeingArranged };
        let (begins, ends) = self.span(day);
        if now >= ends {
            let is_archived = archive.is_some_and(|(opens, closes)| now >= opens && closes.is_none_or(|closes| now < closes));
            return if is_archived { State::Archived } else { State::Ended };
        }
        if now >= begins {
            return State::Running;
        }
        match (self.opens_at, self.closes_at) {
            (_, Some(closes)) if now >= closes => State::Closed,
            (Some(opens), _) if now >= opens => {
                if self.seats.is_some_and(|seats| self.taken >= seats) {
                    State::Full
                } else {
                    State::Open
                }
            }
            _ => State::Scheduled,
        }
    }

    /// Whether an application is taken at `now`, from a form that was opened at `begun_at`.
    ///
    /// 13:00 means before 13:00:00.000000; a form opened before is taken for ten more minutes.
    pub fn refuses_at(&self, now: Timestamp, begun_at: Option<Timestamp>) -> Option<NotOpen> {
        if self.cancelled_at.is_some() {
            return Some(NotOpen::Cancelled);
        }
        let (Some(day), Some(opens)) = (self.day, self.opens_at) else { return Some(NotOpen::NotYet) };
        if now < opens {
            return Some(NotOpen::NotYet);
        }
        let closes = self.closes_at.unwrap_or_else(|| self.span(day).0);
        let is_graced = begun_at.is_some_and(|begun| begun < closes && begun <= now) && now < closes.plus(GRACE);
        (now >= closes && !is_graced).then_some(NotOpen::Closed)
    }

    /// Whether `now` lies in the ten minutes after the deadline.
    pub fn is_in_grace(&self, now: Timestamp) -> bool {
        self.closes_at.is_some_and(|closes| now >= closes && now < closes.plus(GRACE))
    }

    /// Whether people may still change or cancel: until it begins.
    pub fn can_still_change(&self, now: Timestamp) -> bool {
        self.day.is_none_or(|day| now < self.span(day).0)
    }

    /// How many seats are left, in words.
    pub fn seats_left(&self) -> Seats {
        match self.seats {
            None => Seats::Unlimited,
            Some(seats) if self.taken >= seats => Seats::None,
            Some(seats) if (seats - self.taken) * 10 <= seats => Seats::Few,
            Some(_) => Seats::Free,
        }
    }

    /// Whether another name fits on the waiting list.
    pub fn can_wait(&self) -> bool {
        self.waiting_places.is_none_or(|places| self.waiting < places)
    }

    /// Whole days in Japan until the deadline; 0 on its day, `None` without one.
    pub fn days_left(&self, now: Timestamp) -> Option<i32> {
        let closes = self.closes_at?;
        now.day().until(closes.day()).ok().map(|gap| gap.get_days())
    }

    /// 2026年9月16日（水）16:00～18:00; without a time only the day; without a day the window; else empty.
    pub fn when(&self, lang: Lang) -> String {
        match (self.day, self.starts_at, self.ends_at) {
            (Some(day), Some(starts), Some(ends)) => {
                format!("{}{}{}", long_date(day, lang), lang.pick("", ", "), times(starts, ends, lang))
            }
            (Some(day), ..) => long_date(day, lang),
            (None, ..) => self.window(lang),
        }
    }

    /// 16:00～18:00, empty without a time.
    pub fn hours(&self, lang: Lang) -> String {
        match (self.starts_at, self.ends_at) {
            (Some(starts), Some(ends)) => times(starts, ends, lang),
            _ => String::new(),
        }
    }

    /// 2026年11月下旬, or in English between which days.
    pub fn window(&self, lang: Lang) -> String {
        match (lang, self.window_start, self.window_end) {
            (Lang::En, Some(start), Some(end)) => format!("between {} and {}", kernel::short_date(start, lang), long_date(end, lang)),
            _ => self.window_raw.clone(),
        }
    }

    /// The last day on which it can take place.
    pub fn last_possible_day(&self) -> Option<Day> {
        self.day.or(self.window_end)
    }

    /// Whether its window has passed and still no date is set: something for the secretariat to do.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.cancelled_at.is_none() && self.day.is_none() && self.window_end.is_some_and(|end| now.day() > end)
    }

    /// The next instant after `now` at which what a page shows of it changes by the clock alone, given when the recordings of
    /// its programme are open.
    pub fn next_change(&self, archive: Option<Archive>, now: Timestamp) -> Option<Timestamp> {
        let (begins, ends) = self.day.map(|day| self.span(day)).unzip();
        let (archived, withdrawn) = archive.map_or((None, None), |(opens, closes)| (Some(opens), closes));
        [self.opens_at, self.closes_at, begins, ends, archived, withdrawn].into_iter().flatten().filter(|instant| *instant > now).min()
    }

    /// When it begins and ends; nothing without a date.
    pub fn held(&self) -> Option<(Timestamp, Timestamp)> {
        self.day.map(|day| self.span(day))
    }

    /// When it begins and ends; a session without a time takes the whole day.
    fn span(&self, day: Day) -> (Timestamp, Timestamp) {
        let midnight = Timestamp::in_japan(day, 0, 0);
        (self.starts_at.unwrap_or(midnight), self.ends_at.unwrap_or_else(|| midnight.plus(Span::days(1))))
    }
}

fn times(starts: Timestamp, ends: Timestamp, lang: Lang) -> String {
    format!("{}{}{}", starts.clock_face(), lang.pick("～", "–"), ends.clock_face())
}

#[cfg(test)]
pub(crate) mod tests;
