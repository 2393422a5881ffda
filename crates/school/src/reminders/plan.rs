//! Planning: one job for each rule of a session, at the moment that follows from its facts.
//!
//! A job is looked at again when it runs: it does nothing if the facts lead to another moment by then, which has a job of its own.
//! So planning too much does no harm, and a session that moves takes its mails along.

use db::{DbResult, Tx};
use journal::Job;
use kernel::{Span, Timestamp};
use serde_json::json;
use std::sync::Arc;

use super::rule::{Due, Rule};
use super::store::{self, Settings};
use super::{gather, post};
use crate::office::staff_pages::{self, Whole};
use crate::trainings::session::SessionId;
use crate::trainings::store as trainings;

journal::kinds! {
    /// The job that finds out whom a rule reaches.
    pub(crate) Job GATHER = "reminders.gather";
    /// The job that plans for every session once more.
    pub(super) Job LOOK = "reminders.look";
}

/// So long before a mail goes out it is found out who gets it, so that everything for one morning goes into one mail.
pub const LEAD: Span = Span::minutes(10);

/// How far back a programme is still planned for: its recordings end within a year.
const PROGRAMMES: usize = 2;

/// Plans the mails of a session: whoever changes one calls this.
pub async fn plan(tx: &mut Tx<'_>, session: SessionId, now: Timestamp) -> DbResult<()> {
    let Some(whole) = staff_pages::whole(tx, session).await? else { return Ok(()) };
    let settings = store::settings(tx, &whole).await?;
    journal::job_all(tx, planned(&whole, &settings, now).collect(), now).await
}

/// The jobs of the rules for a session. What is past by now is not made up for.
fn planned(whole: &Whole, settings: &Settings, now: Timestamp) -> impl Iterator<Item = Job> {
    Rule::ALL.into_iter().filter_map(move |rule| {
        let (setting, _) = settings.of(whole, rule);
        let due = rule.given().due(whole, setting.timing, &settings.hours).filter(|due| setting.is_on && due.at > now)?;
        Some(gathering(whole.session.id, rule, due))
    })
}

/// The job that finds out who is written to. Its key is free again only if the mails move.
fn gathering(session: SessionId, rule: Rule, due: Due) -> Job {
    let at = if rule.given().is_urgent() { due.at } else { due.at.minus(LEAD) };
    let payload = json!({ "rule": rule.id(), "due": due.at.as_micros() });
    Job::of(GATHER, session).with(payload).at(at).once(format!("reminders/{session}/{}/{}", rule.id(), due.at.as_micros()))
}

/// The same once more, for a rule that was off when its job ran.
pub(super) fn gathering_again(session: SessionId, rule: Rule, due: Due) -> Job {
    let payload = json!({ "rule": rule.id(), "due": due.at.as_micros() });
    Job::of(GATHER, session).with(payload).at(due.at)
}

/// Looks once an hour after every session of the last two programmes: what was brought in or changed by other ways is planned too.
pub async fn look(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let hour = now.as_micros() / Span::hours(1).as_micros();
    journal::job(tx, Job::general(LOOK).once(format!("{LOOK}/{hour}")), now).await?;
    Ok(())
}

/// Plans for every session of the programmes that still matter.
pub(super) async fn plan_all(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let all = every_session(tx).await?;
    let jobs = all.iter().flat_map(|(whole, settings)| planned(whole, settings, now)).collect();
    journal::job_all(tx, jobs, now).await
}

/// Puts into the outbox what was due since a moment and went unnoticed: the samples of the demo have a past.
pub async fn make_up(tx: &mut Tx<'_>, since: Timestamp, now: Timestamp) -> DbResult<()> {
    for (whole, settings) in every_session(tx).await? {
        for rule in Rule::ALL {
            let (setting, _) = settings.of(&whole, rule);
            let due = rule.given().due(&whole, setting.timing, &settings.hours).filter(|due| since < due.at && due.at <= now);
            if let Some(due) = due {
                while gather::some(tx, whole.session.id, rule, due.at, now).await? {}
            }
        }
    }
    while post::some(tx, now).await? {}
    Ok(())
}

async fn every_session(tx: &mut Tx<'_>) -> DbResult<Vec<(Whole, Arc<Settings>)>> {
    let mut all = Vec::new();
    for programme in trainings::programmes(tx).await?.into_iter().take(PROGRAMMES) {
        let courses = trainings::courses(tx, programme.id).await?;
        let settings = Arc::new(store::settings_of_programme(tx, programme.id).await?);
        for session in trainings::sessions(tx, programme.id).await? {
            let Some(course) = courses.iter().find(|course| course.id == session.course).cloned() else { continue };
            all.push((Whole { session, course, programme: programme.clone() }, settings.clone()));
        }
    }
    Ok(all)
}
