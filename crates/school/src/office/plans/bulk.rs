use kernel::{Span, Timestamp};

use super::facts::SessionFacts;

/// When something is to be: as it is, at a moment, or so many days before the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// As it is.
    #[default]
    Kept,
    /// At this moment.
    At(Timestamp),
    /// 「6日前の13:00」
    Before {
        /// How many days before the day of the session.
        days: i64,
        /// At which hour,
        hour: i8,
        /// and minute.
        minute: i8,
    },
}

/// One change for many sessions at once. What is `None` stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// By how many days the date moves.
    pub days: i64,
    /// Whether opening and closing move with it.
    pub windows_move: bool,
    /// When applications open.
    pub opens: When,
    /// When they close.
    pub closes: When,
    /// The seats; `Some(None)` is no limit.
    pub seats: Option<Option<i64>>,
    /// The places on the waiting list.
    pub waiting_places: Option<Option<i64>>,
    /// Whether the date is tentative.
    pub tentative: Option<bool>,
}

impl Bulk {
    /// Whether it would change nothing, whatever the session.
    pub fn is_nothing(&self) -> bool {
        *self == Self { windows_move: self.windows_move, ..Self::default() }
    }

    /// The session with the change.
    pub fn applied(&self, was: &SessionFacts) -> SessionFacts {
        let span = Span::days(self.days);
        let shifted = |at: Option<Timestamp>| at.map(|at| at.plus(span));
        let day = was.day.map(|day| Timestamp::in_japan(day, 0, 0).plus(span).day());
        let window = |at: Option<Timestamp>, when: When| match when {
            When::Kept if self.windows_move => shifted(at),
            When::Kept => at,
            When::At(at) => Some(at),
            // A session without a day has no days before it.
            When::Before { days, hour, minute } => day.map_or(at, |day| {
                let on = Timestamp::in_japan(day, 0, 0).minus(Span::days(days)).day();
                Some(Timestamp::in_japan(on, hour, minute))
            }),
        };
        let (opens_at, closes_at) = (window(was.opens_at, self.opens), window(was.closes_at, self.closes));
        SessionFacts {
            day,
            starts_at: shifted(was.starts_at),
            ends_at: shifted(was.ends_at),
            opens_at,
            closes_at,
            default_window: was.default_window && (opens_at, closes_at) == (was.opens_at, was.closes_at),
            seats: self.seats.unwrap_or(was.seats),
            waiting_places: self.waiting_places.unwrap_or(was.waiting_places),
            tentative: self.tentative.unwrap_or(was.tentative),
            ..was.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trainings::programme::Audience;
    use crate::trainings::session::tests::blank;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn session() -> SessionFacts {
        SessionFacts {
            day: Some("2026-12-23".parse().unwrap()),
            starts_at: Some(at("2026-12-23T17:00+09:00")),
            ends_at: Some(at("2026-12-23T18:00+09:00")),
            opens_at: Some(at("2026-09-01T10:00+09:00")),
            closes_at: Some(at("2026-12-17T13:00+09:00")),
            ..SessionFacts::of(&blank(), Audience::Executive, crate::trainings::own_words::Lecturers::default())
        }
    }

    #[test]
    fn dates_move_by_days_and_windows_with_them_if_wanted() {
        let moved = Bulk { days: 14, ..Bulk::default() }.applied(&session());
        assert_eq!(moved.day.unwrap().to_string(), "2027-01-06");
        assert_eq!(moved.starts_at, Some(at("2027-01-06T17:00+09:00")));
        assert_eq!(moved.closes_at, session().closes_at);
        let moved = Bulk { days: -7, windows_move: true, ..Bulk::default() }.applied(&session());
        assert_eq!(moved.opens_at, Some(at("2026-08-25T10:00+09:00")));
        assert_eq!(moved.closes_at, Some(at("2026-12-10T13:00+09:00")));
    }

    #[test]
    fn windows_are_counted_back_from_the_new_day() {
        let bulk = Bulk { days: 7, closes: When::Before { days: 6, hour: 13, minute: 0 }, ..Bulk::default() };
        assert_eq!(bulk.applied(&session()).closes_at, Some(at("2026-12-24T13:00+09:00")));
        let undated = SessionFacts { day: None, starts_at: None, ends_at: None, ..session() };
        assert_eq!(bulk.applied(&undated).closes_at, session().closes_at, "no day, nothing to count from");
    }

    #[test]
    fn places_can_be_set_taken_away_or_left() {
        let seats = |bulk: Bulk| bulk.applied(&SessionFacts { seats: Some(30), ..session() }).seats;
        assert_eq!(seats(Bulk::default()), Some(30));
        assert_eq!(seats(Bulk { seats: Some(None), ..Bulk::default() }), None);
        assert_eq!(seats(Bulk { seats: Some(Some(50)), ..Bulk::default() }), Some(50));
        assert!(Bulk { windows_move: true, ..Bulk::default() }.is_nothing());
    }
}
