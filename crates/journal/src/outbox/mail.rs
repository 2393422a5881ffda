use db::{DbResult, Engine, FromColumn, Tx, Unreadable, Value};
use kernel::{EmailAddress, Lang, Timestamp, Uuid, id};
use serde::{Deserialize, Serialize};
use serde_json::Map;

use super::store;

id!(
    /// One mail of the outbox.
    MailId
);

/// A mail that is to be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    pub(super) kind: &'static str,
    pub(super) object: Uuid,
    pub(super) lang: Lang,
    pub(super) facts: Map<String, serde_json::Value>,
    pub(super) recipient: Option<EmailAddress>,
    pub(super) priority: Priority,
    pub(super) due: Option<Timestamp>,
    pub(super) expires: Option<Timestamp>,
}

/// What is sent first when much waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Priority {
    /// An incident.
    Incident,
    /// Somebody sits there and waits for it: a sign-in link.
    Awaited,
    /// What follows from something a person did.
    Ordinary,
    /// One of many: reminders, announcements.
    Bulk,
}

impl Mail {
    /// A mail of this kind about this thing.
    pub fn of(kind: &'static str, object: impl Into<Uuid>, lang: Lang) -> Self {
        Self {
            kind,
            object: object.into(),
            lang,
            facts: Map::new(),
            recipient: None,
            priority: Priority::Ordinary,
            due: None,
            expires: None,
        }
    }

    /// What the thing itself will no longer tell when the mail is made: a number, a state, an id.
    #[must_use]
    pub fn with(mut self, key: &str, fact: impl Serialize) -> Self {
        let fact = serde_json::to_value(fact).expect("numbers, texts, ids and instants can be written as JSON");
        self.facts.insert(key.to_owned(), fact);
        self
    }

    /// To this address instead of the thing's own: an address that is yet to be confirmed. It is forgotten once sent.
    #[must_use]
    pub fn to(mut self, address: EmailAddress) -> Self {
        self.recipient = Some(address);
        self
    }

    /// How it stands among others that wait.
    #[must_use]
    pub const fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// Not before this moment.
    #[must_use]
    pub const fn at(mut self, moment: Timestamp) -> Self {
        self.due = Some(moment);
        self
    }

    /// Of no use from this moment on: rather dropped than late.
    #[must_use]
    pub const fn expires(mut self, moment: Timestamp) -> Self {
        self.expires = Some(moment);
        self
    }
}

impl Priority {
    /// As it is stored: the smaller, the sooner.
    pub(super) const fn rank(self) -> i32 {
        match self {
            Self::Incident => 0,
            Self::Awaited => 1,
            Self::Ordinary => 2,
            Self::Bulk => 3,
        }
    }
}

impl FromColumn for Priority {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        Ok(match i32::from_column(value)? {
            0 => Self::Incident,
            1 => Self::Awaited,
            2 => Self::Ordinary,
            3 => Self::Bulk,
            other => return Err(format!("{other} is no priority").into()),
        })
    }
}

/// Puts a mail into the outbox.
pub async fn mail(tx: &mut Tx<'_>, mail: Mail, now: Timestamp) -> DbResult<MailId> {
    let id = MailId::new(now);
    store::add(tx, id, &mail, now).await?;
    Ok(id)
}

/// Puts many mails into the outbox: on PostgreSQL with one statement, since there the price is the way to the server.
pub async fn mail_all(tx: &mut Tx<'_>, mails: Vec<Mail>, now: Timestamp) -> DbResult<()> {
    let mails: Vec<_> = mails.into_iter().map(|mail| (MailId::new(now), mail)).collect();
    mail_all_as(tx, &mails, now).await
}

/// The same with ids that the caller has noted down, each new.
pub async fn mail_all_as(tx: &mut Tx<'_>, mails: &[(MailId, Mail)], now: Timestamp) -> DbResult<()> {
    match tx.engine() {
        Engine::Postgres if !mails.is_empty() => store::add_all(tx, mails, now).await?,
        _ => {
            for (id, mail) in mails {
                store::add(tx, *id, mail, now).await?;
            }
        }
    }
    Ok(())
}

db::row! {
    /// A mail that is being made: what its renderer is given.
    #[derive(Clone, Debug, Serialize, Deserialize)]
    pub struct OutboxItem {
        /// The mail itself.
        pub id: MailId,
        /// Its kind.
        pub kind: String,
        /// What it is about.
        pub object: Uuid,
        /// In which language.
        pub lang: Lang,
        /// What was noted when it was queued.
        pub facts: serde_json::Value,
        /// The address it goes to, if not to the thing's own.
        pub recipient: Option<EmailAddress>,
        /// How it stands among others.
        pub priority: Priority,
        /// When it was queued.
        pub created_at: Timestamp,
        /// When it was to be sent.
        pub due_at: Timestamp,
        pub(crate) attempts: u32,
        pub(crate) first_tried_at: Option<Timestamp>,
    }
}

impl OutboxItem {
    /// A fact that is a whole number.
    pub fn number(&self, key: &str) -> Option<i64> {
        self.facts.get(key).and_then(serde_json::Value::as_i64)
    }

    /// A fact that is a text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.facts.get(key).and_then(serde_json::Value::as_str)
    }

    /// A fact that is an instant.
    pub fn moment(&self, key: &str) -> Option<Timestamp> {
        self.number(key).map(Timestamp::from_micros)
    }

    /// A fact that is an id.
    pub fn id_of<I: From<Uuid>>(&self, key: &str) -> Option<I> {
        self.text(key).and_then(|text| text.parse::<Uuid>().ok()).map(I::from)
    }
}

/// Sends a mail now that was given up or waits for its next try. False if it is no longer there to be sent.
pub async fn retry(tx: &mut Tx<'_>, id: MailId, now: Timestamp) -> DbResult<bool> {
    store::retry(tx, id, now).await
}

/// Gives up a mail for good: a person decided that it need not be sent. False if it has been sent or dropped already.
pub async fn retire(tx: &mut Tx<'_>, id: MailId, now: Timestamp) -> DbResult<bool> {
    store::retire(tx, id, now).await
}

/// Gives up all mail that waits, and says how much: after a restore nobody knows what of it was sent since, and nothing goes out twice.
pub async fn retire_all(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<u64> {
    store::retire_all(tx, now).await
}

/// Notes that a mail which was sent has come back, the first time. `class` is why, as a list shows it: `bounce-5.1.1`. False if no
/// such mail was sent.
pub async fn bounced(tx: &mut Tx<'_>, id: MailId, class: &str, now: Timestamp) -> DbResult<bool> {
    store::bounced(tx, id, class, now).await
}

/// Forgets mail that was sent or dropped before `before`, at most [`db::PIECE`], and says how much.
pub async fn forget(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    store::forget(tx, before).await
}
