//! What the pages of the desk have in common: their frame, who is who, what is sealed, and how a moment is written.

use access::{AccountId, Label, Scope};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{DbResult, Lane, Tx};
use journal::Entry;
use kernel::{Span, Timestamp, Uuid};
use std::collections::BTreeMap;
use web::{Frame, PageError, Portal, Section, Visit, Words};

use crate::alarm;
use crate::cases::{self, Case, CaseId, CaseNumber};

pub use kernel::{long_moment, short_moment as moment};

/// The frame of a page of the desk.
pub fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    Frame::new(portal, visit, title).in_section(Section::Desk).with_desk()
}

/// The title of a page of this case: of an exercise 【訓練】 stands first.
pub fn title_of(w: Words, case: &Case, title: String) -> String {
    if case.is_drill { format!("{}{}{title}", w.t("work-drill-mark"), w.lang.pick("", " ")) } else { title }
}

/// The frame of a page about a case, below the case itself.
pub fn case_frame(portal: &Portal, visit: &Visit, case: &Case, title: String) -> Frame {
    let w = visit.words();
    frame(portal, visit, title_of(w, case, title))
        .crumb(w.t("work-queue-title"), "/desk")
        .crumb(case.number.to_string(), &format!("/desk/cases/{}", case.number))
}

/// Which page of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// 概要
    Overview,
    /// 見立て
    Assessment,
    /// 連絡
    Talk,
    /// 経過
    Timeline,
    /// 証拠・手がかり
    Evidence,
    /// 支援
    Support,
    /// 記録
    Notes,
    /// 報告・書き出し
    Exports,
}

impl Tab {
    /// In the order in which they stand: the word, and where below the case the page lies.
    const ALL: [(Self, &'static str, &'static str); 8] = [
        (Self::Overview, "work-tab-overview", ""),
        (Self::Assessment, "work-tab-assessment", "/assessment"),
        (Self::Talk, "work-tab-talk", "/talk"),
        (Self::Timeline, "work-tab-timeline", "/timeline"),
        (Self::Evidence, "work-tab-evidence", "/evidence"),
        (Self::Support, "work-tab-support", "/support"),
        (Self::Notes, "work-tab-notes", "/notes"),
        (Self::Exports, "work-tab-exports", "/exports"),
    ];

    /// The row of tabs on every page of a case: address, word, whether we are there.
    pub fn row(self, visit: &Visit, number: CaseNumber) -> Vec<(String, String, bool)> {
        let w = visit.words();
        Self::ALL.map(|(tab, key, rest)| (visit.to(&format!("/desk/cases/{number}{rest}")), w.t(key), tab == self)).into()
    }
}

/// The desk is one for the whole portal: a role for a part of the tree does not reach it.
pub fn reaches(visit: &Visit) -> Result<AccountId, PageError> {
    match (visit.actor.account(), &visit.scope) {
        (Some(account), Scope::All) => Ok(account),
        _ => Err(PageError::NotFound),
    }
}

/// The case that an address names, for whoever the desk is open to. To look at it is another thing: [`read_case`].
pub async fn case_of(portal: &Portal, visit: &Visit, number: &str) -> Result<Case, PageError> {
    reaches(visit)?;
    let number: CaseNumber = number.parse().map_err(|_| PageError::NotFound)?;
    portal.db.read(async move |tx| cases::store::by_number(tx, number).await).await?.ok_or(PageError::NotFound)
}

/// That somebody looks at these cases, which stands in the audit trail by now. Nothing but [`read_case`] and [`read_cases`] makes it
/// for any case, and no page has a lock without it (`keys::lock`).
#[derive(Clone, Debug)]
pub struct Reading {
    account: AccountId,
    cases: Vec<CaseId>,
}

impl Reading {
    /// For a page that shows nothing of any case.
    pub const fn of_no_case(account: AccountId) -> Self {
        Self { account, cases: Vec::new() }
    }

    /// Who looks.
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// At which cases.
    pub fn cases(&self) -> &[CaseId] {
        &self.cases
    }
}

/// Puts down that this case is looked at: for every page about it, once each time it is shown.
pub async fn read_case(portal: &Portal, visit: &Visit, case: CaseId) -> Result<Reading, PageError> {
    read_cases(portal, visit, vec![case]).await
}

/// The same, for a page that shows something of several cases.
pub async fn read_cases(portal: &Portal, visit: &Visit, cases: Vec<CaseId>) -> Result<Reading, PageError> {
    let reading = Reading { account: reaches(visit)?, cases };
    if !reading.cases.is_empty() {
        let by = visit.actor.label();
        let entry = |case: &CaseId| Entry::by(&by).did("desk.case_read").on("case", *case);
        let entries: Vec<Entry> = reading.cases.iter().map(entry).collect();
        let write = async move |tx: &mut Tx<'_>, now| journal::record_all(tx, entries.clone(), now).await;
        portal.db.write(Lane::Staff, None, write).await?;
    }
    Ok(reading)
}

