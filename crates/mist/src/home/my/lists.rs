//! The applications under one address, told apart: the next one, those to come, those that are over.

use kernel::{Day, Timestamp, weekday};
use school::attendance::verdict::Status;
use school::certificates::Kept;
use school::trainings::application::{Spot, receipt_number};
use school::trainings::month_day;
use school::trainings::store::MyLine;
use web::Words;

/// The applications under one address.
pub struct Lists {
    /// Whose they are: 例示 髙子さん、見本 太郎さん
    pub names: String,
    /// The next training with a seat.
    pub next: Option<Next>,
    /// Those to come, the nearest first.
    pub coming: Vec<Entry>,
    /// Those that are over or cancelled for good, the latest first.
    pub over: Vec<Entry>,
    /// 終わった研修・取り消した申し込み（3件）
    pub past: String,
}

/// The next training with a seat.
pub struct Next {
    /// 次の研修まで、あと17日
    pub heading: String,
    /// The application.
    pub entry: Entry,
    /// Whether it is held today, so that its page leads in.
    pub is_today: bool,
}

/// An application in the list.
pub struct Entry {
    /// Its page.
    pub path: String,
    /// The day, unless it is being arranged.
    pub day: Option<Day>,
    /// （水）16:00～17:00
    pub beside: String,
    /// 経営者向け 第3回
    pub title: String,
    /// What a part of a series is called; empty for others.
    pub part: String,
    /// Whose it is, where several share the address.
    pub name: String,
    /// 受付番号
    pub number: String,
    /// The shape of its state.
    pub state: &'static str,
    /// The word of its state.
    pub word: String,
    /// What happened to it, in a sentence; empty if nothing did.
    pub note: String,
    /// Its day, for those who hear the buttons one by one.
    pub spoken: String,
    /// What can be done with it.
    pub can: Can,
    /// The page of its recording.
    pub film: String,
    /// Its certificates that are ready.
    pub certificates: Vec<Kept>,
}

/// What can be done with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Can {
    /// 変更する, 取り消す
    Change,
    /// 待つのをやめる
    StopWaiting,
    /// 取り消しを元に戻す
    Restore,
    /// 別の日程に変更する, as the session is cancelled
    Move,
    /// 録画で受講する, as it was missed and the recording makes up for it
    Watch,
    /// Nothing but reading.
    Nothing,
}

/// An application as stored, with its position on the waiting list if it waits.
pub struct Line {
    /// The application.
    pub application: MyLine,
    /// キャンセル待ち2番目
    pub position: Option<i64>,
    /// 出席, once the session is over.
    pub attendance: Option<Status>,
    /// Its certificates.
    pub certificates: Vec<Kept>,
    /// Whether a published recording can still make up for a missed session.
    pub can_watch: bool,
}

impl Lists {
    /// Tells them apart at `now`. `lines` come with the latest day first.
    pub fn of(w: Words, lines: Vec<Line>, now: Timestamp) -> Self {
        let mut names: Vec<String> = lines.iter().map(|line| w.one("my-name", "name", &line.full_name())).collect();
        names.sort_unstable();
        names.dedup();
        let is_shared = names.len() > 1;
        let (mut coming, over): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.is_coming(now));
        coming.sort_by_key(|line| (line.begins().is_none(), line.begins()));
        let entry = |line: &Line| {
            let entry = Entry::of(w, line, is_shared, now);
            let overlaps = entry.note.is_empty() && coming.iter().any(|other| line.overlaps(other));
            if overlaps { Entry { note: w.t("conflict-my"), ..entry } } else { entry }
        };
        Self {
            names: names.join(&w.t("my-between-names")),
            next: coming.iter().find(|line| line.has_seat()).map(|line| Next {
                heading: line.heading(w, now),
                entry: entry(line),
                is_today: line.application.day.is_some_and(|day| day <= now.day()),
            }),
            coming: coming.iter().map(entry).collect(),
            past: w.count("my-past", over.len()),
            over: over.iter().map(entry).collect(),
        }
    }
}

