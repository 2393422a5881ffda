use access::Actor;
use db::{DbResult, Tx};
use journal::Rendered;
use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use web::{Page, Portal, Posted, Visit};

use super::after::{attended, reminded};
use crate::office::mail::{self as desk_mail, Kind};
use crate::office::sessions::Time;
use crate::office::sessions::call_off::call_off;
use crate::office::sessions::change::change;
use crate::office::staff_pages::Whole;
use crate::trainings::application::{ApplicationId, Spot};
use crate::trainings::apply::{Applied, apply};
use crate::trainings::cancel::cancel;
use crate::trainings::mail::{self as applicant_mail, About, Given};
use crate::trainings::pages::rehearsed::{self, Stage};
use crate::trainings::session::Session;
use crate::trainings::store::{self, WholeApplication};
use crate::trainings::undo::undo;

/// What is seen at one moment of the rehearsal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    /// A page, as it would be sent.
    Page(String),
    /// A mail.
    Mail {
        /// To whom.
        to: String,
        /// Its subject.
        subject: String,
        /// Its text.
        text: String,
        /// The entry for the calendar; empty without one.
        calendar: String,
    },
}

/// One moment of the rehearsal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scene {
    /// Its word in addresses, and the end of the key of its name.
    pub id: String,
    /// What is seen.
    pub seen: Seen,
}

/// Why a session cannot be rehearsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRehearsed {
    /// It has no date yet.
    NoDay,
    /// It is not said when applications open.
    NoOpening,
    /// It was called off.
    CalledOff,
    /// Something in it does not go together: applications close before they open, or a page could not be made.
    Broken,
}

/// Who tries: somebody who does not exist.
const PERSON: [(&str, &str); 9] = [
    ("family", "試行"),
    ("given", "太郎"),
    ("family_kana", "シコウ"),
    ("given_kana", "タロウ"),
    ("email", "shiko@example.jp"),
    ("place", "見本内科クリニック"),
    ("kind", "clinic"),
    ("prefecture", "13"),
    ("consent", "yes"),
];

/// Whether there is something to rehearse.
pub fn can_be_rehearsed(session: &Session, now: Timestamp) -> bool {
    moment(session, now).is_ok()
}

/// The moment at which the rehearsal plays: now, or the nearest one at which applications are taken.
fn moment(session: &Session, now: Timestamp) -> Result<Timestamp, NotRehearsed> {
    if session.cancelled_at.is_some() {
        return Err(NotRehearsed::CalledOff);
    }
    if session.day.is_none() {
        return Err(NotRehearsed::NoDay);
    }
    let opens = session.opens_at.ok_or(NotRehearsed::NoOpening)?;
    let last = session.closes_at.or(session.starts_at).map_or(now.max(opens), |end| end.minus(Span::minutes(30)));
    let at = now.min(last).max(opens);
    if session.refuses_at(at, None).is_some() { Err(NotRehearsed::Broken) } else { Ok(at) }
}

/// Whoever applies: nobody who is signed in, with the language of the rehearsal.
fn applicant(visit: &Visit, path: &str, now: Timestamp) -> Visit {
    Visit { path: path.to_owned(), query: String::new(), actor: Arc::new(Actor::anyone()), now, token: None, held: None, ..visit.clone() }
}

