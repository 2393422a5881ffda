//! What pages show of programmes: the words of a moment, ready for a template. Nothing here asks the database.

use kernel::{Day, FiscalYear, Lang, Timestamp, long_date, long_month, short_date};
use web::Words;

use super::programme::{Course, Format, Programme, phrase, rule_note};
use super::session::{Archive, Seats, Session, State};
use super::shown::{Card, CourseView, Offer, SessionRow, YearView};

/// Builds the views of one moment in one language.
#[derive(Clone, Copy, Debug)]
pub struct Viewer {
    /// The words.
    pub w: Words,
    /// The moment.
    pub now: Timestamp,
}

impl Viewer {
    const fn lang(self) -> Lang {
        self.w.lang
    }

    /// A whole programme.
    pub fn year(self, programme: &Programme, courses: &[Course], sessions: &[Session]) -> YearView {
        let archive = programme.archive_expected_on(None, sessions);
        let days: Vec<Day> = sessions.iter().filter_map(Session::last_possible_day).collect();
        let expected = |course: &Course| programme.archive_expected_on(course.archive_opens_at, sessions);
        let views: Vec<CourseView> = courses
            .iter()
            .map(|course| {
                let mut own: Vec<Session> = sessions.iter().filter(|session| session.course == course.id).cloned().collect();
                by_date(&mut own);
                CourseView { archive_on: expected(course), ..self.course(programme, course, &own) }
            })
            .collect();
        YearView {
            year: programme.year.to_string(),
            label: programme.year.label(self.lang()),
            programme: programme.clone(),
            sessions: sessions.len(),
            first: days.iter().min().map_or_else(String::new, |day| long_month(*day, self.lang())),
            last: days.iter().max().map_or_else(String::new, |day| long_month(*day, self.lang())),
            archive,
            courses: views,
            lasts_until: lasts_until(programme, courses, sessions, self.now),
        }
    }

    /// One course with its sessions.
    pub fn course(self, programme: &Programme, course: &Course, sessions: &[Session]) -> CourseView {
        let lang = self.lang();
        let prose = course.slug.prose();
        let archive = programme.archive(course.archive_opens_at);
        let next = sessions.iter().filter(|session| self.state(archive, session) == State::Open).min_by_key(|session| session.starts_at);
        let rows: Vec<SessionRow> =
            sessions.iter().map(|session| self.row(programme, course, session, next.is_some_and(|next| next.id == session.id))).collect();
        let rules: Vec<&serde_json::Value> = course.rules.as_array().into_iter().flatten().collect();
        let rule_text =
            |rule: &serde_json::Value, field: &str| rule.get(field).and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
        let notes = rules.iter().map(|rule| rule_text(rule, "id")).filter_map(|id| rule_note(&id, lang).map(str::to_owned)).collect();
        let days: Vec<Day> = sessions.iter().filter_map(Session::last_possible_day).collect();
        let period = match (days.iter().min(), days.iter().max()) {
            (Some(first), Some(last)) => {
                let [first, last] = [first, last].map(|day| long_month(*day, lang));
                self.w.with("course-period-value", &[("first", &first), ("last", &last), ("length", prose.length(lang))])
            }
            _ => String::new(),
        };
        CourseView {
            audience: course.slug,
            path: format!("/trainings/{}/{}", programme.year, course.slug),
            name: lang.pick(course.name.clone(), prose.name_en.clone()),
            short: prose.short(lang).to_owned(),
            tab: prose.tab(lang).to_owned(),
            lead: prose.lead(lang).to_owned(),
            format_note: if course.format == Format::Unknown {
                String::new()
            } else {
                // A printed sentence is said as printed; where none was printed, the format says it.
                let said = || self.w.t(&format!("course-format-{}", course.format.id()));
                if course.format_raw.is_empty() { said() } else { phrase(&course.format_raw, lang).unwrap_or_default() }
            },
            learn: prose.learn(lang).to_owned(),
            how: prose.how(lang).to_owned(),
            fee: if course.fee_yen == 0 { prose.fee(lang).to_owned() } else { self.w.one("course-fee-yen", "n", &course.fee_yen) },
            audience_text: prose.audience(lang).to_owned(),
            period,
            // Once the year is over, nothing is to come any more.
            opens_raw: if course.opens_raw.is_empty() || programme.year < FiscalYear::of(self.now.day()) {
                String::new()
            } else {
                phrase(&course.opens_raw, lang).unwrap_or_else(|| course.opens_raw.clone())
            },
            notes,
            rules: rules.iter().map(|rule| rule_text(rule, "raw")).collect(),
            together: self.together(programme, course, &rows),
            rows,
            anomaly: course.anomaly.clone(),
            next: next.map_or_else(String::new, |session| self.nth(session)),
            sessions: sessions.to_vec(),
            archive_on: archive.map(|(opens, _)| opens.day()),
            archive,
        }
    }

