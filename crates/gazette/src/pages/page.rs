use kernel::{Day, Lang};
use std::str::FromStr;

db::row! {
    /// A fixed page as readers see it.
    #[derive(Clone, Debug)]
    pub struct FixedPage {
        pub name: Name,
        pub title_ja: String,
        pub lead_ja: String,
        pub body_ja: String,
        pub title_en: String,
        pub lead_en: String,
        pub body_en: String,
        pub updated_on: Day,
    }
}

/// Which fixed page; also its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// 本サイトの使い方
    Guide,
    /// 事業について
    About,
    /// プライバシーポリシー
    Privacy,
    /// 利用規約
    Terms,
    /// ウェブアクセシビリティ
    Accessibility,
}

/// The text names no fixed page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a fixed page")]
pub struct NotAName;

impl Name {
    /// In the order of the foot of each page.
    pub const ALL: [Self; 5] = [Self::Guide, Self::About, Self::Privacy, Self::Terms, Self::Accessibility];

    /// The word in the database, in the files and in the address.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::About => "about",
            Self::Privacy => "privacy",
            Self::Terms => "terms",
            Self::Accessibility => "accessibility",
        }
    }

    /// The address.
    pub fn path(self) -> String {
        format!("/{}", self.id())
    }
}

impl FixedPage {
    /// Title, sentence under it and text in a language, or else in Japanese, and whether that is so.
    pub fn speak(&self, lang: Lang) -> (&str, &str, &str, bool) {
        let is_japanese = lang == Lang::En && self.body_en.is_empty();
        match lang {
            Lang::En if !is_japanese => (&self.title_en, &self.lead_en, &self.body_en, false),
            _ => (&self.title_ja, &self.lead_ja, &self.body_ja, is_japanese),
        }
    }
}

impl FromStr for Name {
    type Err = NotAName;
    fn from_str(id: &str) -> Result<Self, NotAName> {
        Self::ALL.into_iter().find(|name| name.id() == id).ok_or(NotAName)
    }
}

impl db::FromColumn for Name {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}
