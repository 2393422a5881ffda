//! The mails about one application, each worded by what it tells.

use askama::Template;
use journal::{OutboxItem, RenderError, Rendered};
use kernel::{Lang, Timestamp};
use web::{Portal, Words};

use super::{Foot, foot, link, rendered};
use crate::trainings::application::{ApplicationId, Standing, receipt_number};
use crate::trainings::calendar;
use crate::trainings::store::{self, WholeApplication};
use crate::trainings::view::{Viewer, month_day};

journal::kinds! {
    Mail APPLIED = "trainings.applied";
    Mail SIGNED_UP = "trainings.signed_up";
    Mail AGAIN = "trainings.again";
    Mail ELSEWHERE = "trainings.elsewhere";
    Mail CANCELLED = "trainings.cancelled";
    Mail RESTORED = "trainings.restored";
    Mail PROMOTED = "trainings.promoted";
    Mail MOVED = "trainings.moved";
    Mail OFFERED = "trainings.offered";
}

/// What a mail about one application tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// It was received.
    Applied,
    /// Somebody at the office has applied for the person.
    SignedUp,
    /// It was there already when the person applied once more.
    Again,
    /// The person has asked for another session of the same contents.
    Elsewhere,
    /// It was cancelled.
    Cancelled,
    /// The cancellation was undone.
    Restored,
    /// Its turn on the waiting list has come.
    Promoted,
    /// It is for another session now.
    Moved,
    /// A seat is kept for it until the person answers.
    Offered,
}

impl About {
    /// Everything that is told.
    pub(crate) const ALL: [Self; 9] = [
        Self::Applied,
        Self::SignedUp,
        Self::Again,
        Self::Elsewhere,
        Self::Cancelled,
        Self::Restored,
        Self::Promoted,
        Self::Moved,
        Self::Offered,
    ];

    /// The kind of the mail, under which it is queued and made.
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Applied => APPLIED,
            Self::SignedUp => SIGNED_UP,
            Self::Again => AGAIN,
            Self::Elsewhere => ELSEWHERE,
            Self::Cancelled => CANCELLED,
            Self::Restored => RESTORED,
            Self::Promoted => PROMOTED,
            Self::Moved => MOVED,
            Self::Offered => OFFERED,
        }
    }

    /// The word of its subject: who is received or moved onto a waiting list is told of the list.
    const fn word(self, waits: bool) -> &'static str {
        match self {
            Self::Applied | Self::Moved if waits => "waiting",
            Self::Applied => "applied",
            Self::SignedUp => "signed-up",
            Self::Again => "again",
            Self::Elsewhere => "elsewhere",
            Self::Cancelled => "cancelled",
            Self::Restored => "restored",
            Self::Promoted => "promoted",
            Self::Moved => "moved",
            Self::Offered => "offered",
        }
    }

    /// Whether the entry of the calendar goes with it: not while the person has no seat to write down.
    const fn has_calendar(self, waits: bool) -> bool {
        match self {
            Self::Elsewhere | Self::Offered => false,
            Self::Applied | Self::Moved | Self::SignedUp => !waits,
            Self::Again | Self::Cancelled | Self::Restored | Self::Promoted => true,
        }
    }
}

/// What a mail says beside the application itself.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The place in the waiting list.
    pub(crate) position: i64,
    /// Until when a seat is kept.
    pub(crate) ends: Option<Timestamp>,
    /// The session that was asked for as well.
    pub(crate) to: Option<i64>,
    /// Another application of the same person for the same time.
    pub(crate) conflict: Option<WholeApplication>,
}

/// What all of these mails say of the application.
struct Facts {
    when: String,
    until: String,
    course: String,
    nth: String,
    number: String,
    name: String,
    link: String,
    conflict: String,
}

templates! {
    Applied "trainings/mail/applied.ja.txt" "trainings/mail/applied.en.txt" { facts: Facts }
    Waiting "trainings/mail/waiting.ja.txt" "trainings/mail/waiting.en.txt" { facts: Facts, position: i64 }
    Promoted "trainings/mail/promoted.ja.txt" "trainings/mail/promoted.en.txt" { facts: Facts }
    Moved "trainings/mail/moved.ja.txt" "trainings/mail/moved.en.txt" { facts: Facts }
    Cancelled "trainings/mail/cancelled.ja.txt" "trainings/mail/cancelled.en.txt" { facts: Facts, undo: String }
    Restored "trainings/mail/restored.ja.txt" "trainings/mail/restored.en.txt" { facts: Facts }
    SignedUp "trainings/mail/signed_up.ja.txt" "trainings/mail/signed_up.en.txt" { facts: Facts, state: String, decline: String }
    Again "trainings/mail/again.ja.txt" "trainings/mail/again.en.txt" { facts: Facts }
    Elsewhere "trainings/mail/elsewhere.ja.txt" "trainings/mail/elsewhere.en.txt" { facts: Facts, change: String }
    Offered "trainings/mail/offered.ja.txt" "trainings/mail/offered.en.txt" { facts: Facts, ends: String, answer: String }
}

