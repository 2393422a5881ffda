//! Getting a report to the desk, whatever works: the database, else the spool; and from the spool into the database, once.

use db::{Db, Key, Lane, WriteError};
use kernel::{Lang, Span, Timestamp};
use vault::Visit;
use web::{PageError, Portal};

use super::given::AllGiven;
use super::receive::{Received, Report, receive};
use super::{answer_all, held};
use crate::cases::{Channel, Door, NewCase, Role, store};
use crate::desk::Desk;

/// How long a browser has a way into its case.
pub const VISIT_LASTS: Span = Span::hours(2);

/// What the pages know of a report before it is a case.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// By which door.
    pub door: Door,
    /// Who reports.
    pub role: Option<Role>,
    /// How it comes.
    pub channel: Channel,
    /// In which language.
    pub lang: Lang,
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// It is a case.
    Stored(Received),
    /// It lies in the spool and becomes a case once the database is back.
    Spooled,
}

/// Delivers a report, or more answers to the one that came by this visit. The same report delivered twice is one case.
pub async fn deliver(portal: &Portal, desk: &Desk, visit: &Visit, about: About, given: &AllGiven) -> Result<Delivered, PageError> {
    let now = portal.now();
    match held::find(portal, visit).await {
        Ok(Some(held)) => {
            let received = Received { case: held.case.id, number: held.case.number };
            answer_all(portal, &held, given).await?;
            return Ok(Delivered::Stored(received));
        }
        Ok(None) => {}
        Err(error) if is_outage(&error) => return spool(portal, desk, visit, about, given, now).await,
        Err(error) => return Err(error),
    }
    let report = match desk.spool.find(visit.id()) {
        Some(kept) => kept.again(given, now),
        None => begin(portal, desk, visit, about, given, now).await,
    };
    let brought = report.clone();
    match portal.db.write(Lane::Incident, Some(key(visit)), async move |tx, now| receive(tx, &report, now).await).await {
        Ok(received) => Ok(Delivered::Stored(received)),
        // Where it is not known whether it was written, the spool brings in the same case again, which changes nothing.
        Err(WriteError::Unknown | WriteError::Full) => keep(desk, visit, &brought),
        Err(error) => match PageError::from(error) {
            error if is_outage(&error) => keep(desk, visit, &brought),
            error => Err(error),
        },
    }
}

/// Whether an error means that the database cannot be used just now, so that the spool serves instead.
pub fn is_outage(error: &PageError) -> bool {
    matches!(error, PageError::Outage(_) | PageError::Busy | PageError::Unknown)
}

async fn begin(portal: &Portal, desk: &Desk, visit: &Visit, about: About, given: &AllGiven, now: Timestamp) -> Report {
    let circle = desk.circle(&portal.db).await;
    let (mut new, case_key) = NewCase::prepare(about.door, about.channel, about.lang, &circle, now);
    new.role = about.role;
    new.admit(visit, &case_key, now.plus(VISIT_LASTS));
    Report::new(new, given, now)
}

async fn spool(
    portal: &Portal,
    desk: &Desk,
    visit: &Visit,
    about: About,
    given: &AllGiven,
    now: Timestamp,
) -> Result<Delivered, PageError> {
    let report = match desk.spool.find(visit.id()) {
        Some(kept) => kept.again(given, now),
        None => begin(portal, desk, visit, about, given, now).await,
    };
    keep(desk, visit, &report)
}

fn keep(desk: &Desk, visit: &Visit, report: &Report) -> Result<Delivered, PageError> {
    match desk.spool.keep(visit.id(), report) {
        Ok(()) => {
            metrics::counter!("desk_reports_spooled_total").increment(1);
            Ok(Delivered::Spooled)
        }
        Err(error) => {
            tracing::error!(%error, "a report could not be spooled");
            Err(PageError::Busy)
        }
    }
}

/// Two requests of one visit are one report.
fn key(visit: &Visit) -> Key {
    Key::new(visit.id(), "reporter", [0; 32])
}

/// Brings in what waits in the spool, each once, and says how many. What does not go in yet stays.
pub async fn replay(db: &Db, desk: &Desk) -> Result<u64, WriteError> {
    let waiting = match desk.spool.waiting() {
        Ok(waiting) => waiting,
        Err(error) => {
            tracing::error!(%error, "the spool of reports cannot be read");
            return Ok(0);
        }
    };
    let mut brought_in = 0;
    for visit in waiting {
        let Some(report) = desk.spool.find(visit) else { continue };
        let brought = report.clone();
        db.write(Lane::Incident, None, async move |tx, now| {
            let received = receive(tx, &report, now).await?;
            store::heard(tx, received.case, now).await?;
            Ok(received)
        })
        .await?;
        if let Err(error) = desk.spool.forget(visit, &brought) {
            tracing::error!(%error, "a report was brought in and stays in the spool; bringing it in again changes nothing");
        }
        brought_in += 1;
    }
    if brought_in > 0 {
        tracing::info!(brought_in, "reports from the spool are cases now");
        if let Err(error) = desk.spool.fill_reserve() {
            tracing::warn!(%error, "the reserve of reports is not full again yet");
        }
    }
    Ok(brought_in)
}
