use kernel::{Lang, Timestamp, id};
use std::str::FromStr;

id!(
    /// Something that goes public: a notice, a question, a fixed page.
    TextId
);
id!(
    /// One wording of a text.
    VersionId
);

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// お知らせ
    Notice,
    /// よくある質問
    Question,
    /// 固定ページ
    Page,
}

/// What happened to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// 保存
    Saved,
    /// 確認依頼
    Requested,
    /// 差し戻し
    Returned,
    /// 承認
    Approved,
    /// 公開
    Published,
    /// 取り下げ
    Withdrawn,
}

/// How a version stands: what its last step made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 下書き
    Draft,
    /// 確認待ち
    Requested,
    /// 承認済み
    Approved,
    /// 公開中
    Published,
    /// 取り下げ
    Withdrawn,
}

/// The stored word is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a word of approval")]
pub struct NotAWord;

/// What a version says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// The Japanese title.
    pub title_ja: String,
    /// The Japanese sentence under the title; fixed pages only.
    pub lead_ja: String,
    /// The Japanese text, in Markdown.
    pub body_ja: String,
    /// The English title, empty if there is none.
    pub title_en: String,
    /// The English sentence under the title.
    pub lead_en: String,
    /// The English text, in Markdown, empty if there is none.
    pub body_en: String,
    /// What else it says, in the words of its kind: a category, a topic.
    pub facts: serde_json::Value,
}

db::row! {
    /// One wording of a text, and how it stands.
    #[derive(Clone, Debug)]
    pub struct Version {
        pub id: VersionId,
        pub text: TextId,
        pub kind: Kind,
        pub number: i64,
        pub title_ja: String,
        pub lead_ja: String,
        pub body_ja: String,
        pub title_en: String,
        pub lead_en: String,
        pub body_en: String,
        pub facts: serde_json::Value,
        pub saved_at: Timestamp,
        pub step: Step,
    }
}

db::row! {
    /// A text in the staff's list, by its newest version.
    #[derive(Clone, Debug)]
    pub struct Line {
        pub text: TextId,
        pub number: i64,
        pub title_ja: String,
        pub title_en: String,
        pub facts: serde_json::Value,
        pub saved_at: Timestamp,
        pub step: Step,
        pub at: Timestamp,
        pub actor: String,
        pub role: String,
    }
}

db::row! {
    /// One step of a version's way: what, who, when, and what they said.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Past {
        pub step: Step,
        pub actor: String,
        pub role: String,
        pub note: String,
        pub at: Timestamp,
    }
}

db::row! {
    /// How many texts wait for somebody.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Waiting {
        pub requested: i64,
        pub approved: i64,
    }
}

impl Kind {
    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Question => "question",
            Self::Page => "page",
        }
    }

    /// Where the secretariat keeps the texts of the kind.
    pub const fn staff_path(self) -> &'static str {
        match self {
            Self::Notice => "/staff/notices",
            Self::Question => "/staff/faq",
            Self::Page => "/staff/pages",
        }
    }
}

impl Step {
    const ALL: [Self; 6] = [Self::Saved, Self::Requested, Self::Returned, Self::Approved, Self::Published, Self::Withdrawn];

    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Requested => "requested",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What a version is after this step.
    pub const fn leads_to(self) -> Stage {
        match self {
            Self::Saved | Self::Returned => Stage::Draft,
            Self::Requested => Stage::Requested,
            Self::Approved => Stage::Approved,
            Self::Published => Stage::Published,
            Self::Withdrawn => Stage::Withdrawn,
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("approval-step-{}", self.id())
    }
}

impl Stage {
    /// Every stage, in the order of the way.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Requested, Self::Approved, Self::Published, Self::Withdrawn];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("approval-stage-{}", self.id())
    }

    /// The shape that the style sheet draws beside the word.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Draft => "arranging",
            Self::Requested => "later",
            Self::Approved => "full",
            Self::Published => "done",
            Self::Withdrawn => "cancelled",
        }
    }
}

/// Both titles of a version, in the form in which the staff's list is searched: never nothing.
pub fn titles(ja: &str, en: &str) -> String {
    format!("{}\n{}", kernel::fold(ja), kernel::fold(en))
}

impl Version {
    /// How it stands.
    pub const fn stage(&self) -> Stage {
        self.step.leads_to()
    }

    /// What it says.
    pub fn wording(&self) -> Wording {
        Wording {
            title_ja: self.title_ja.clone(),
            lead_ja: self.lead_ja.clone(),
            body_ja: self.body_ja.clone(),
            title_en: self.title_en.clone(),
            lead_en: self.lead_en.clone(),
            body_en: self.body_en.clone(),
            facts: self.facts.clone(),
        }
    }

    /// A fact that is a text.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).and_then(serde_json::Value::as_str).unwrap_or("")
    }
}

impl Wording {
    /// Whether there is a text in this language.
    pub fn speaks(&self, lang: Lang) -> bool {
        lang == Lang::Ja || !self.body_en.is_empty()
    }

    /// Everything that it says, as readers see it, in the form in which it is searched.
    pub fn search(&self) -> String {
        let plain = |body: &str| crate::search::plain(&web::markdown(&crate::braces::without(body)));
        let parts = [&self.title_ja, &self.lead_ja, &plain(&self.body_ja), &self.title_en, &self.lead_en, &plain(&self.body_en)];
        parts.map(|part| kernel::fold(part)).join("\n")
    }
}

impl FromStr for Kind {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        [Self::Notice, Self::Question, Self::Page].into_iter().find(|kind| kind.id() == id).ok_or(NotAWord)
    }
}

impl FromStr for Step {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|step| step.id() == id).ok_or(NotAWord)
    }
}

impl FromStr for Stage {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|stage| stage.id() == id).ok_or(NotAWord)
    }
}

impl db::FromColumn for Kind {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

impl db::FromColumn for Step {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}