impl Entry {
    fn of(w: Words, line: &Line, is_shared: bool, now: Timestamp) -> Self {
        let (lang, application) = (w.lang, &line.application);
        let (state, word, note, can) = line.standing(w, now);
        let hours = match (application.starts_at, application.ends_at) {
            (Some(starts), Some(ends)) => format!("{}{}{}", starts.clock_face(), lang.pick("～", "–"), ends.clock_face()),
            _ => String::new(),
        };
        let week = application.day.map_or("", |day| weekday(day, lang));
        Self {
            path: format!("/applications/{}", application.id),
            day: application.day,
            beside: lang.pick(format!("（{week}）{hours}"), format!("{week} {hours}")),
            title: format!("{} {}", application.audience.prose().tab(lang), application.nth(w)),
            part: application.title.clone(),
            name: if is_shared { w.one("my-name", "name", &line.full_name()) } else { String::new() },
            number: receipt_number(application.year, application.audience, application.session_number, application.number),
            state,
            word,
            note,
            spoken: application.day.map_or_else(|| application.nth(w), |day| month_day(day, lang)),
            can,
            film: format!(
                "/archive/{}/{}/{}?as={}",
                application.year,
                application.audience.slug(),
                application.session_number,
                application.id
            ),
            certificates: line.certificates.iter().filter(|kept| !kept.path().is_empty()).cloned().collect(),
        }
    }
}

impl Line {
    /// Whether it stands on a waiting list.
    pub fn is_waiting(&self) -> bool {
        self.application.cancelled_at.is_none() && self.application.place == Spot::Waiting
    }

    fn full_name(&self) -> String {
        format!("{} {}", self.application.family, self.application.given)
    }

    /// Whether the same person has applied for both, and both are held at the same time.
    fn overlaps(&self, other: &Self) -> bool {
        let times = |line: &Self| line.application.starts_at.zip(line.application.ends_at);
        let lives = |line: &Self| line.application.cancelled_at.is_none() && line.application.session_cancelled_at.is_none();
        let is_same = self.application.family == other.application.family && self.application.given == other.application.given;
        let (Some((starts, ends)), Some((begins, over))) = (times(self), times(other)) else { return false };
        self.application.id != other.application.id && is_same && lives(self) && lives(other) && starts < over && begins < ends
    }

    /// Whether it will lead into a training.
    fn has_seat(&self) -> bool {
        self.application.cancelled_at.is_none() && self.application.session_cancelled_at.is_none() && !self.is_waiting()
    }

    /// Whether it belongs to what is to come: not over, and not cancelled beyond undoing.
    fn is_coming(&self, now: Timestamp) -> bool {
        self.ends().is_none_or(|over| now < over) && (self.application.cancelled_at.is_none() || self.restorable_until(now).is_some())
    }

