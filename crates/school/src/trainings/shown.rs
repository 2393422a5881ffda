//! What templates get: courses, sessions and years in words.

use kernel::{Day, FiscalYear, Timestamp};

use super::programme::{Audience, Programme};
use super::session::{Archive, Session, State};

/// What can be pressed beside a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Nothing.
    None,
    /// 申し込み: the address and the words.
    Apply(String, String),
    /// キャンセル待ち.
    Wait(String, String),
    /// 知らせを受け取る.
    Tell(String, String),
    /// 別の回を見る.
    Other(String, String),
    /// 録画を見る.
    Watch(String, String),
}

/// A session as a row of a table.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// By which its row is found on a page: `R8-executive-3`
    pub anchor: String,
    /// 第3回 or 追加1.
    pub nth: String,
    /// The part's own title, empty if it has none.
    pub title: String,
    /// Whether the title is in Japanese on an English page.
    pub title_is_japanese: bool,
    /// 2026年12月23日（水）, or the window.
    pub day: String,
    /// 17:00～18:00, empty without a time.
    pub hours: String,
    /// For `<time datetime>`; empty without a day.
    pub datetime: String,
    /// What it is now.
    pub state: State,
    /// The word of the state.
    pub word: String,
    /// The sentence below the word, empty if none.
    pub reason: String,
    /// （予定）
    pub tentative: bool,
    /// 見本
    pub sample: bool,
    /// 「12月8日（火）から変更しました」, empty if it never moved.
    pub moved: String,
    /// What can be pressed.
    pub offer: Offer,
    /// Whether this is the next one that can be applied for.
    pub is_next: bool,
    /// The printed text.
    pub raw: String,
    /// The printed deadline, empty if none was printed.
    pub deadline_raw: String,
    /// Whether its window is to come or open, and is the portal's default instead of a printed one.
    pub default_window: bool,
    /// The deadline: 9月7日（木）13:00, empty if none.
    pub deadline: String,
    /// 「※原資料の表記は2023年…」, empty if all agrees.
    pub anomaly: String,
    /// Who speaks, empty unless readers may know.
    pub lecturers: String,
}

/// A course with its sessions.
#[derive(Clone, Debug)]
pub struct CourseView {
    /// For whom.
    pub audience: Audience,
    /// `/trainings/R8/intro`
    pub path: String,
    /// The name as printed or, in English, as we say it.
    pub name: String,
    /// 経営者向け
    pub short: String,
    /// What the lane of a picture is called.
    pub tab: String,
    /// One or two sentences.
    pub lead: String,
    /// 各回共通 or 全7回, empty if not said.
    pub format_note: String,
    /// 学ぶこと
    pub learn: String,
    /// 受け方
    pub how: String,
    /// 受講料
    pub fee: String,
    /// 対象の方
    pub audience_text: String,
    /// 2026年10月～2027年2月
    pub period: String,
    /// When applications open, as printed; empty if nothing was printed.
    pub opens_raw: String,
    /// What the rules mean for the reader.
    pub notes: Vec<String>,
    /// The rules as printed.
    pub rules: Vec<String>,
    /// The sessions.
    pub rows: Vec<SessionRow>,
    /// Where all parts of a series that are open can be applied for at once, and the words of the button.
    pub together: Option<(String, String)>,
    /// Something that needs care in the printed source.
    pub anomaly: String,
    /// 第3回, empty if none is open.
    pub next: String,
    /// The sessions themselves, for pictures.
    pub sessions: Vec<Session>,
    /// From when and until when its recordings are open.
    pub archive: Option<Archive>,
    /// The day on which they are expected, or have opened.
    pub archive_on: Option<Day>,
}

/// A programme with its courses.
#[derive(Clone, Debug)]
pub struct YearView {
    /// `R8`
    pub year: String,
    /// 令和8年度
    pub label: String,
    /// The programme.
    pub programme: Programme,
    /// The courses.
    pub courses: Vec<CourseView>,
    /// How many sessions.
    pub sessions: usize,
    /// 2026年9月
    pub first: String,
    /// 2027年2月
    pub last: String,
    /// When the recordings are expected or opened.
    pub archive: Option<Day>,
    /// Until when all of this is true.
    pub lasts_until: Timestamp,
}

/// A session as a card on the front page.
#[derive(Clone, Debug)]
pub struct Card {
    /// 経営者向け
    pub course: String,
    /// 第3回
    pub nth: String,
    /// The day.
    pub date: Day,
    /// （水）
    pub weekday: String,
    /// 17:00～18:00
    pub hours: String,
    /// あと25日で締切
    pub due: String,
    /// （12月17日 13:00）
    pub deadline: String,
    /// （予定）
    pub tentative: bool,
    /// Where to apply.
    pub href: String,
}

impl CourseView {
    /// The anchor of the next session that can be applied for; empty if none is open.
    pub fn next_anchor(&self) -> &str {
        self.rows.iter().find(|row| row.is_next).map_or("", |row| row.anchor.as_str())
    }
}

/// The anchor of a session's row.
pub fn anchor(year: FiscalYear, audience: Audience, number: i64) -> String {
    format!("{year}-{audience}-{number}")
}

impl SessionRow {
    /// Whether the list has to say that windows of it are the default ones.
    pub fn some_default(rows: &[Self]) -> bool {
        rows.iter().any(|row| row.default_window)
    }

    /// How the style sheet sets the row: over, void, or plain.
    pub const fn row_class(&self) -> &'static str {
        match self.state {
            State::Ended | State::Archived => "past",
            State::Cancelled => "void",
            _ => "",
        }
    }
}
