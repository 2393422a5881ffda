//! Which applications of a session a list means, and in which order.

use db::Arg;
use kernel::Timestamp;

use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// Which applications of a session are meant; what is empty excludes nothing.
#[derive(Clone, Debug)]
pub struct Sieve {
    /// The session.
    pub session: SessionId,
    /// A part of name, reading, workplace or address, folded.
    pub text: String,
    /// The number at the end of the receipt number.
    pub number: Option<i64>,
    /// What they are.
    pub standing: Option<Wants>,
    /// The id of the kind of workplace.
    pub kind: String,
    /// The JIS code of the prefecture.
    pub prefecture: String,
    /// Applied at this moment or later, and before that one.
    pub applied: Option<(Timestamp, Timestamp)>,
    /// What needs attention about them.
    pub care: Option<Care>,
}

/// What an application is, as a list is asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// 確定
    Seat,
    /// キャンセル待ち
    Waiting,
    /// 取り消し済み
    Cancelled,
}

/// What needs attention about an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// A mail about it did not arrive.
    Mail,
    /// Somebody else in the session has the same mail address.
    Shared,
    /// It was entered by the secretariat.
    Phone,
    /// It came with a list.
    List,
    /// It came from another session.
    Moved,
}

/// The order of a list, and from where on it goes.
#[derive(Clone, Debug)]
pub enum Place {
    /// Later applications first; those before this one.
    Newest(Option<(Timestamp, ApplicationId)>),
    /// Earlier applications first; those after this one.
    Oldest(Option<(Timestamp, ApplicationId)>),
    /// By the name of the workplace; those after this one.
    Workplace(Option<(String, ApplicationId)>),
    /// The same backwards; those before this one.
    WorkplaceBack(Option<(String, ApplicationId)>),
}

impl Wants {
    /// All of them, in the order of a select.
    pub const ALL: [Self; 3] = [Self::Seat, Self::Waiting, Self::Cancelled];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::Waiting => "waiting",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Care {
    /// All of them, in the order of a select.
    pub const ALL: [Self; 5] = [Self::Mail, Self::Shared, Self::Phone, Self::List, Self::Moved];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Shared => "shared",
            Self::Phone => "phone",
            Self::List => "list",
            Self::Moved => "moved",
        }
    }
}

impl Sieve {
    /// Everybody of the session.
    pub const fn all(session: SessionId) -> Self {
        Self {
            session,
            text: String::new(),
            number: None,
            standing: None,
            kind: String::new(),
            prefecture: String::new(),
            applied: None,
            care: None,
        }
    }

    /// The nine arguments of the condition that lists and counts share.
    pub(super) fn args(&self) -> Vec<Arg> {
        let (since, until) = self.applied.unwrap_or((Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX)));
        vec![
            self.session.into(),
            db::holding(&self.text).into(),
            self.number.into(),
            self.standing.map_or("", Wants::id).into(),
            self.kind.as_str().into(),
            self.prefecture.as_str().into(),
            since.into(),
            until.into(),
            self.care.map_or("", Care::id).into(),
        ]
    }
}