    /// 全7回に申し込む: all parts of a series that take applications, if they are several.
    fn together(self, programme: &Programme, course: &Course, rows: &[SessionRow]) -> Option<(String, String)> {
        let open = rows.iter().filter(|row| matches!(row.offer, Offer::Apply(..) | Offer::Wait(..))).count();
        let key = if open == rows.len() { "series-button-all" } else { "series-button" };
        (course.format == Format::Series && open > 1)
            .then(|| (format!("/apply/{}/{}", programme.year, course.slug), self.w.one(key, "n", &open)))
    }

    /// 第3回 or 追加1.
    pub fn nth(self, session: &Session) -> String {
        nth(self.w, session.number, session.extra)
    }

    /// What a session is now, given when the recordings of its course are open.
    pub fn state(self, archive: Option<Archive>, session: &Session) -> State {
        session.state(archive, self.now)
    }

    /// An instant as 12月17日（木）13:00.
    pub fn instant(self, at: Timestamp) -> String {
        kernel::short_moment(at, self.lang())
    }

    fn row(self, programme: &Programme, course: &Course, session: &Session, is_next: bool) -> SessionRow {
        let lang = self.lang();
        let state = self.state(programme.archive(course.archive_opens_at), session);
        let english_title = phrase(&session.title, lang);
        let title_is_japanese = lang == Lang::En && english_title.is_none() && !session.title.is_empty();
        SessionRow {
            anchor: super::shown::anchor(programme.year, course.slug, session.number),
            nth: self.nth(session),
            title: english_title.unwrap_or_else(|| session.title.clone()),
            title_is_japanese,
            day: session.day.map_or_else(|| session.window(lang), |day| long_date(day, lang)),
            hours: session.hours(lang),
            datetime: session.starts_at.map(Timestamp::rfc3339).or_else(|| session.day.map(|day| day.to_string())).unwrap_or_default(),
            state,
            word: self.w.t(&state.key()),
            reason: self.reason(session, state),
            tentative: session.tentative && !matches!(state, State::Ended | State::Archived | State::Cancelled),
            sample: session.sample,
            moved: session.moved_from.map_or_else(String::new, |day| self.w.one("moved-from", "day", &short_date(day, lang))),
            offer: self.offer(programme, course, session, state),
            is_next,
            raw: session.raw.clone(),
            default_window: session.default_window && matches!(state, State::Scheduled | State::Open | State::Full),
            deadline_raw: session.deadline_raw.clone(),
            deadline: session.closes_at.map_or_else(String::new, |at| self.instant(at)),
            anomaly: self.anomaly(session),
            lecturers: String::new(),
        }
    }

    fn reason(self, session: &Session, state: State) -> String {
        let w = self.w;
        match state {
            State::Open if session.seats_left() == Seats::Few => {
                format!("{}{}{}", w.t("reason-few"), self.lang().pick("。", ". "), self.deadline(session))
            }
            State::Open => self.deadline(session),
            State::Full if session.can_wait() => w.t("reason-full"),
            State::Full => w.t("reason-full-closed"),
            State::Scheduled => session.opens_at.map_or_else(
                || w.t("reason-scheduled-unknown"),
                |at| w.one("reason-scheduled", "at", &format!("{} {}", month_day(at.day(), self.lang()), at.clock_face())),
            ),
            State::Closed => session.closes_at.map_or_else(String::new, |at| {
                w.one("reason-closed", "at", &format!("{} {}", month_day(at.day(), self.lang()), at.clock_face()))
            }),
            State::Cancelled => session.cancel_reason.clone(),
            State::BeingArranged if session.is_overdue(self.now) => w.t("reason-arranging-overdue"),
            State::BeingArranged => w.t("reason-arranging"),
            State::Running | State::Ended | State::Archived => String::new(),
        }
    }

    /// How long an open session can still be applied for.
    fn deadline(self, session: &Session) -> String {
        let w = self.w;
        match (session.closes_at, session.days_left(self.now)) {
            (Some(closes), Some(0)) => w.one("reason-open-today", "time", &closes.clock_face()),
            (Some(closes), Some(days)) => {
                let deadline = format!("{} {}", month_day(closes.day(), self.lang()), closes.clock_face());
                w.counted("reason-open", &[("days", days.into())], &[("deadline", &deadline)])
            }
            _ => w.t("reason-open-no-deadline"),
        }
    }

