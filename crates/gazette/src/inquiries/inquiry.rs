use kernel::{EmailAddress, FiscalYear, Lang, Timestamp, id};
use std::str::FromStr;

id!(
    /// One question to the secretariat, with everything that followed.
    InquiryId
);

/// The most characters that a question takes.
pub const QUESTION: usize = 2_000;

/// The most characters that an answer or a note takes.
pub const ANSWER: usize = 4_000;

/// What an inquiry is about; also the contact in the settings that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// 本事業について
    Programme,
    /// ポータルサイト・コンテンツについて
    Portal,
}

/// How an inquiry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 未対応
    Open,
    /// 対応中
    Taken,
    /// 完了
    Closed,
}

/// What a message of the thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// What the person asked.
    Question,
    /// What the secretariat answered by mail.
    Answer,
    /// What the person said afterwards, by mail or telephone, written down.
    Reply,
    /// For the secretariat alone.
    Note,
}

/// The word is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a word of inquiries")]
pub struct NotAWord;

/// A question as it was typed.
#[derive(Clone, Debug)]
pub struct NewInquiry {
    /// What about.
    pub about: About,
    /// Who asks.
    pub name: String,
    /// Where the answer goes.
    pub email: EmailAddress,
    /// Where they work, empty if not said.
    pub institution: String,
    /// The question.
    pub body: String,
    /// The language of the form, and so of the answer.
    pub lang: Lang,
}

db::row! {
    /// An inquiry, without its thread.
    #[derive(Clone)]
    pub struct Inquiry {
        pub id: InquiryId,
        pub year: FiscalYear,
        pub number: i64,
        pub about: About,
        pub name: String,
        pub email: EmailAddress,
        pub institution: String,
        pub lang: Lang,
        pub received_at: Timestamp,
        pub taken_at: Option<Timestamp>,
        pub closed_at: Option<Timestamp>,
    }
}

db::row! {
    /// One message of the thread.
    #[derive(Clone)]
    pub struct Message {
        pub number: i64,
        pub kind: MessageKind,
        pub actor: String,
        pub body: String,
        pub at: Timestamp,
    }
}

/// `R8-Q-0012`
pub fn shown_number(year: FiscalYear, number: i64) -> String {
    format!("{year}-Q-{number:04}")
}

impl Inquiry {
    /// The number that both sides say: `R8-Q-0012`.
    pub fn shown_number(&self) -> String {
        shown_number(self.year, self.number)
    }

    /// How it stands.
    pub const fn standing(&self) -> Standing {
        match (self.closed_at, self.taken_at) {
            (Some(_), _) => Standing::Closed,
            (None, Some(_)) => Standing::Taken,
            (None, None) => Standing::Open,
        }
    }
}

impl std::fmt::Debug for Inquiry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inquiry").field("id", &self.id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message").field("number", &self.number).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl About {
    /// In the order of the page.
    pub const ALL: [Self; 2] = [Self::Portal, Self::Programme];

    /// The word in the database and in the settings.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Programme => "programme",
            Self::Portal => "portal",
        }
    }

    /// The key of its word for the staff.
    pub fn key(self) -> String {
        format!("inquiries-about-{}", self.id())
    }
}

impl Standing {
    /// In the order of the work.
    pub const ALL: [Self; 3] = [Self::Open, Self::Taken, Self::Closed];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken => "taken",
            Self::Closed => "closed",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("inquiries-standing-{}", self.id())
    }

    /// The shape that the style sheet draws beside the word.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken => "full",
            Self::Closed => "done",
        }
    }
}

impl MessageKind {
    const ALL: [Self; 4] = [Self::Question, Self::Answer, Self::Reply, Self::Note];

    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Reply => "reply",
            Self::Note => "note",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("inquiries-message-{}", self.id())
    }
}

impl FromStr for About {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|about| about.id() == id).ok_or(NotAWord)
    }
}

impl FromStr for MessageKind {
    type Err = NotAWord;
    fn from_str(id: &str) -> Result<Self, NotAWord> {
        Self::ALL.into_iter().find(|kind| kind.id() == id).ok_or(NotAWord)
    }
}

impl db::FromColumn for About {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

impl db::FromColumn for MessageKind {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}
