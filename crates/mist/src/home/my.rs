//! マイページ: the next training large, every application with its state, the past folded away.

use access::{Action, Decision};
use askama::Template;
use axum::extract::State;
use db::{DbResult, Tx};
use kernel::{Day, Timestamp, weekday};
use school::trainings::application::receipt_number;
use school::trainings::store::{self, MyLine};
use web::{Frame, Page, PageError, Portal, Section, Visit, Words};

#[derive(Template)]
#[template(path = "home/my.html")]
struct MyPage {
    frame: Frame,
    address: String,
    names: String,
    next: Option<Next>,
    coming: Vec<Entry>,
    over: Vec<Entry>,
    /// 終わった研修・取り消した申し込み（3件）
    past: String,
    works_here: bool,
}

/// The next training with a seat.
struct Next {
    heading: String,
    entry: Entry,
}

/// An application in the list.
struct Entry {
    path: String,
    day: Option<Day>,
    beside: String,
    title: String,
    /// Whose it is, where several share the address.
    name: String,
    number: String,
    state: &'static str,
    word: String,
    /// What happened to it, in a sentence; empty if nothing did.
    note: String,
    /// Where its day is said for those who hear the buttons.
    spoken: String,
    can: Can,
}

/// What can be done with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Can {
    /// 変更する, 取り消す
    Change,
    /// 待つのをやめる
    StopWaiting,
    /// 取り消しを元に戻す
    Restore,
    /// 別の日程に変更する
    Move,
    Nothing,
}

/// What the database says about an address.
struct Mine {
    address: String,
    /// Each with its position on the waiting list.
    lines: Vec<(MyLine, Option<i64>)>,
}

/// The page of whoever signed in.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let account = visit.actor.account().ok_or(PageError::SignInFirst)?;
    let mine = portal.db.read(async move |tx| mine(tx, account).await).await?.ok_or(PageError::SignInFirst)?;
    let works_here = matches!(portal.matrix.may(&visit.actor, Action::SeeStaffHome, None, visit.now), Decision::Allowed(_));
    let frame = Frame::new(&portal, &visit, visit.words().t("my-title")).in_section(Section::My).here();
    Page::html(&MyPage::new(frame, mine, works_here))
}

async fn mine(tx: &mut Tx<'_>, account: access::AccountId) -> DbResult<Option<Mine>> {
    let Some(account) = people::accounts::find(tx, account).await? else { return Ok(None) };
    let mut lines = Vec::new();
    for line in store::applications_of_address(tx, account.email.as_str()).await? {
        let position = match line.waited {
            Some(waited) if is_waiting(&line) => Some(store::waiting_position(tx, line.session, waited).await?),
            _ => None,
        };
        lines.push((line, position));
    }
    Ok(Some(Mine { address: account.email.to_string(), lines }))
}

impl MyPage {
    fn new(frame: Frame, mine: Mine, works_here: bool) -> Self {
        let (w, now) = (frame.w, frame.now);
        let mut names: Vec<String> = mine.lines.iter().map(|(line, _)| full_name(line)).collect();
        names.sort_unstable();
        names.dedup();
        let is_shared = names.len() > 1;
        let (mut coming, over): (Vec<_>, Vec<_>) = mine.lines.into_iter().partition(|(line, _)| is_coming(line, now));
        // The list comes with the latest day first; what is to come is read from the nearest.
        coming.sort_by_key(|(line, _)| (line.day.is_none(), line.day, line.starts_at));
        let next = coming
            .iter()
            .find(|(line, _)| has_seat(line))
            .map(|(line, position)| Next { heading: heading(w, line, now), entry: Entry::new(w, line, *position, is_shared, now) });
        let entries = |lines: Vec<(MyLine, Option<i64>)>| {
            lines.iter().map(|(line, position)| Entry::new(w, line, *position, is_shared, now)).collect()
        };
        let said: Vec<String> = names.iter().map(|name| w.one("my-name", "name", name)).collect();
        Self {
            address: mine.address,
            names: said.join(w.t("my-between-names").as_str()),
            next,
            past: w.count("my-past", over.len()),
            coming: entries(coming),
            over: entries(over),
            works_here,
            frame,
        }
    }
}

