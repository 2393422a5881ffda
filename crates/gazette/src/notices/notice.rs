use kernel::{Day, Lang, Timestamp};
use std::fmt;
use std::str::FromStr;

use crate::approval::TextId;

db::row! {
    /// A notice as readers see it.
    #[derive(Clone, Debug)]
    pub struct Notice {
        pub id: TextId,
        pub day: Day,
        pub number: i64,
        pub category: Category,
        pub title_ja: String,
        pub body_ja: String,
        pub title_en: String,
        pub body_en: String,
        pub published_at: Timestamp,
        pub revised_at: Option<Timestamp>,
        pub withdrawn_at: Option<Timestamp>,
        pub withdraw_reason: String,
    }
}

db::row! {
    /// A notice as a list shows it: without what it says.
    #[derive(Clone, Debug)]
    pub struct Headline {
        pub day: Day,
        pub number: i64,
        pub category: Category,
        pub title_ja: String,
        pub title_en: String,
        pub has_english: bool,
    }
}

/// The address of a notice: its day, and its number on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slug {
    /// The day on which it was first published.
    pub day: Day,
    /// 1, 2, …
    pub number: i64,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// 研修
    Training,
    /// 変更
    Change,
    /// 教材
    Material,
    /// 案内
    Guidance,
}

/// The text is no address of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address of a notice such as 2026-0810-1")]
pub struct NotASlug;

/// The text names no category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a category of notices")]
pub struct NotACategory;

impl Headline {
    /// Its address under `/notices/`.
    pub const fn slug(&self) -> Slug {
        Slug { day: self.day, number: self.number }
    }

    /// The title in a language, or else in Japanese, and whether that is so.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        title_of(lang, (&self.title_ja, &self.title_en), self.has_english)
    }
}

fn title_of<'t>(lang: Lang, (ja, en): (&'t str, &'t str), has_english: bool) -> (&'t str, bool) {
    if lang == Lang::En && has_english { (en, false) } else { (ja, lang == Lang::En) }
}

impl Notice {
    /// Its address under `/notices/`.
    pub const fn slug(&self) -> Slug {
        Slug { day: self.day, number: self.number }
    }

    /// The title in a language, or else in Japanese, and whether that is so.
    pub fn title(&self, lang: Lang) -> (&str, bool) {
        title_of(lang, (&self.title_ja, &self.title_en), !self.body_en.is_empty())
    }

    /// The text, in the language of the title.
    pub fn body(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.body_en.is_empty() { &self.body_en } else { &self.body_ja }
    }
}

impl Slug {
    /// The path of the page.
    pub fn path(self) -> String {
        format!("/notices/{self}")
    }

    /// The series that its number comes from.
    pub fn series(day: Day) -> String {
        format!("notice/{day}")
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, number } = self;
        write!(f, "{:04}-{:02}{:02}-{number}", day.year(), day.month(), day.day())
    }
}

impl FromStr for Slug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Self, NotASlug> {
        let mut parts = text.split('-');
        let (Some(year), Some(month_day), Some(number), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotASlug);
        };
        if year.len() != 4 || month_day.len() != 4 || !month_day.is_ascii() {
            return Err(NotASlug);
        }
        let (month, day) = month_day.split_at(2);
        let read = |text: &str| text.parse::<i16>().ok().filter(|value| *value >= 0);
        let (Some(year), Some(month), Some(day)) = (read(year), read(month), read(day)) else { return Err(NotASlug) };
        let number = number.parse::<i64>().ok().filter(|number| *number >= 1).ok_or(NotASlug)?;
        let day = Day::new(year, i8::try_from(month).map_err(|_| NotASlug)?, i8::try_from(day).map_err(|_| NotASlug)?);
        let slug = Self { day: day.map_err(|_| NotASlug)?, number };
        // Only one spelling is an address: `2026-0810-01` is not the same page.
        if slug.to_string() == text { Ok(slug) } else { Err(NotASlug) }
    }
}

impl Category {
    /// In the order of the select.
    pub const ALL: [Self; 4] = [Self::Training, Self::Change, Self::Material, Self::Guidance];

    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Change => "change",
            Self::Material => "material",
            Self::Guidance => "guidance",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("notices-category-{}", self.id())
    }

    /// How its tag is drawn: a change is not one more offer.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Change => "",
            _ => "blue",
        }
    }

    /// The category that the files of `data/notices` call so.
    pub fn printed(word: &str) -> Option<Self> {
        Some(match word {
            "研修" => Self::Training,
            "変更" => Self::Change,
            "教材" => Self::Material,
            "案内" => Self::Guidance,
            _ => return None,
        })
    }
}

impl FromStr for Category {
    type Err = NotACategory;
    fn from_str(id: &str) -> Result<Self, NotACategory> {
        Self::ALL.into_iter().find(|category| category.id() == id).ok_or(NotACategory)
    }
}

impl db::FromColumn for Category {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}
