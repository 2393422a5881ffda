//! Wishes to be told: when applications open, when the recordings do.

use db::{DbResult, Tx};
use journal::{Job, Mail};
use kernel::{EmailAddress, Lang, Timestamp};
use people::accounts::Asks;

use super::programme::Audience;
use super::store;

/// What somebody wants to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// When applications for the next session open.
    Opening,
    /// When the recordings are public.
    Archive,
}

impl Wish {
    /// The word in the database and in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Archive => "archive",
        }
    }
}

/// What mails that confirm a wish are counted as.
pub const ASKS: &str = "tell";

/// Notes that somebody wants to be told, and confirms it by mail with a link to end it. A wish that stands already has been confirmed,
/// and one more mail would tell nothing.
pub async fn ask_to_be_told(
    tx: &mut Tx<'_>,
    wish: Wish,
    audience: Audience,
    email: &EmailAddress,
    lang: Lang,
    asks: Asks,
    now: Timestamp,
) -> DbResult<()> {
    let noted = store::note_interest(tx, wish.id(), audience.slug(), email, lang, now).await?;
    if let Some(id) = noted
        && asks.may_mail(tx, now).await?
    {
        journal::mail(tx, Mail::of(WILL_TELL, id, lang), now).await?;
    }
    Ok(())
}

journal::kinds! {
    /// The job that tells those who wait that applications have opened.
    pub(crate) Job TELL_OPENING = "trainings.tell_opening";
    /// The mail that says that we will tell.
    pub(super) Mail WILL_TELL = "trainings.will_tell";
    /// The mail that tells it.
    pub(super) Mail OPENED = "trainings.opened";
}

/// How many are told in one transaction.
const BATCH: i64 = 200;

/// Tells those who wait that applications of a course have opened; goes on in a new job while more wait.
pub async fn tell_opening(tx: &mut Tx<'_>, session: super::session::SessionId, now: Timestamp) -> DbResult<()> {
    let Some(session) = store::session(tx, session).await? else { return Ok(()) };
    let (Some(opens), Some(course)) = (session.opens_at, store::course(tx, session.course).await?) else { return Ok(()) };
    if session.refuses_at(now, None).is_some() {
        return Ok(());
    }
    let waiting = store::interests_to_tell(tx, Wish::Opening.id(), course.slug.slug(), opens, BATCH).await?;
    for interest in &waiting {
        if store::mark_told(tx, interest.id, opens, now).await? {
            let mail = Mail::of(OPENED, interest.id, interest.lang).with("session", session.id.uuid().to_string());
            journal::mail(tx, mail, now).await?;
        }
    }
    if i64::try_from(waiting.len()).is_ok_and(|count| count == BATCH) {
        journal::job(tx, Job::of(TELL_OPENING, session.id).at(now), now).await?;
    }
    Ok(())
}
