//! Finding out whom a rule reaches when its time has come: each is noted down once, by the key of the table.

use db::{DbResult, Tx};
use journal::Job;
use kernel::Timestamp;

use super::plan;
use super::post;
use super::rule::{Due, Rule};
use super::store;
use crate::office::staff_pages;
use crate::trainings::session::SessionId;

/// How many are noted down in one transaction.
const BATCH: i64 = 400;

/// Notes down the next of those whom a rule reaches; false once there are none. `planned` is the moment that the job stands for.
pub async fn some(tx: &mut Tx<'_>, session: SessionId, rule: Rule, planned: Timestamp, now: Timestamp) -> DbResult<bool> {
    let Some(whole) = staff_pages::whole(tx, session).await? else { return Ok(false) };
    let given = rule.given();
    let settings = store::settings(tx, &whole).await?;
    let (setting, _) = settings.of(&whole, rule);
    // Whatever moved has another job.
    let Some(due) = given.due(&whole, setting.timing, &settings.hours).filter(|due| due.at == planned && now < due.useless) else {
        return Ok(false);
    };
    if !setting.is_on {
        if now < due.at {
            // It may be switched on again before its time.
            journal::job(tx, plan::gathering_again(session, rule, due), now).await?;
        }
        return Ok(false);
    }
    let reached = store::reach(tx, session, given, due, given.cut(&whole, due), BATCH).await?;
    if reached.is_empty() {
        return Ok(false);
    }
    if given.is_urgent() {
        post::at_once(tx, session, given, due, BATCH, now).await?;
    } else {
        journal::job(tx, posting(due, now), now).await?;
    }
    Ok(true)
}

/// The job that puts what is due at one moment into mails: one for all rules and sessions, unless the moment is past.
fn posting(due: Due, now: Timestamp) -> Job {
    let job = Job::general(post::POST).at(due.at.max(now));
    if now < due.at { job.once(format!("reminders.post/{}", due.at.as_micros())) } else { job }
}
