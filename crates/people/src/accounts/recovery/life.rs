use access::{AccountId, SignInId};
use db::{FromColumn, Unreadable, Value};
use kernel::{EmailAddress, Lang, Span, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::need::{Need, Way};

id!(
    /// Somebody's way back.
    RecoveryId
);

/// How long somebody may take to approve, and the person to use what was approved.
pub(super) const LASTS: Span = Span::days(7);

/// How long the owner of the mailbox can stop it before anything opens.
const HOLD: Span = Span::hours(24);

/// How long a link opens.
const LINK_LASTS: Span = Span::minutes(15);

/// How long the new way may take, once the link was used.
const RENEWAL_LASTS: Span = Span::hours(1);

db::row! {
    /// A way back, as stored.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(super) struct Recovery {
        pub(super) id: RecoveryId,
        pub(super) account: AccountId,
        pub(super) email: EmailAddress,
        pub(super) lang: Lang,
        pub(super) asked_at: Timestamp,
        pub(super) approved_at: Option<Timestamp>,
        pub(super) held_until: Option<Timestamp>,
        pub(super) generation: i64,
        pub(super) link_ends_at: Option<Timestamp>,
        pub(super) used_at: Option<Timestamp>,
        pub(super) sign_in: Option<SignInId>,
        pub(super) closed_at: Option<Timestamp>,
        pub(super) outcome: Option<Outcome>,
    }
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    /// Somebody who could have approved did not.
    Refused,
    /// The owner of the mailbox stopped it.
    Cancelled,
    /// The new way is registered; the old ones are gone.
    Completed,
    /// Nobody approved in time, or nobody used it, or the person's roles are others by now.
    Lapsed,
}

/// Where it stands, by its facts and the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Waits for those who know the person.
    Asked,
    /// Approved; the day of the hold runs.
    Held,
    /// A link may be sent, or was.
    Ready,
    /// The link was used: the sign-in that it opened may register the new way.
    Opened,
    /// It is over.
    Over(Outcome),
}

/// It does not stand so that this could be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NotNow;

impl Recovery {
    /// Where it stands.
    pub(super) fn state(&self, now: Timestamp) -> State {
        if let Some(outcome) = self.outcome {
            return State::Over(outcome);
        }
        match (self.held_until, self.used_at) {
            (None, _) if now < self.asked_at.plus(LASTS) => State::Asked,
            (Some(until), _) if now < until => State::Held,
            (Some(until), _) if now >= until.plus(LASTS) => State::Over(Outcome::Lapsed),
            (Some(_), Some(used)) if now < used.plus(RENEWAL_LASTS) => State::Opened,
            (Some(_), _) => State::Ready,
            (None, _) => State::Over(Outcome::Lapsed),
        }
    }

    /// Until when it may be approved, or used.
    pub(super) fn ends_at(&self) -> Timestamp {
        self.held_until.unwrap_or(self.asked_at).plus(LASTS)
    }

    /// Takes what was approved so far, each by another person. Enough of it begins the hold, if the roles ask for one.
    pub(super) fn approve(&mut self, need: Need, approvals: &[Way], now: Timestamp) -> Result<(), NotNow> {
        if self.state(now) != State::Asked {
            return Err(NotNow);
        }
        if need.is_met_by(approvals) {
            self.approved_at = Some(now);
            self.held_until = Some(if need.hold { now.plus(HOLD) } else { now });
        }
        Ok(())
    }

    /// Makes a link, which opens for fifteen minutes; one before it opens no longer, nor does what it opened.
    pub(super) fn make_link(&mut self, now: Timestamp) -> Result<(), NotNow> {
        if !matches!(self.state(now), State::Ready | State::Opened) {
            return Err(NotNow);
        }
        self.generation += 1;
        self.link_ends_at = Some(now.plus(LINK_LASTS));
        (self.used_at, self.sign_in) = (None, None);
        Ok(())
    }

    /// Whether the link of this generation opens.
    pub(super) fn opens(&self, generation: i64, now: Timestamp) -> bool {
        self.state(now) == State::Ready
            && self.used_at.is_none()
            && self.generation == generation
            && self.link_ends_at.is_some_and(|ends| now < ends)
    }

    /// Uses the link up, for this sign-in.
    pub(super) fn use_link(&mut self, generation: i64, sign_in: SignInId, now: Timestamp) -> Result<(), NotNow> {
        if !self.opens(generation, now) {
            return Err(NotNow);
        }
        (self.used_at, self.sign_in) = (Some(now), Some(sign_in));
        Ok(())
    }

    /// Whether this sign-in may register the new way.
    pub(super) fn renews(&self, sign_in: SignInId, now: Timestamp) -> bool {
        self.state(now) == State::Opened && self.sign_in == Some(sign_in)
    }

    /// The new way is registered by this sign-in.
    pub(super) fn complete(&mut self, sign_in: SignInId, now: Timestamp) -> Result<(), NotNow> {
        if !self.renews(sign_in, now) {
            return Err(NotNow);
        }
        self.end(Outcome::Completed, now);
        Ok(())
    }

    /// Ends it before it is done.
    pub(super) fn close(&mut self, outcome: Outcome, now: Timestamp) -> Result<(), NotNow> {
        if outcome == Outcome::Completed || self.closed_at.is_some() {
            return Err(NotNow);
        }
        if outcome != Outcome::Lapsed && matches!(self.state(now), State::Over(_)) {
            return Err(NotNow);
        }
        self.end(outcome, now);
        Ok(())
    }

    fn end(&mut self, outcome: Outcome, now: Timestamp) {
        (self.closed_at, self.outcome) = (Some(now), Some(outcome));
    }
}

impl Outcome {
    /// The word in the database and at the end of keys.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::Lapsed => "lapsed",
        }
    }
}

impl FromColumn for Outcome {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        match value.text()? {
            "refused" => Ok(Self::Refused),
            "cancelled" => Ok(Self::Cancelled),
            "completed" => Ok(Self::Completed),
            "lapsed" => Ok(Self::Lapsed),
            other => Err(format!("{other} is no outcome").into()),
        }
    }
}