/// Makes a mail of the outbox that tells this.
pub(super) async fn about_application(portal: Portal, item: OutboxItem, about: About) -> Result<Rendered, RenderError> {
    let id = ApplicationId::from_uuid(item.object);
    let found = portal
        .db
        .glance(async move |tx| {
            let Some(whole) = store::whole_application(tx, id).await? else { return Ok(None) };
            let position = match whole.application.waited {
                Some(rank) if whole.application.is_waiting() => store::waiting_position(tx, whole.application.session, rank).await?,
                _ => 0,
            };
            let other = match store::overlapping(tx, id).await? {
                Some(other) => store::whole_application(tx, other).await?,
                None => None,
            };
            Ok(Some((whole, position, other)))
        })
        .await?;
    let (whole, position, conflict) = found.ok_or(RenderError::Gone("object"))?;
    let given = Given { position, ends: item.moment("ends"), to: item.number("to"), conflict };
    letter(&portal, &whole, &given, about, item.lang, portal.now())
}

/// The mail that tells this of an application, as it stands.
pub(crate) fn letter(
    portal: &Portal,
    whole: &WholeApplication,
    given: &Given,
    about: About,
    lang: Lang,
    now: Timestamp,
) -> Result<Rendered, RenderError> {
    let (viewer, waits) = (Viewer { w: Words::of(lang), now }, waits(whole, now));
    let facts = facts(portal, whole, given, viewer);
    let day = whole.session.day.map_or_else(String::new, |day| month_day(day, lang));
    let subject =
        viewer.w.with(&format!("mail-{}-subject", about.word(waits)), &[("day", &day), ("course", &facts.course), ("nth", &facts.nth)]);
    let text = text(about, whole, given, viewer, foot(portal, lang, "mail-why-applied"), facts)?;
    let mail = rendered(portal, &whole.person.email, &whole.person.full_name(), subject, text, lang)?;
    let entry = if about.has_calendar(waits) { calendar::entry(portal, whole, lang, now) } else { None };
    Ok(match entry {
        Some(entry) => mail.invitation(entry.method, entry.text),
        None => mail,
    })
}

fn waits(whole: &WholeApplication, now: Timestamp) -> bool {
    whole.application.standing(now) == Standing::Waiting
}

fn facts(portal: &Portal, whole: &WholeApplication, given: &Given, viewer: Viewer) -> Facts {
    let (w, lang) = (viewer.w, viewer.w.lang);
    let (application, session) = (&whole.application, &whole.session);
    Facts {
        when: session.when(lang),
        until: session.starts_at.map_or_else(String::new, |at| w.one("application-until-value", "at", &viewer.instant(at))),
        course: viewer.course(&whole.programme, &whole.course, &[]).name,
        nth: viewer.nth(session),
        number: receipt_number(whole.programme.year, whole.course.slug, session.number, application.number),
        name: whole.person.full_name(),
        link: link(portal, lang, application.id, application.generation),
        conflict: given.conflict.as_ref().map_or_else(String::new, |other| {
            let name = viewer.course(&other.programme, &other.course, &[]).name;
            w.with("conflict-mail", &[("course", &name), ("nth", &viewer.nth(&other.session)), ("when", &other.session.when(lang))])
        }),
    }
}

fn text(about: About, whole: &WholeApplication, given: &Given, viewer: Viewer, foot: Foot, facts: Facts) -> Result<String, RenderError> {
    let (w, lang, position, waits) = (viewer.w, viewer.w.lang, given.position, waits(whole, viewer.now));
    match about {
        About::Applied | About::Moved if waits => Waiting { lang, foot, facts, position }.text(),
        About::Applied => Applied { lang, foot, facts }.text(),
        About::Moved => Moved { lang, foot, facts }.text(),
        About::Promoted => Promoted { lang, foot, facts }.text(),
        About::Restored => Restored { lang, foot, facts }.text(),
        About::Again => Again { lang, foot, facts }.text(),
        About::Cancelled => {
            let undo = whole.application.held_until.unwrap_or(viewer.now).clock_face();
            Cancelled { lang, foot, facts, undo }.text()
        }
        About::SignedUp => {
            let state = if waits { w.one("application-waiting", "n", &position) } else { w.t("application-confirmed") };
            let decline = format!("{}?to=decline", facts.link);
            SignedUp { lang, foot, facts, state, decline }.text()
        }
        About::Offered => {
            let ends = viewer.instant(given.ends.ok_or(RenderError::Never("ends"))?);
            let answer = format!("{}?to=offer", facts.link);
            Offered { lang, foot, facts, ends, answer }.text()
        }
        About::Elsewhere => {
            let change = format!("{}?to=change&session={}", facts.link, given.to.ok_or(RenderError::Never("to"))?);
            Elsewhere { lang, foot, facts, change }.text()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_received_onto_a_waiting_list_has_nothing_to_write_into_a_calendar() {
        for about in [About::Applied, About::Moved, About::SignedUp] {
            assert!(about.has_calendar(false) && !about.has_calendar(true), "{about:?}");
        }
        assert_eq!((About::Applied.word(true), About::Moved.word(true)), ("waiting", "waiting"));
        assert_eq!((About::Applied.word(false), About::Moved.word(false)), ("applied", "moved"));
    }
}