    /// Until when its cancellation can be undone, if it still can.
    fn restorable_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.application.held_until.filter(|until| now < *until)?;
        (self.application.cancelled_at.is_some() && self.is_before(now)).then_some(until)
    }

    fn is_before(&self, now: Timestamp) -> bool {
        self.begins().is_none_or(|begins| now < begins)
    }

    /// When it begins; a session without a time takes the whole day.
    fn begins(&self) -> Option<Timestamp> {
        self.application.starts_at.or_else(|| Some(Timestamp::in_japan(self.application.day?, 0, 0)))
    }

    /// When it is over.
    fn ends(&self) -> Option<Timestamp> {
        self.application.ends_at.or_else(|| Some(Timestamp::in_japan(self.application.day?, 0, 0).next_midnight()))
    }

    /// The shape and the word of its state, what happened to it, and what can be done.
    fn standing(&self, w: Words, now: Timestamp) -> (&'static str, String, String, Can) {
        let is_before = self.is_before(now);
        if self.application.cancelled_at.is_some() {
            let word = w.t("application-cancelled");
            return match self.restorable_until(now) {
                Some(until) => ("closed", word, w.one("my-restorable", "until", &until.clock_face()), Can::Restore),
                None => ("closed", word, String::new(), Can::Nothing),
            };
        }
        match (self.application.session_cancelled_at.is_some(), self.is_waiting(), is_before) {
            (true, _, true) => ("cancelled", w.t("state-cancelled"), w.t("application-session-cancelled"), Can::Move),
            (true, _, false) => ("cancelled", w.t("state-cancelled"), String::new(), Can::Nothing),
            (_, true, true) => {
                let word = self.position.map_or_else(|| w.t("state-full"), |n| w.one("application-waiting", "n", &n));
                ("full", word, String::new(), Can::StopWaiting)
            }
            (_, true, false) => ("ended", w.t("my-not-promoted"), String::new(), Can::Nothing),
            (_, _, true) => ("done", w.t("application-confirmed"), String::new(), Can::Change),
            _ if self.ends().is_some_and(|over| now >= over) => match self.attendance {
                Some(status) if self.can_watch => {
                    (status.shape(), school::attendance::words::status(w, status), w.t("my-watch-note"), Can::Watch)
                }
                Some(status) => (status.shape(), school::attendance::words::status(w, status), String::new(), Can::Nothing),
                None => ("ended", w.t("state-ended"), String::new(), Can::Nothing),
            },
            _ => ("open", w.t("state-running"), String::new(), Can::Nothing),
        }
    }

    /// 次の研修まで、あと17日
    fn heading(&self, w: Words, now: Timestamp) -> String {
        if !self.is_before(now) {
            return w.t("my-next-now");
        }
        match self.application.day.and_then(|day| now.day().until(day).ok()).map_or(0, |span| span.get_days()) {
            0 => w.t("my-next-today"),
            1 => w.t("my-next-tomorrow"),
            days => w.one("my-next", "days", &days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{FiscalYear, Lang, Span};
    use school::attendance::verdict::Verdict;
    use school::trainings::application::ApplicationId;
    use school::trainings::programme::Audience;
    use school::trainings::session::SessionId;

    const W: Words = Words::of(Lang::Ja);

    fn now() -> Timestamp {
        Timestamp::in_japan(Day::constant(2026, 11, 22), 9, 0)
    }

    /// A confirmed application for a session from 16:00 to 17:00.
    fn line(day: Day) -> Line {
        let application = MyLine {
            id: ApplicationId::new(now()),
            number: 38,
            place: Spot::Seat,
            waited: None,
            cancelled_at: None,
            held_until: None,
            generation: 1,
            lang: Lang::Ja,
            family: "例示".into(),
            given: "髙子".into(),
            session: SessionId::new(now()),
            session_number: 5,
            extra: false,
            title: String::new(),
            day: Some(day),
            starts_at: Some(Timestamp::in_japan(day, 16, 0)),
            ends_at: Some(Timestamp::in_japan(day, 17, 0)),
            session_cancelled_at: None,
            audience: Audience::Beginner,
            year: FiscalYear::of(day),
        };
        Line { application, position: None, attendance: None, certificates: Vec::new(), can_watch: false }
    }

    fn with(mut line: Line, change: impl Fn(&mut MyLine)) -> Line {
        change(&mut line.application);
        line
    }

    fn december(day: i8) -> Day {
        Day::constant(2026, 12, day)
    }

    #[test]
    fn the_next_training_is_the_nearest_with_a_seat() {
        let waiting = Line { position: Some(2), ..with(line(december(3)), |line| line.place = Spot::Waiting) };
        let lists = Lists::of(W, vec![line(december(23)), line(december(9)), waiting], now());
        let next = lists.next.unwrap();
        assert_eq!((next.heading.as_str(), next.entry.day), ("次の研修まで、あと17日", Some(december(9))));
        assert_eq!(next.entry.number, "R8-B5-0038");
        let days: Vec<Option<Day>> = lists.coming.iter().map(|entry| entry.day).collect();
        assert_eq!(days, [Some(december(3)), Some(december(9)), Some(december(23))], "the nearest first");
        assert_eq!((lists.coming[0].word.as_str(), lists.coming[0].can), ("キャンセル待ち 2番目", Can::StopWaiting));
    }

    #[test]
    fn days_are_counted_by_the_calendar_not_by_hours() {
        let heading = |at: Timestamp| Lists::of(W, vec![line(december(9))], at).next.unwrap().heading;
        assert_eq!(heading(Timestamp::in_japan(december(8), 0, 1)), "次の研修は、明日です");
        assert_eq!(heading(Timestamp::in_japan(december(9), 15, 59)), "次の研修は、今日です");
        assert_eq!(heading(Timestamp::in_japan(december(9), 16, 0)), "いま開催中です");
        assert!(Lists::of(W, vec![line(december(9))], Timestamp::in_japan(december(9), 17, 0)).next.is_none(), "over at 17:00");
    }

    #[test]
    fn a_cancellation_can_be_undone_for_its_ten_minutes_and_then_folds_away() {
        let cancelled = || {
            with(line(december(9)), |line| {
                line.cancelled_at = Some(now());
                line.held_until = Some(now().plus(Span::minutes(10)));
            })
        };
        let lists = Lists::of(W, vec![cancelled()], now());
        assert!(lists.next.is_none());
        assert_eq!((lists.coming[0].can, lists.coming[0].note.as_str()), (Can::Restore, "9:10まで、取り消しを元に戻せます。"));
        let later = Lists::of(W, vec![cancelled()], now().plus(Span::minutes(10)));
        assert!(later.coming.is_empty());
        assert_eq!((later.over[0].can, later.past.as_str()), (Can::Nothing, "終わった研修・取り消した申し込み（1件）"));
    }

    #[test]
    fn a_cancelled_session_offers_another_date() {
        let lists = Lists::of(W, vec![with(line(december(2)), |line| line.session_cancelled_at = Some(now()))], now());
        assert!(lists.next.is_none(), "nobody is sent to a session that does not take place");
        assert_eq!((lists.coming[0].state, lists.coming[0].can), ("cancelled", Can::Move));
    }

    #[test]
    fn a_missed_session_leads_to_its_recording() {
        let missed = Line { attendance: Some(Status::Decided(Verdict::Absent)), can_watch: true, ..line(Day::constant(2026, 11, 11)) };
        let lists = Lists::of(W, vec![missed], now());
        let entry = &lists.over[0];
        assert_eq!((entry.word.as_str(), entry.can, entry.note.as_str()), ("欠席", Can::Watch, "録画を見ると、受講済みになります。"));
        assert!(entry.film.starts_with("/archive/R8/beginner/5?as="), "{}", entry.film);
    }

    #[test]
    fn on_its_day_the_next_training_leads_in() {
        let is_today = |at: Timestamp| Lists::of(W, vec![line(december(9))], at).next.unwrap().is_today;
        assert!(!is_today(Timestamp::in_japan(december(8), 23, 59)) && is_today(Timestamp::in_japan(december(9), 0, 0)));
    }

    #[test]
    fn names_stand_beside_applications_only_where_several_share_an_address() {
        let alone = Lists::of(W, vec![line(december(9)), line(december(23))], now());
        assert_eq!((alone.names.as_str(), alone.coming[0].name.as_str()), ("例示 髙子さん", ""));
        let colleague = with(line(december(15)), |line| "太郎".clone_into(&mut line.given));
        let shared = Lists::of(W, vec![line(december(9)), colleague], now());
        assert_eq!(shared.coming[1].name, "例示 太郎さん");
    }
}
