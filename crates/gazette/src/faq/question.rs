use kernel::{Lang, Timestamp};
use std::str::FromStr;
use web::Settings;

use crate::approval::TextId;
use crate::braces;

db::row! {
    /// A question with its answer, as readers see it.
    #[derive(Clone, Debug)]
    pub struct Question {
        pub id: TextId,
        pub number: i64,
        pub topic: Topic,
        pub title_ja: String,
        pub body_ja: String,
        pub title_en: String,
        pub body_en: String,
    }
}

/// How many numbers share a page. They are numbers and not questions, so that the address of a question never changes, whatever is
/// published or withdrawn before it.
pub const NUMBERS: i64 = 100;

/// The page on which a number stands, from 1.
pub const fn page_of(number: i64) -> i64 {
    (number - 1) / NUMBERS + 1
}

/// The address of a page.
pub fn page_path(page: i64) -> String {
    if page > 1 { format!("/faq?page={page}") } else { "/faq".to_owned() }
}

/// The address of the question with a number.
pub fn path(number: i64) -> String {
    format!("{}#q{number}", page_path(page_of(number)))
}

/// A question as a page shows it: in one language, filled in, as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The number that it keeps.
    pub number: i64,
    /// The question.
    pub title: String,
    /// The answer, safe to be put into a page as it is.
    pub html: String,
    /// Whether it is in Japanese on an English page, which marks it with `lang="ja"`.
    pub is_japanese: bool,
}

/// What a question is about: the headings of the page, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// 申し込み
    Apply,
    /// 変更・取り消し
    Change,
    /// メール
    Mail,
    /// 対象・内容
    Audience,
    /// 録画・資料
    Archive,
    /// 証明書
    Certificate,
    /// サイバー攻撃かもしれないとき
    Incident,
}

/// Where a question is shown beside its own page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The page of a course.
    Course,
    /// The form for applying.
    Apply,
    /// The receipt.
    Thanks,
    /// マイページ
    My,
}

/// The text names no topic or place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a topic or place of questions")]
pub struct NotAWord;

impl Question {
    /// The question in a language, or else in Japanese.
    pub fn answer(&self, lang: Lang, settings: &Settings, now: Timestamp) -> Answer {
        let is_japanese = lang == Lang::En && self.body_en.is_empty();
        let (title, body, shown) = if lang == Lang::Ja || is_japanese {
            (&self.title_ja, &self.body_ja, Lang::Ja)
        } else {
            (&self.title_en, &self.body_en, Lang::En)
        };
        Answer { number: self.number, title: title.clone(), html: braces::html(body, settings, shown, now), is_japanese }
    }
}

impl Answer {
    /// The address of the question on its own page.
    pub fn path(&self) -> String {
        path(self.number)
    }
}

impl Topic {
    /// In the order of the page.
    pub const ALL: [Self; 7] = [Self::Apply, Self::Change, Self::Mail, Self::Audience, Self::Archive, Self::Certificate, Self::Incident];

    /// The word in the database, in the files and in anchors.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Apply => "apply",
            Self::Change => "change",
            Self::Mail => "mail",
            Self::Audience => "audience",
            Self::Archive => "archive",
            Self::Certificate => "certificate",
            Self::Incident => "incident",
        }
    }

    /// The key of its heading.
    pub fn key(self) -> String {
        format!("faq-topic-{}", self.id())
    }
}

impl Place {
    /// In the order of a person's way.
    pub const ALL: [Self; 4] = [Self::Course, Self::Apply, Self::Thanks, Self::My];

    /// The word in the files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Apply => "apply",
            Self::Thanks => "thanks",
            Self::My => "my",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("faq-place-{}", self.id())
    }
}

impl FromStr for Topic {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|topic| topic.id() == id).ok_or(NotAWord)
    }
}

impl FromStr for Place {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|place| place.id() == id).ok_or(NotAWord)
    }
}

impl db::FromColumn for Topic {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}