/// Something sealed, as it stands on a page until the browser opens it.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The sealed bytes, in base64.
    pub bytes: String,
    /// `table|row|column`
    pub place: String,
    /// Whose key opens it.
    pub case: CaseId,
    /// For words that are several fields: their names and labels, as JSON; else empty.
    pub fields: String,
}

impl Sealed {
    /// Words that stand in a column of a row.
    pub fn new(case: CaseId, table: &str, row: Uuid, column: &str, bytes: &[u8]) -> Self {
        Self { bytes: STANDARD.encode(bytes), place: format!("{table}|{row}|{column}"), case, fields: String::new() }
    }

    /// With the labels of its fields: pairs of a field's name and the key of its label.
    #[must_use]
    pub fn with_fields(mut self, w: Words, fields: &[(&str, &str)]) -> Self {
        let labels: Vec<[String; 2]> = fields.iter().map(|(name, key)| [(*name).to_owned(), w.t(key)]).collect();
        self.fields = serde_json::json!(labels).to_string();
        self
    }
}

/// Who is who: the addresses of those who work at the desk.
pub struct Known(BTreeMap<String, String>);

impl Known {
    /// Everybody who works at the desk now.
    pub async fn load(tx: &mut Tx<'_>) -> DbResult<Self> {
        let members = alarm::store::members(tx).await?;
        Ok(Self(members.into_iter().map(|hand| (Label::Account(hand.account).to_string(), hand.email.to_string())).collect()))
    }

    /// Who an actor is, in words.
    pub fn who(&self, w: Words, actor: &str) -> String {
        match actor {
            crate::cases::REPORTER => w.t("work-who-reporter"),
            journal::audit::SYSTEM => w.t("work-who-system"),
            _ => self.0.get(actor).cloned().unwrap_or_else(|| w.t("work-who-left")),
        }
    }
}

/// 2時間5分, 3日
pub fn length(w: Words, span: Span) -> String {
    let minutes = span.as_minutes().max(0);
    match (minutes / 1440, minutes / 60, minutes % 60) {
        (0, 0, minutes) => w.one("work-minutes", "n", &minutes),
        (0, hours, 0) => w.one("work-hours", "n", &hours),
        (0, hours, minutes) => w.with("work-hours-minutes", &[("hours", &hours.to_string()), ("minutes", &minutes.to_string())]),
        (days, ..) => w.one("work-days", "n", &days),
    }
}

/// The end of a day is the day before at 24:00, as the law says it.
pub fn due_words(w: Words, due: Timestamp) -> String {
    let is_midnight = due.clock_face() == "0:00";
    if is_midnight {
        w.one("work-until-end-of", "day", &kernel::short_date(due.minus(Span::minutes(1)).day(), w.lang))
    } else {
        w.one("work-until", "at", &moment(due, w.lang))
    }
}

/// Reads `11/22 9:14`, `2026-11-22T09:14` or `9:14` of today. Nothing if it is none.
pub fn typed_moment(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim().replace('Ｔ', "T").replace('：', ":");
    let (day, time) = text.rsplit_once(['T', ' ', '　']).unwrap_or(("", &text));
    let day = if day.trim().is_empty() { now.day() } else { kernel::parse_day(day.trim(), now.day())? };
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then(|| Timestamp::in_japan(day, hour, minute))
}

/// As an input of the kind `datetime-local` wants it.
pub fn for_input(at: Timestamp) -> String {
    at.jst().strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_in_every_usual_form() {
        let now: Timestamp = "2026-11-22T09:30+09:00".parse().unwrap();
        let at: Timestamp = "2026-11-20T08:05+09:00".parse().unwrap();
        for typed in ["2026-11-20T08:05", "11/20 8:05", "2026年11月20日　8:05", " 2026-11-20 08:05:00"] {
            assert_eq!(typed_moment(typed, now), Some(at), "{typed}");
        }
        assert_eq!(typed_moment("8:05", now), Some("2026-11-22T08:05+09:00".parse().unwrap()));
        for strange in ["", "now", "25:00", "11/20", "9時"] {
            assert_eq!(typed_moment(strange, now), None, "{strange}");
        }
        assert_eq!(typed_moment(&for_input(at), now), Some(at));
    }

    #[test]
    fn a_length_is_written_as_people_say_it() {
        let w = Words::of(kernel::Lang::Ja);
        let said = [Span::minutes(4), Span::hours(2), Span::minutes(125), Span::hours(49)].map(|span| length(w, span));
        assert_eq!(said, ["4分", "2時間", "2時間5分", "2日"]);
    }
}
