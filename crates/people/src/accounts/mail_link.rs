use db::{DbResult, Tx};
use journal::{Mail, Priority};
use kernel::{EmailAddress, Lang, Span, Timestamp, id};
use serde::{Deserialize, Serialize};
use web::Keys;

use super::credentials::Me;
use super::tries::Counter;
use super::{Browser, Next, ensure, sign_in, store};
use crate::persons;

journal::kinds! {
    /// The mail with the link.
    pub(super) Mail SIGN_IN_LINK = "accounts.sign_in_link";
}

id!(
    /// A link in a mail that opens a sign-in, once.
    SignInLinkId
);

/// How long a link opens.
const LASTS: Span = Span::minutes(15);

/// What keys the text of a link is made with.
pub(super) const PURPOSE: &str = "sign-in-link";

db::row! {
    /// A link, as stored: nothing that opens anything.
    pub(super) struct SignInLink {
        pub(super) email: EmailAddress,
        pub(super) next: String,
        pub(super) lang: Lang,
        pub(super) ends_at: Timestamp,
        pub(super) used_at: Option<Timestamp>,
    }
}

impl SignInLink {
    pub(super) fn opens_at(&self, now: Timestamp) -> bool {
        self.used_at.is_none() && now < self.ends_at
    }
}

/// The link opens nothing: it was used, or its time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NotOpened;

/// Sends a link to whoever reads mail at this address, if anybody there is known: has an account, or ever applied.
///
/// Says nothing about that. Asking too often sends nothing either, so that nobody's mailbox is filled by a stranger.
pub(super) async fn ask(tx: &mut Tx<'_>, email: &EmailAddress, next: &Next, lang: Lang, counter: &Counter, now: Timestamp) -> DbResult<()> {
    if counter.begin(tx, now).await?.is_err() {
        return Ok(());
    }
    send(tx, email, next, lang, now).await
}

/// The same for whoever has counted the try already.
pub(super) async fn send(tx: &mut Tx<'_>, email: &EmailAddress, next: &Next, lang: Lang, now: Timestamp) -> DbResult<()> {
    let is_known = store::by_email(tx, email).await?.is_some() || !persons::by_email(tx, email.as_str()).await?.is_empty();
    if is_known {
        let id = SignInLinkId::new(now);
        let ends_at = now.plus(LASTS);
        store::add_link(tx, id, email, next, lang, ends_at, now).await?;
        journal::mail(tx, Mail::of(SIGN_IN_LINK, id, lang).priority(Priority::Awaited).expires(ends_at), now).await?;
    }
    Ok(())
}

/// Opens a learner's sign-in by the link, which opens nothing any more after that. Returns where to go.
pub(super) async fn open(
    tx: &mut Tx<'_>,
    id: SignInLinkId,
    keys: &Keys,
    browser: &Browser,
    earlier: Option<Me>,
    now: Timestamp,
) -> DbResult<Result<String, NotOpened>> {
    let Some(link) = store::use_link(tx, id, now).await? else { return Ok(Err(NotOpened)) };
    Counter::of(keys, "link", &link.email, browser).succeeded(tx, now).await?;
    let account = ensure(tx, &link.email, link.lang, now).await?;
    sign_in::open(tx, account.id, access::Strength::MailLink, browser, earlier, now).await?;
    Ok(Ok(link.next))
}
