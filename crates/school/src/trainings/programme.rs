//! Programmes and courses: what a fiscal year offers, and what our pages say about it.

use kernel::{Day, FiscalYear, Lang, Timestamp, id};
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use web::data_text;

use super::session::{Archive, Session};

/// The hour in Japan at which recordings open on the day after the last session, when people may be told of it.
const ARCHIVE_HOUR: i8 = 9;

id!(
    /// The offer of one fiscal year.
    ProgrammeId
);
id!(
    /// A training of one programme.
    CourseId
);

db::row! {
    /// The offer of a fiscal year (年度).
    #[derive(Clone, Debug)]
    pub struct Programme {
        pub id: ProgrammeId,
        pub year: FiscalYear,
        pub name: String,
        pub project_name: String,
        pub operator: String,
        pub owner: String,
        pub source: String,
        pub facts: serde_json::Value,
        pub archive_opens_at: Option<Timestamp>,
        pub archive_ends_at: Option<Timestamp>,
        /// The day of its last session, once each has one. Read with it, never written.
        pub last_day: Option<Day>,
    }
}

db::row! {
    /// A training of one programme: what it teaches, to whom, how.
    #[derive(Clone, Debug)]
    pub struct Course {
        pub id: CourseId,
        pub programme: ProgrammeId,
        pub slug: Audience,
        pub position: i64,
        pub name: String,
        pub format: Format,
        pub format_raw: String,
        pub summary: String,
        pub delivery: String,
        pub audience: String,
        pub fee_yen: i64,
        pub opens_raw: String,
        pub rules: serde_json::Value,
        pub anomaly: String,
        pub archive_opens_at: Option<Timestamp>,
    }
}

/// For whom a course is; also its address (`/trainings/R8/intro`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, utoipa::ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum Audience {
    /// 導入研修－立入検査対策コース－
    Intro,
    /// 経営者向け
    Executive,
    /// システム・セキュリティ管理者向け
    Admin,
    /// 初学者・医療従事者向け
    Beginner,
}

/// How the sessions of a course belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, utoipa::ToSchema)]
#[schema(as = CourseFormat, rename_all = "snake_case")]
pub enum Format {
    /// 各回共通: attend any one.
    Interchangeable,
    /// 各回の内容が異なります: all are recommended.
    Series,
    /// Not said (R4).
    Unknown,
}

/// The text names no audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of intro, executive, admin, beginner")]
pub struct NotAnAudience;

/// The text names no format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of interchangeable, series, unknown")]
pub struct NotAFormat;

impl Audience {
    /// In the order of the pages.
    pub const ALL: [Self; 4] = [Self::Intro, Self::Executive, Self::Admin, Self::Beginner];

    /// The word in addresses and files.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Intro => "intro",
            Self::Executive => "executive",
            Self::Admin => "admin",
            Self::Beginner => "beginner",
        }
    }

    /// The letter in receipt numbers: `R8-E3-0042`.
    pub const fn letter(self) -> char {
        match self {
            Self::Intro => 'I',
            Self::Executive => 'E',
            Self::Admin => 'A',
            Self::Beginner => 'B',
        }
    }

    /// What the course pages say about it, from `data/programmes/courses.toml`.
    pub fn prose(self) -> &'static Prose {
        COURSE_WORDS.course.iter().find(|prose| prose.tier == self.slug()).expect("courses.toml describes each of the four audiences")
    }
}

