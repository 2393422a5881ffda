use db::{Db, DbError};
use futures_util::future::BoxFuture;
use kernel::EmailAddress;
use std::collections::BTreeMap;
use std::fmt;

use crate::outbox::OutboxItem;

pub(super) type Renderer = Box<dyn Fn(Db, OutboxItem) -> BoxFuture<'static, Result<Rendered, RenderError>> + Send + Sync>;

/// Who makes the text of which kind of mail.
#[derive(Default)]
pub struct Renderers {
    pub(super) by_kind: BTreeMap<&'static str, Renderer>,
}

impl Renderers {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `renderer` make the mails of this kind.
    #[must_use]
    pub fn on<F, Fut>(mut self, kind: &'static str, renderer: F) -> Self
    where
        F: Fn(Db, OutboxItem) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Rendered, RenderError>> + Send + 'static,
    {
        let before = self.by_kind.insert(kind, Box::new(move |db, item| Box::pin(renderer(db, item))));
        assert!(before.is_none(), "two renderers for mails of the kind {kind}");
        self
    }

    /// These and those of another capability.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        for (kind, renderer) in others.by_kind {
            let before = self.by_kind.insert(kind, renderer);
            assert!(before.is_none(), "two renderers for mails of the kind {kind}");
        }
        self
    }

    /// The kinds that are rendered, in order.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.by_kind.keys().copied()
    }
}

/// Why a mail was not rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// It would be pointless by now, and is dropped: what it is about was cancelled, or is gone. The word is the reason the list
    /// shows, not a sentence.
    #[error("pointless: {0}")]
    Gone(&'static str),
    /// It may work later. The word is the class that the list shows.
    #[error("later: {0}")]
    Later(&'static str),
    /// It will never work; a person has to look. The word is the class that the list shows.
    #[error("never: {0}")]
    Never(&'static str),
    /// The database could not read.
    #[error("a read: {0}")]
    Storage(#[from] DbError),
}

/// Somebody with a mail address, and the name that stands before it.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The address.
    pub address: EmailAddress,
    /// The name, on one line.
    pub name: Option<String>,
}

/// A mail as it is to be read.
#[derive(Clone)]
pub struct Rendered {
    /// To whom.
    pub to: Recipient,
    /// The subject, on one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same for those who like it formatted.
    pub html: Option<String>,
    /// Where answers go, if not to the usual place.
    pub reply_to: Option<Recipient>,
    /// The name of the sender in the mail's language, if not the usual one.
    pub from_name: Option<String>,
    /// An entry for the calendar.
    pub invitation: Option<Invitation>,
    /// Whether nobody wrote it by hand, so that holiday notes do not answer. True unless a person typed the text.
    pub automatic: bool,
    /// Further headers: `In-Reply-To`, `References`, `List-…`. Others are refused.
    pub headers: Vec<(&'static str, String)>,
}

/// An entry for the reader's calendar, or its withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What the calendar is to do with it. The same word has to stand in `ics`.
    pub method: InvitationMethod,
    /// The iCalendar text.
    pub ics: String,
}

/// What a calendar is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationMethod {
    /// Add or change the entry.
    Request,
    /// Remove it.
    Cancel,
    /// Add several entries, which are changed one by one later.
    Publish,
}

impl Rendered {
    /// A plain mail; the rest is added by the methods below.
    pub fn new(to: Recipient, subject: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            to,
            subject: subject.into(),
            text: text.into(),
            html: None,
            reply_to: None,
            from_name: None,
            invitation: None,
            automatic: true,
            headers: Vec::new(),
        }
    }

    /// With a formatted version.
    #[must_use]
    pub fn html(mut self, html: impl Into<String>) -> Self {
        self.html = Some(html.into());
        self
    }

    /// With an entry for the calendar.
    #[must_use]
    pub fn invitation(mut self, method: InvitationMethod, ics: impl Into<String>) -> Self {
        self.invitation = Some(Invitation { method, ics: ics.into() });
        self
    }

    /// Answers go there.
    #[must_use]
    pub fn reply_to(mut self, recipient: Recipient) -> Self {
        self.reply_to = Some(recipient);
        self
    }

    /// From the portal under this name.
    #[must_use]
    pub fn from_name(mut self, name: impl Into<String>) -> Self {
        self.from_name = Some(name.into());
        self
    }

    /// A person typed the text.
    #[must_use]
    pub const fn by_hand(mut self) -> Self {
        self.automatic = false;
        self
    }

    /// With a further header; see [`Rendered::headers`].
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Optional mail, which one click at this address ends (RFC 8058).
    #[must_use]
    pub fn unsubscribe(self, url: &str) -> Self {
        self.header("List-Unsubscribe", format!("<{url}>")).header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    }
}

impl Recipient {
    /// Somebody with a name.
    pub fn new(address: EmailAddress, name: impl Into<String>) -> Self {
        Self { address, name: Some(name.into()) }
    }
}

impl From<EmailAddress> for Recipient {
    fn from(address: EmailAddress) -> Self {
        Self { address, name: None }
    }
}

impl InvitationMethod {
    /// The word of `METHOD` in the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

macro_rules! hidden {
    ($($name:ty),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("***")
            }
        }
    )*};
}
hidden!(Recipient, Rendered);