/// A page of ours without its scripts: in the frame nothing runs, and nobody should be told that something could not.
fn without_scripts(html: &str) -> String {
    let (mut rest, mut kept) = (html, String::with_capacity(html.len()));
    while let Some((before, script)) = rest.split_once("<script") {
        kept.push_str(before);
        rest = script.split_once("</script>").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// A rehearsal under way.
pub(super) struct Play {
    pub(super) portal: Portal,
    pub(super) visit: Visit,
    scenes: Vec<Scene>,
}

impl Play {
    pub(super) fn page(&mut self, id: &str, page: &Page) {
        let html = without_scripts(&String::from_utf8_lossy(page.body()));
        self.scenes.push(Scene { id: id.to_owned(), seen: Seen::Page(html) });
    }

    pub(super) fn mail(&mut self, id: &str, letter: Rendered) {
        let calendar = letter.invitation.map_or_else(String::new, |entry| entry.ics);
        self.letter(id, letter.to.address.to_string(), letter.subject, letter.text, calendar);
    }

    pub(super) fn letter(&mut self, id: &str, to: String, subject: String, text: String, calendar: String) {
        self.scenes.push(Scene { id: id.to_owned(), seen: Seen::Mail { to, subject, text, calendar } });
    }

    /// A mail about the application that the verb has just queued.
    fn applicant_mail(&mut self, id: &str, about: About, whole: &WholeApplication) -> Option<()> {
        let given = Given { position: 1, ..Given::default() };
        let letter = applicant_mail::letter(&self.portal, whole, &given, about, self.visit.lang, self.visit.now).ok()?;
        self.mail(id, letter);
        Some(())
    }

    fn desk_mail(&mut self, id: &str, kind: Kind, whole: &WholeApplication, was: Option<Time>) -> Option<()> {
        let letter = desk_mail::letter(&self.portal, whole, was, kind, self.visit.lang, self.visit.now).ok()?;
        self.mail(id, letter);
        Some(())
    }

    async fn application(&mut self, tx: &mut Tx<'_>, id: &str, whole: &WholeApplication, done: &str) -> DbResult<Option<()>> {
        self.visit.path = format!("/applications/{}", whole.application.id);
        let page = rehearsed::application(tx, &self.portal, &self.visit, whole, done).await?;
        Ok(page.ok().map(|page| self.page(id, &page)))
    }
}

/// Plays everything that an applicant can see of a session, and undoes it: the transaction never commits what was done in it.
pub async fn walk(
    tx: &mut Tx<'_>,
    portal: &Portal,
    visit: &Visit,
    whole: &Whole,
    now: Timestamp,
) -> DbResult<Result<Vec<Scene>, NotRehearsed>> {
    let at = match moment(&whole.session, now) {
        Ok(at) => at,
        Err(not) => return Ok(Err(not)),
    };
    let stage = Stage::of(whole.programme.clone(), whole.course.clone(), whole.session.clone());
    let path = stage.path();
    let visit = applicant(visit, &format!("/apply/{}/{}/{}", path.year, path.audience, path.number), at);
    let play = Play { portal: portal.clone(), visit, scenes: Vec::new() };
    let played = perform(tx, play, &stage, whole, at).await?;
    tx.refuse(played.ok_or(NotRehearsed::Broken))
}

async fn perform(tx: &mut Tx<'_>, mut play: Play, stage: &Stage, whole: &Whole, at: Timestamp) -> DbResult<Option<Vec<Scene>>> {
    let session = whole.session.id;
    let Ok(form) = stage.form(&play.portal, &play.visit) else { return Ok(None) };
    play.page("form", &form);
    let posted = Posted::of(PERSON.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
    let Some(Ok((confirmation, wanted))) = stage.confirmation(&play.portal, &play.visit, &posted) else { return Ok(None) };
    play.page("confirmation", &confirmation);
    // There is a seat, however many are taken: who tries is none of them.
    store::set_seats(tx, session, None, None).await?;
    let Ok(Applied::Seat(id)) = apply(tx, stage.path(), &wanted, at).await? else { return Ok(None) };
    let Some(applied) = store::whole_application(tx, id).await? else { return Ok(None) };
    let mut seen = play.application(tx, "thanks", &applied, "applied").await?.is_some();
    seen &= play.applicant_mail("applied", About::Applied, &applied).is_some();
    seen &= play.application(tx, "receipt", &applied, "").await?.is_some();
    seen &= play.applicant_mail("again", About::Again, &applied).is_some();
    seen &= waiting(&mut play, &applied).is_some();
    seen &= reminded(tx, &mut play, whole, &applied).await?.is_some();
    seen &= rescheduled(tx, &mut play, id, at).await?.is_some();
    seen &= cancelled(tx, &mut play, id, at).await?.is_some();
    seen &= attended(tx, &mut play, id).await?.is_some();
    seen &= called_off(tx, &mut play, id, at).await?.is_some();
    Ok(seen.then_some(play.scenes))
}

/// What those are told for whom there is no seat, and what when one comes free.
fn waiting(play: &mut Play, applied: &WholeApplication) -> Option<()> {
    let mut waits = applied.clone();
    (waits.application.place, waits.application.waited) = (Spot::Waiting, Some(1));
    play.applicant_mail("waiting", About::Applied, &waits)?;
    play.applicant_mail("promoted", About::Promoted, applied)
}

async fn rescheduled(tx: &mut Tx<'_>, play: &mut Play, id: ApplicationId, at: Timestamp) -> DbResult<Option<()>> {
    let Some(was) = store::whole_application(tx, id).await?.map(|whole| whole.session) else { return Ok(None) };
    let later = |at: Option<Timestamp>| at.map(|at| at.plus(Span::days(7)));
    let day = was.day.map(|day| Timestamp::in_japan(day, 0, 0).plus(Span::days(7)).day());
    let becomes = Session { day, starts_at: later(was.starts_at), ends_at: later(was.ends_at), ..was.clone() };
    if change(tx, &becomes, journal::audit::SYSTEM, at).await?.is_err() {
        return Ok(None);
    }
    let Some(whole) = store::whole_application(tx, id).await? else { return Ok(None) };
    let mail = play.desk_mail("rescheduled", Kind::Rescheduled, &whole, Some(Time::of(&was)));
    // What follows plays on the right day again.
    let again = Session { sequence: whole.session.sequence, ..was };
    Ok(mail.and(change(tx, &again, journal::audit::SYSTEM, at).await?.ok().map(|_| ())))
}

async fn cancelled(tx: &mut Tx<'_>, play: &mut Play, id: ApplicationId, at: Timestamp) -> DbResult<Option<()>> {
    if cancel(tx, id, journal::audit::SYSTEM, "", at).await?.is_err() {
        return Ok(None);
    }
    let Some(gone) = store::whole_application(tx, id).await? else { return Ok(None) };
    let page = play.application(tx, "cancellation", &gone, "cancelled").await?;
    let mail = play.applicant_mail("cancelled", About::Cancelled, &gone);
    if undo(tx, id, journal::audit::SYSTEM, at).await?.is_err() {
        return Ok(None);
    }
    let Some(back) = store::whole_application(tx, id).await? else { return Ok(None) };
    Ok(page.and(mail).and(play.applicant_mail("restored", About::Restored, &back)))
}

async fn called_off(tx: &mut Tx<'_>, play: &mut Play, id: ApplicationId, at: Timestamp) -> DbResult<Option<()>> {
    let Some(before) = store::whole_application(tx, id).await? else { return Ok(None) };
    let reason = web::Words::of(kernel::Lang::Ja).t("rehearsal-reason");
    if call_off(tx, before.session.id, &reason, journal::audit::SYSTEM, at).await?.is_err() {
        return Ok(None);
    }
    let Some(whole) = store::whole_application(tx, id).await? else { return Ok(None) };
    let mail = play.desk_mail("called-off", Kind::CalledOff, &whole, None);
    Ok(mail.and(play.application(tx, "called-off-page", &whole, "").await?))
}