impl Entry {
    fn new(w: Words, line: &MyLine, position: Option<i64>, is_shared: bool, now: Timestamp) -> Self {
        let lang = w.lang;
        let prose = line.audience.prose();
        let (state, word, note, can) = standing(w, line, position, now);
        let hours = match (line.starts_at, line.ends_at) {
            (Some(starts), Some(ends)) => format!("{}{}{}", starts.clock_face(), lang.pick("～", "–"), ends.clock_face()),
            _ => String::new(),
        };
        let week = line.day.map_or("", |day| weekday(day, lang));
        Self {
            path: format!("/applications/{}", line.id),
            day: line.day,
            beside: lang.pick(format!("（{week}）{hours}"), format!("{week} {hours}")),
            title: format!("{} {}", prose.tab(lang), line.nth(w)),
            name: if is_shared { w.one("my-name", "name", &full_name(line)) } else { String::new() },
            number: receipt_number(line.year, line.audience, line.session_number, line.number),
            state,
            word,
            note,
            spoken: line.day.map_or_else(|| line.nth(w), |day| school::trainings::month_day(day, lang)),
            can,
        }
    }
}

/// The shape and word of an application's state, what happened to it, and what can be done.
fn standing(w: Words, line: &MyLine, position: Option<i64>, now: Timestamp) -> (&'static str, String, String, Can) {
    let is_before = begins(line).is_none_or(|begins| now < begins);
    if line.cancelled_at.is_some() {
        let can_restore = is_before && line.held_until.is_some_and(|until| now < until);
        let note = match line.held_until {
            Some(until) if can_restore => w.one("my-restorable", "until", &until.clock_face()),
            _ => String::new(),
        };
        return ("closed", w.t("application-cancelled"), note, if can_restore { Can::Restore } else { Can::Nothing });
    }
    if line.session_cancelled_at.is_some() {
        let note = if is_before { w.t("application-session-cancelled") } else { String::new() };
        return ("cancelled", w.t("state-cancelled"), note, if is_before { Can::Move } else { Can::Nothing });
    }
    if is_waiting(line) {
        let word = position.map_or_else(|| w.t("state-full"), |n| w.one("application-waiting", "n", &n));
        return if is_before {
            ("full", word, String::new(), Can::StopWaiting)
        } else {
            ("ended", w.t("my-not-promoted"), String::new(), Can::Nothing)
        };
    }
    if is_before {
        return ("done", w.t("application-confirmed"), String::new(), Can::Change);
    }
    let is_over = over(line).is_some_and(|over| now >= over);
    let (state, key) = if is_over { ("ended", "state-ended") } else { ("open", "state-running") };
    (state, w.t(key), String::new(), Can::Nothing)
}

/// 次の研修まで、あと17日
fn heading(w: Words, line: &MyLine, now: Timestamp) -> String {
    if begins(line).is_some_and(|begins| now >= begins) {
        return w.t("my-next-now");
    }
    let days = line.day.and_then(|day| now.day().until(day).ok()).map_or(0, |span| span.get_days());
    match days {
        0 => w.t("my-next-today"),
        1 => w.t("my-next-tomorrow"),
        days => w.one("my-next", "days", &days),
    }
}

fn full_name(line: &MyLine) -> String {
    format!("{} {}", line.family, line.given)
}

fn is_waiting(line: &MyLine) -> bool {
    line.cancelled_at.is_none() && line.place == "waiting"
}

/// Whether it is an application that will lead into a training.
fn has_seat(line: &MyLine) -> bool {
    line.cancelled_at.is_none() && line.session_cancelled_at.is_none() && !is_waiting(line)
}

/// Whether it belongs to what is to come: not over, and not cancelled beyond undoing.
fn is_coming(line: &MyLine, now: Timestamp) -> bool {
    let is_not_over = over(line).is_none_or(|over| now < over);
    is_not_over && (line.cancelled_at.is_none() || line.held_until.is_some_and(|until| now < until))
}

/// When it begins; a session without a time takes the whole day.
fn begins(line: &MyLine) -> Option<Timestamp> {
    line.starts_at.or_else(|| line.day.map(|day| Timestamp::in_japan(day, 0, 0)))
}

/// When it is over.
fn over(line: &MyLine) -> Option<Timestamp> {
    line.ends_at.or_else(|| line.day.map(|day| Timestamp::in_japan(day, 0, 0).next_midnight()))
}
