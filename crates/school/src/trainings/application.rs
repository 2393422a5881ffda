//! Applications: one person for one session, with a seat or a place on the waiting list.

use access::{Label, OrganizationId};
use kernel::{Lang, Span, Text, Timestamp, id};
use people::accounts::Asks;
use people::lists::ListId;
use people::persons::{NewPerson, PersonId};
use std::str::FromStr;

use super::mail::About;
use super::programme::Audience;
use super::session::SessionId;

id!(
    /// One person's application for one session. The UID of its calendar entry.
    ApplicationId
);

/// How long a cancelled seat is held, so that the cancellation can be undone.
pub const UNDO: Span = Span::minutes(10);

/// How long the link in the mail opens after the session has ended.
pub const LINK_LASTS: Span = Span::days(90);

/// What the mails are counted as that answer whoever applies again.
pub const AGAIN: &str = "again";

/// What a form asks for, checked.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Who wants to take part.
    pub person: NewPerson,
    /// Where they work.
    pub workplace: Workplace,
    /// The id of their job in `data/jobs.toml`, empty if not said.
    pub job: String,
    /// What they would like to ask the lecturer, empty if nothing.
    pub question: String,
    /// The language of the mails.
    pub lang: Lang,
    /// When the form was opened: decides within the ten minutes after the deadline.
    pub begun_at: Option<Timestamp>,
    /// Who entered it for somebody who telephoned; `None`: the person.
    pub entered_by: Option<Label>,
    /// Whether they have said that they attend this one beside another session of the same contents.
    pub both: bool,
    /// Whether a colleague at the office fills in the form for them; they are told so, and how to decline.
    pub by_office: bool,
    /// What the mail counts into that whoever has applied before is answered with; `None`: whoever enters it is no stranger.
    pub asks: Option<Asks>,
}

impl Wanted {
    /// Whether the person is asked first, where they have applied for another session of the same contents. Whoever enters
    /// somebody else has asked them.
    pub const fn is_asked(&self) -> bool {
        !self.both && self.entered_by.is_none()
    }

    /// The mail that confirms it.
    pub(crate) const fn mail(&self) -> About {
        if self.by_office { About::SignedUp } else { About::Applied }
    }
}

/// Where somebody works: from the list, or as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workplace {
    /// The institution in the list, if it was chosen there.
    pub organization: Option<OrganizationId>,
    /// Its name.
    pub name: String,
    /// The id of its kind in `data/institution-kinds.toml`.
    pub kind: String,
    /// The JIS code of its prefecture.
    pub prefecture: String,
}

/// A question to the lecturer: at most 500 characters.
pub type Question = Text<500>;

/// What an application holds, or held until it was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A seat.
    Seat,
    /// A place on the waiting list.
    Waiting,
}

impl Spot {
    /// The word in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::Waiting => "waiting",
        }
    }
}

/// The word names nothing that an application can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not one of seat, waiting")]
pub struct NotASpot;

impl FromStr for Spot {
    type Err = NotASpot;

    fn from_str(id: &str) -> Result<Self, NotASpot> {
        [Self::Seat, Self::Waiting].into_iter().find(|spot| spot.id() == id).ok_or(NotASpot)
    }
}

impl db::FromColumn for Spot {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

impl From<Spot> for db::Arg {
    fn from(spot: Spot) -> Self {
        spot.id().into()
    }
}

db::row! {
    /// An application, as stored.
    #[derive(Clone, Debug)]
    pub struct Application {
        pub id: ApplicationId,
        pub session: SessionId,
        pub person: PersonId,
        pub number: i64,
        pub place: Spot,
        pub waited: Option<i64>,
        pub organization: Option<OrganizationId>,
        pub organization_name: String,
        pub organization_kind: String,
        pub prefecture: String,
        pub job: String,
        pub question: String,
        pub lang: Lang,
        pub entered_by: Option<Label>,
        pub applied_at: Timestamp,
        pub sequence: i64,
        pub generation: i64,
        pub moved_from: Option<SessionId>,
        pub moved_at: Option<Timestamp>,
        pub promoted_at: Option<Timestamp>,
        pub cancelled_at: Option<Timestamp>,
        pub cancelled_by: Option<String>,
        pub held_until: Option<Timestamp>,
        pub list: Option<ListId>,
    }
}

/// What an application is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 確定
    Confirmed,
    /// キャンセル待ち
    Waiting,
    /// 取り消し済み
    Cancelled {
        /// Whether it can still be undone.
        undoable: bool,
    },
}

impl Application {
    /// What it is at `now`.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match (self.cancelled_at, self.place) {
            (Some(_), _) => Standing::Cancelled { undoable: self.held_until.is_some_and(|until| now < until) },
            (None, Spot::Waiting) => Standing::Waiting,
            (None, Spot::Seat) => Standing::Confirmed,
        }
    }

    /// Whether it holds, or waits for, a seat.
    pub const fn is_live(&self) -> bool {
        self.cancelled_at.is_none()
    }

    /// Whether it is that of somebody who watches at another's screen, and counts into no seats.
    pub fn is_viewer(&self) -> bool {
        self.entered_by.is_some_and(Label::is_viewing)
    }

    /// Whether it waits.
    pub fn is_waiting(&self) -> bool {
        self.place == Spot::Waiting
    }
}

/// 受付番号: `R8-E3-0042`, the forty-second application for the third session of the executives.
pub fn receipt_number(year: kernel::FiscalYear, audience: Audience, session: i64, number: i64) -> String {
    format!("{year}-{}{session}-{number:04}", audience.letter())
}

#[cfg(test)]
mod tests {
    use db::{FromColumn as _, Value};

    use super::*;

    #[test]
    fn an_application_holds_what_its_row_says_and_nothing_else() {
        for spot in [Spot::Seat, Spot::Waiting] {
            assert_eq!(Spot::from_column(Value::Text(spot.id())).ok(), Some(spot));
        }
        for word in ["", "Seat", "waiting ", "cancelled"] {
            assert_eq!(word.parse::<Spot>(), Err(NotASpot), "{word}");
            assert!(Spot::from_column(Value::Text(word)).is_err(), "{word}");
        }
    }
}