impl FromStr for Audience {
    type Err = NotAnAudience;
    fn from_str(slug: &str) -> Result<Self, NotAnAudience> {
        Self::ALL.into_iter().find(|audience| audience.slug() == slug).ok_or(NotAnAudience)
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

impl Format {
    /// The word in the database and in the API.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Interchangeable => "interchangeable",
            Self::Series => "series",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for Format {
    type Err = NotAFormat;
    fn from_str(id: &str) -> Result<Self, NotAFormat> {
        [Self::Interchangeable, Self::Series, Self::Unknown].into_iter().find(|format| format.id() == id).ok_or(NotAFormat)
    }
}

impl db::FromColumn for Audience {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

impl db::FromColumn for Format {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

impl Programme {
    /// When the recordings of a course are expected or opened: set for the course, set, or the day after the last session with a date.
    ///
    /// Source: FAQ Q3 of the former portal, the archive opens after all online trainings have ended.
    pub fn archive_expected_on<'a>(
        &self,
        course_opens_at: Option<Timestamp>,
        sessions: impl IntoIterator<Item = &'a Session>,
    ) -> Option<Day> {
        if let Some(set) = course_opens_at.or(self.archive_opens_at) {
            return Some(set.day());
        }
        let last = sessions.into_iter().filter(|session| session.cancelled_at.is_none()).filter_map(Session::last_possible_day).max()?;
        last.tomorrow().ok()
    }

    /// From when and until when the recordings of one of its courses are open: as set for the course, as set for the programme, or
    /// from the morning after the last session of all its courses, until the end of the fiscal year.
    pub fn archive(&self, course_opens_at: Option<Timestamp>) -> Option<Archive> {
        let morning_after = |day: Day| Some(Timestamp::in_japan(day.tomorrow().ok()?, ARCHIVE_HOUR, 0));
        let opens = course_opens_at.or(self.archive_opens_at).or_else(|| self.last_day.and_then(morning_after))?;
        let year_is_over = || Timestamp::in_japan(FiscalYear::of(opens.day()).last_day(), 0, 0).next_midnight();
        Some((opens, Some(self.archive_ends_at.unwrap_or_else(year_is_over))))
    }

    /// A text of the programme's own facts, such as `owner`; empty if it has none.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).and_then(serde_json::Value::as_str).unwrap_or("")
    }
}

/// `data/programmes/courses.toml`.
#[derive(Debug, Deserialize)]
pub struct CourseWords {
    course: Vec<Prose>,
    note: Vec<Note>,
    #[serde(default)]
    phrase: Vec<Phrase>,
}

/// What the pages say about the courses for one audience, in two languages.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the fields are named like the lines of the file and the page")]
pub struct Prose {
    tier: String,
    pub name_ja: String,
    pub name_en: String,
    pub tab_ja: String,
    pub tab_en: String,
    pub short_ja: String,
    pub short_en: String,
    pub door_ja: String,
    pub door_en: String,
    pub door_text_ja: String,
    pub door_text_en: String,
    pub lead_ja: String,
    pub lead_en: String,
    pub learn_ja: String,
    pub learn_en: String,
    pub how_ja: String,
    pub how_en: String,
    pub length_ja: String,
    pub length_en: String,
    pub audience_ja: String,
    pub audience_en: String,
    pub fee_ja: String,
    pub fee_en: String,
}

#[derive(Debug, Deserialize)]
struct Note {
    rule: String,
    ja: String,
    en: String,
}

#[derive(Debug, Deserialize)]
struct Phrase {
    ja: String,
    say_ja: Option<String>,
    en: String,
}

static COURSE_WORDS: LazyLock<CourseWords> =
    LazyLock::new(|| toml::from_str(&data_text("programmes/courses.toml")).expect("courses.toml has the shape that its schema names"));

/// How our own pages say a sentence of a programme file; in English too where we have it, else `None`.
pub fn phrase(printed: &str, lang: Lang) -> Option<String> {
    let found = COURSE_WORDS.phrase.iter().find(|phrase| phrase.ja == printed)?;
    Some(match lang {
        Lang::Ja => found.say_ja.clone().unwrap_or_else(|| found.ja.clone()),
        Lang::En => found.en.clone(),
    })
}

/// What a printed rule means for the reader, if we explain it.
pub fn rule_note(rule: &str, lang: Lang) -> Option<&'static str> {
    let note = COURSE_WORDS.note.iter().find(|note| note.rule == rule)?;
    Some(lang.pick(note.ja.as_str(), note.en.as_str()))
}

macro_rules! in_language {
    ($($name:ident: $ja:ident, $en:ident;)*) => {
        impl Prose {
            $(
                #[doc = concat!("`", stringify!($ja), "` or `", stringify!($en), "`.")]
                pub fn $name(&self, lang: Lang) -> &str {
                    lang.pick(&self.$ja, &self.$en)
                }
            )*
        }
    };
}

in_language! {
    name: name_ja, name_en;
    tab: tab_ja, tab_en;
    short: short_ja, short_en;
    door: door_ja, door_en;
    door_text: door_text_ja, door_text_en;
    lead: lead_ja, lead_en;
    learn: learn_ja, learn_en;
    how: how_ja, how_en;
    length: length_ja, length_en;
    audience: audience_ja, audience_en;
    fee: fee_ja, fee_en;
}
