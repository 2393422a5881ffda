//! On PostgreSQL the price is the way to the server, so each step is one statement for all who wait.

use db::{DbResult, Tx};
use journal::Mail;
use kernel::Timestamp;
use people::accounts::Asks;
use people::persons::{self, PersonId};
use std::collections::HashMap;

use super::{Applied, NotApplied, SessionPath, asking, entry, one_by_one, refuses};
use crate::trainings::application::{ApplicationId, Wanted};
use crate::trainings::mail::About;
use crate::trainings::session::Session;
use crate::trainings::store::{self, NewApplication, Places};

/// Applies for all, in the order in which they came, with the same outcome as one after the other.
pub async fn apply_all(tx: &mut Tx<'_>, inputs: &[(SessionPath, Wanted)], now: Timestamp) -> DbResult<Vec<Result<Applied, NotApplied>>> {
    let Some((path, _)) = inputs.first() else { return Ok(Vec::new()) };
    if inputs.iter().any(|(other, _)| other != path) {
        return one_by_one::apply_all(tx, inputs, now).await;
    }
    let Some(session) = store::session_at(tx, path.year, path.audience, path.number).await? else {
        return Ok(vec![Err(NotApplied::Unknown); inputs.len()]);
    };
    let refusals: Vec<_> = inputs.iter().map(|(_, wanted)| refuses(&session, wanted, now)).collect();
    let admitted: Vec<&Wanted> =
        inputs.iter().zip(&refusals).filter(|(_, refusal)| refusal.is_none()).map(|((_, wanted), _)| wanted).collect();
    let mut answers = if admitted.is_empty() { Vec::new() } else { seat(tx, *path, &session, &admitted, now).await? }.into_iter();
    Ok(refusals.into_iter().map(|refusal| refusal.map_or_else(|| answers.next().unwrap_or(Err(NotApplied::Unknown)), Err)).collect())
}

/// Gives the places that are left, in the order of asking.
async fn seat(
    tx: &mut Tx<'_>,
    path: SessionPath,
    session: &Session,
    wanted: &[&Wanted],
    now: Timestamp,
) -> DbResult<Vec<Result<Applied, NotApplied>>> {
    let people = persons::recognize_all(tx, &wanted.iter().map(|wanted| &wanted.person).collect::<Vec<_>>(), now).await?;
    // From here the session's row is ours, so what is counted here stays true until the commit.
    let before = store::lock_places(tx, session.id).await?;
    // It may have been called off while we waited for it.
    let Some(session) = store::session(tx, session.id).await? else { return Ok(vec![Err(NotApplied::Unknown); wanted.len()]) };
    let living = store::live_applications_of(tx, session.id, &people).await?;
    let asked: Vec<PersonId> = wanted.iter().zip(&people).filter(|(wanted, _)| wanted.is_asked()).map(|(_, person)| *person).collect();
    let elsewhere = store::same_contents_of_all(tx, &session, &asked, now).await?;
    let mut giving = Giving {
        path,
        session: &session,
        places: before,
        living: living.into_iter().collect(),
        elsewhere: elsewhere.into_iter().collect(),
        new: Vec::new(),
        mails: Vec::new(),
        again: Vec::new(),
        now,
    };
    let answers = wanted.iter().zip(&people).map(|(wanted, person)| giving.give(wanted, *person)).collect();

    let Giving { places, new, mut mails, again, .. } = giving;
    if !new.is_empty() {
        store::put_places(tx, session.id, &places).await?;
        store::add_applications(tx, session.id, &new, now).await?;
        journal::record_all(tx, new.iter().map(|new| entry(new.id, new.wanted)).collect(), now).await?;
        let seats_left = |places: &Places| Session { seats: places.seats, taken: places.taken, ..session.clone() }.seats_left();
        if places.seats.is_some_and(|seats| places.taken >= seats) || seats_left(&before) != seats_left(&places) {
            tx.public_changed().await?;
        }
    }
    mails.extend(that_may_go(tx, again, now).await?);
    journal::mail_all(tx, mails, now).await?;
    Ok(answers)
}

/// The mails to those who had applied before, as far as [`mail_again`] would send them one after the other.
///
/// [`mail_again`]: super::mail_again
async fn that_may_go(tx: &mut Tx<'_>, again: Vec<(Option<Asks>, Mail)>, now: Timestamp) -> DbResult<Vec<Mail>> {
    let counted: Vec<Asks> = again.iter().filter_map(|(asks, _)| *asks).collect();
    let mut may_go = Asks::may_mail_all(tx, &counted, now).await?.into_iter();
    let goes = again.into_iter().filter(|(asks, _)| asks.is_none() || may_go.next().unwrap_or_default());
    Ok(goes.map(|(_, mail)| mail).collect())
}

/// What is left while places are given, and what has to be written for those that were.
struct Giving<'a> {
    path: SessionPath,
    session: &'a Session,
    places: Places,
    living: HashMap<PersonId, ApplicationId>,
    /// Who has applied for another session of the same contents.
    elsewhere: HashMap<PersonId, ApplicationId>,
    new: Vec<NewApplication<'a>>,
    mails: Vec<Mail>,
    /// What answers those who had applied before, with what it counts into.
    again: Vec<(Option<Asks>, Mail)>,
    now: Timestamp,
}

impl<'a> Giving<'a> {
    fn give(&mut self, wanted: &'a Wanted, person: PersonId) -> Result<Applied, NotApplied> {
        if let Some(refusal) = refuses(self.session, wanted, self.now) {
            return Err(refusal);
        }
        if let Some(earlier) = self.living.get(&person) {
            self.again.push((wanted.asks, Mail::of(About::Again.kind(), *earlier, wanted.lang)));
            return Ok(Applied::Earlier);
        }
        if let Some(other) = self.elsewhere.get(&person).filter(|_| wanted.is_asked()) {
            self.again.push((wanted.asks, asking(*other, self.path, wanted)));
            return Ok(Applied::Elsewhere);
        }
        let places = &mut self.places;
        let waited = if places.seats.is_none_or(|seats| places.taken < seats) {
            places.taken += 1;
            None
        } else if places.waiting_places.is_none_or(|most| places.waiting < most) {
            places.waiting += 1;
            places.waited += 1;
            Some(places.waited)
        } else {
            return Err(NotApplied::Full);
        };
        places.received += 1;
        let id = ApplicationId::new(self.now);
        self.living.insert(person, id);
        self.new.push(NewApplication { id, person, wanted, number: places.received, waited });
        self.mails.push(Mail::of(wanted.mail().kind(), id, wanted.lang));
        Ok(if waited.is_some() { Applied::Waiting(id) } else { Applied::Seat(id) })
    }
}