    fn offer(self, programme: &Programme, course: &Course, session: &Session, state: State) -> Offer {
        let w = self.w;
        let day = session.day.map_or_else(String::new, |day| match self.lang() {
            Lang::Ja => format!("{}/{}({})", day.month(), day.day(), kernel::weekday(day, Lang::Ja)),
            Lang::En => short_date(day, Lang::En),
        });
        let words = |key: &str| w.with(key, &[("nth", &self.nth(session)), ("day", &day)]);
        let apply = format!("/apply/{}/{}/{}", programme.year, course.slug, session.number);
        match state {
            State::Open => Offer::Apply(apply, words("button-apply")),
            State::Full if session.can_wait() => Offer::Wait(apply, words("button-wait")),
            State::Scheduled | State::BeingArranged if programme.year >= kernel::FiscalYear::of(self.now.day()) => {
                Offer::Tell(format!("/tell-me/{}", course.slug), w.t("button-tell"))
            }
            State::Archived => Offer::Watch(format!("/archive/{}/{}/{}", programme.year, course.slug, session.number), w.t("button-watch")),
            State::Cancelled if session.can_still_change(self.now) => {
                Offer::Other(format!("/trainings/{}/{}#dates", programme.year, course.slug), w.t("button-other"))
            }
            _ => Offer::None,
        }
    }

    /// What needs care in the printed source of a session.
    fn anomaly(self, session: &Session) -> String {
        if session.anomaly.is_empty() {
            return String::new();
        }
        match (super::import::printed_year(&session.raw), session.day) {
            (Some(printed), Some(day)) if printed != day.year() => {
                self.w.with("course-printed-year", &[("printed", &printed.to_string()), ("meant", &day.year().to_string())])
            }
            _ => self.w.t("course-printed-other"),
        }
    }

    /// The next sessions that can be applied for, soonest deadline first: one of each course, then more.
    pub fn cards(self, year: &YearView, limit: usize) -> Vec<Card> {
        let mut open: Vec<(&CourseView, &Session)> = year
            .courses
            .iter()
            .flat_map(|course| course.sessions.iter().map(move |session| (course, session)))
            .filter(|(course, session)| self.state(course.archive, session) == State::Open && session.seats_left() != Seats::None)
            .collect();
        open.sort_by_key(|(_, session)| session.starts_at);
        let mut firsts: Vec<(&CourseView, &Session)> = Vec::new();
        for (course, session) in &open {
            if !firsts.iter().any(|(known, _)| known.audience == course.audience) {
                firsts.push((course, session));
            }
        }
        for candidate in &open {
            if firsts.len() < limit && !firsts.iter().any(|(_, session)| session.id == candidate.1.id) {
                firsts.push(*candidate);
            }
        }
        firsts.truncate(limit);
        firsts.sort_by_key(|(_, session)| session.starts_at);
        firsts.into_iter().filter_map(|(course, session)| self.card(year, course, session)).collect()
    }

    fn card(self, year: &YearView, course: &CourseView, session: &Session) -> Option<Card> {
        let lang = self.lang();
        let date = session.day?;
        let due = match (session.days_left(self.now), session.closes_at) {
            (Some(0), Some(closes)) => self.w.one("card-due-today", "time", &closes.clock_face()),
            (Some(days), _) => self.w.count("card-due", days),
            _ => String::new(),
        };
        Some(Card {
            course: course.short.clone(),
            nth: self.nth(session),
            date,
            weekday: lang.pick(format!("（{}）", kernel::weekday(date, lang)), kernel::weekday(date, lang).to_owned()),
            hours: session.hours(lang),
            due,
            deadline: session.closes_at.map_or_else(String::new, |at| {
                let text = format!("{} {}", month_day(at.day(), lang), at.clock_face());
                lang.pick(format!("（{text}）"), format!("({text})"))
            }),
            tentative: session.tentative,
            href: format!("/apply/{}/{}/{}", year.year, course.audience, session.number),
        })
    }
}

/// 12月17日, or `17 Dec`.
pub fn month_day(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{}月{}日", day.month(), day.day()),
        Lang::En => day.strftime("%-d %b").to_string(),
    }
}

/// 第3回 or 追加1. Extra sessions are numbered after the last ordinary one, from 101.
pub fn nth(w: Words, number: i64, is_extra: bool) -> String {
    if is_extra { w.one("extra-number", "n", &(number - 100)) } else { w.one("nth", "n", &number) }
}

/// Puts sessions in the order in which they are held: an extra one stands where it falls; what has no date yet comes last.
pub fn by_date(sessions: &mut [Session]) {
    sessions.sort_by_key(|session| (session.last_possible_day().is_none(), session.last_possible_day(), session.number));
}

/// Until when a page about these sessions shows the same: the next change by the clock, at the latest midnight in Japan (days left).
pub fn lasts_until<'a>(
    programme: &Programme,
    courses: &[Course],
    sessions: impl IntoIterator<Item = &'a Session>,
    now: Timestamp,
) -> Timestamp {
    let opens_at = |session: &Session| courses.iter().find(|course| course.id == session.course)?.archive_opens_at;
    let next = |session: &'a Session| session.next_change(programme.archive(opens_at(session)), now);
    sessions.into_iter().filter_map(next).fold(now.next_midnight(), Timestamp::min)
}
