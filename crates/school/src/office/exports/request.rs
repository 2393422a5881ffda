use kernel::{Span, Timestamp, id};

use super::format::Format;
use crate::trainings::session::SessionId;

id!(
    /// A request to take a long list out of the portal.
    ExportRequestId
);

/// As many people may be taken out without a second person (rule 23).
pub const ALONE: i64 = 1_000;

/// As many people go into one file; whoever needs more narrows the list down.
pub const MOST: i64 = 50_000;

/// How long a request waits for a second person.
pub const WAITS: Span = Span::days(7);

/// How long the list can be taken after the second person has agreed.
pub const OPEN: Span = Span::hours(24);

db::row! {
    /// Somebody asks to take out a list of more than [`ALONE`] people.
    #[derive(Clone, Debug)]
    pub struct ExportRequest {
        pub id: ExportRequestId,
        pub session: SessionId,
        /// The filters of the list, as in its address; empty once the request is over.
        pub query: String,
        /// Whether filters were set.
        pub part: bool,
        pub format: Format,
        /// How many were on the list when it was asked for.
        pub people: i64,
        pub reason: String,
        pub asked_by: String,
        pub asked_at: Timestamp,
        pub decided_by: Option<String>,
        pub decided_at: Option<Timestamp>,
        pub approved: bool,
        pub remark: String,
        pub withdrawn_at: Option<Timestamp>,
        pub taken_at: Option<Timestamp>,
        pub taken: Option<i64>,
    }
}

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// 確認待ち: until when.
    Waits(Timestamp),
    /// 承認済み: the list can be taken until then.
    Open(Timestamp),
    /// 書き出し済み, and no longer open.
    Taken,
    /// 却下
    Refused,
    /// 取り下げ
    Withdrawn,
    /// 期限切れ
    Lapsed,
}

/// Why somebody may not decide about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum NotDecided {
    /// There is no such request.
    Unknown,
    /// It waits no longer.
    Over,
    /// They asked for it themselves.
    Own,
}

impl ExportRequest {
    /// How it stands at this moment.
    pub fn state(&self, now: Timestamp) -> State {
        if self.withdrawn_at.is_some() {
            return State::Withdrawn;
        }
        match (self.decided_at, self.approved) {
            (None, _) if now < self.asked_at.plus(WAITS) => State::Waits(self.asked_at.plus(WAITS)),
            (Some(_), false) => State::Refused,
            (Some(at), true) if now < at.plus(OPEN) => State::Open(at.plus(OPEN)),
            (Some(_), true) if self.taken_at.is_some() => State::Taken,
            (None, _) | (Some(_), true) => State::Lapsed,
        }
    }

    /// Whether this actor may decide: another than who asked, while it waits.
    pub fn may_be_decided(&self, by: &str, now: Timestamp) -> Result<(), NotDecided> {
        match self.state(now) {
            State::Waits(_) if by == self.asked_by => Err(NotDecided::Own),
            State::Waits(_) => Ok(()),
            _ => Err(NotDecided::Over),
        }
    }

    /// Whether this actor may take it back: who asked, before the list was taken.
    pub fn may_be_withdrawn(&self, by: &str, now: Timestamp) -> bool {
        by == self.asked_by && self.taken_at.is_none() && matches!(self.state(now), State::Waits(_) | State::Open(_))
    }

    /// Whether this actor may take the list now: who asked, within [`OPEN`] after the second person's word.
    pub fn may_be_taken(&self, by: &str, now: Timestamp) -> bool {
        by == self.asked_by && matches!(self.state(now), State::Open(_))
    }
}

impl State {
    /// The end of the key of its word.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Waits(_) => "waits",
            Self::Open(_) => "open",
            Self::Taken => "taken",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }

    /// The shape beside its word.
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Waits(_) => "later",
            Self::Open(_) => "open",
            Self::Taken => "done",
            Self::Refused | Self::Withdrawn | Self::Lapsed => "cancelled",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ASKER: &str = "account:asker";
    const OTHER: &str = "account:other";

    fn asked(at: Timestamp) -> ExportRequest {
        ExportRequest {
            id: ExportRequestId::new(at),
            session: SessionId::new(at),
            query: "kind=clinic".to_owned(),
            part: true,
            format: Format::Xlsx,
            people: 1_200,
            reason: "会場の受付名簿".to_owned(),
            asked_by: ASKER.to_owned(),
            asked_at: at,
            decided_by: None,
            decided_at: None,
            approved: false,
            remark: String::new(),
            withdrawn_at: None,
            taken_at: None,
            taken: None,
        }
    }

    proptest! {
        /// Whatever happens in whatever order: the list leaves only after another person's word, within a day of it.
        #[test]
        fn a_list_leaves_only_after_another_persons_word(steps in proptest::collection::vec((0..4u8, any::<bool>(), 0..40i64), 1..40)) {
            let begin = Timestamp::from_micros(1_795_000_000_000_000);
            let mut request = asked(begin);
            let mut now = begin;
            for (what, by_asker, hours) in steps {
                now = now.plus(Span::hours(hours));
                let by = if by_asker { ASKER } else { OTHER };
                match what {
                    0 | 1 => if request.may_be_decided(by, now).is_ok() {
                        prop_assert_eq!(by, OTHER);
                        prop_assert!(now < begin.plus(WAITS));
                        request.decided_by = Some(by.to_owned());
                        request.decided_at = Some(now);
                        request.approved = what == 0;
                    },
                    2 => if request.may_be_withdrawn(by, now) {
                        prop_assert_eq!(by, ASKER);
                        request.withdrawn_at = Some(now);
                    },
                    _ => if request.may_be_taken(by, now) {
                        prop_assert_eq!(by, ASKER);
                        prop_assert_eq!(request.decided_by.as_deref(), Some(OTHER));
                        prop_assert!(request.approved && request.withdrawn_at.is_none());
                        prop_assert!(now < request.decided_at.unwrap().plus(OPEN));
                        request.taken_at = Some(now);
                    },
                }
            }
        }
    }
}
