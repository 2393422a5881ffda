//! Getting a report to the desk, whatever works: the database, else the spool; and from the spool into the database, once.

use db::{Db, Key, Lane, WriteError};
use kernel::{Lang, Span, Timestamp, Uuid};
use std::io;
use vault::Visit;
use web::{PageError, Portal};

use super::given::AllGiven;
use super::receive::{Received, Report, receive};
use super::{Spool, answer_all, held};
use crate::cases::{Channel, Circle, Door, NewCase, Role, store};
use crate::desk::Desk;

/// How long a browser has a way into its case.
pub const VISIT_LASTS: Span = Span::hours(2);

/// Closes the row of what the digest of a report covers: as long as the block that is hashed at a time, so that no answer is left in
/// the memory of the hash.
const END: &[u8] = &[0; 64];

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
        Ok(Some(held)) => return Ok(Delivered::Stored(add(portal, &held, given).await?)),
        Ok(None) => {}
        Err(error) if is_outage(&error) => {
            let report = begin(&desk.known_circle(), visit, about, given, now);
            return keep(desk, visit, report, given, now).await;
        }
        Err(error) => return Err(error),
    }
    let report = match find(desk, visit.id()).await {
        Ok(Some(kept)) => kept.again(given, now),
        Ok(None) => begin(&desk.circle(&portal.db).await, visit, about, given, now),
        Err(error) => {
            // The database answers, and nobody is turned away for a disk that does not. What may lie there becomes a case of its own.
            tracing::error!(%error, "the spool of reports cannot be read");
            begin(&desk.circle(&portal.db).await, visit, about, given, now)
        }
    };
    match store_once(portal, visit, given, &report).await {
        Ok(received) => Ok(Delivered::Stored(received)),
        // Where it is not known whether it was written, the spool brings in the same case again, which changes nothing.
        Err(error) if is_outage(&error) => keep(desk, visit, report, given, now).await,
        Err(error) => Err(error),
    }
}

/// Whether an error means that the database cannot be used just now, so that the spool serves instead.
pub fn is_outage(error: &PageError) -> bool {
    matches!(error, PageError::Outage(_) | PageError::Busy | PageError::Unknown)
}

fn begin(circle: &Circle, visit: &Visit, about: About, given: &AllGiven, now: Timestamp) -> Report {
    let (mut new, case_key) = NewCase::prepare(about.door, about.channel, about.lang, circle, now);
    new.role = about.role;
    new.admit(visit, &case_key, now.plus(VISIT_LASTS));
    Report::new(new, given, now)
}

/// Puts answers to a case that is there.
async fn add(portal: &Portal, held: &held::Held, given: &AllGiven) -> Result<Received, PageError> {
    answer_all(portal, held, given).await?;
    Ok(Received { case: held.case.id, number: held.case.number })
}

/// Stores a report, once for what it says.
async fn store_once(portal: &Portal, visit: &Visit, given: &AllGiven, report: &Report) -> Result<Received, PageError> {
    match put(&portal.db, Some(key(portal, visit, given)), report).await {
        Err(WriteError::KeyReused) => {}
        stored => return stored.map_err(PageError::from),
    }
    // Other answers of this visit came first, and made its case.
    match held::find(portal, visit).await? {
        Some(held) => add(portal, &held, given).await,
        // That was so long ago that the visit has ended: this is another report.
        None => put(&portal.db, None, report).await.map_err(PageError::from),
    }
}

async fn put(db: &Db, key: Option<Key>, report: &Report) -> Result<Received, WriteError> {
    let report = report.clone();
    db.write(Lane::Incident, key, async move |tx, now| receive(tx, &report, now).await).await
}

/// Two requests of one visit are one report, if they say the same.
fn key(portal: &Portal, visit: &Visit, given: &AllGiven) -> Key {
    // The secret of the visit lies nowhere: without it, nobody finds out by trying what was answered.
    let secret = visit.to_cookie();
    let words: Vec<_> = given.iter().map(|(question, given)| (question, given.to_words())).collect();
    let said = words.iter().flat_map(|(question, words)| [question.as_bytes(), words.as_slice()]);
    let parts: Vec<&[u8]> = std::iter::once(secret.as_bytes()).chain(said).chain([END]).collect();
    Key::new(visit.id(), "reporter", portal.keys.mac("desk-report", &parts))
}

/// Keeps a report in the spool, or its answers with the report of this visit that lies there.
async fn keep(desk: &Desk, visit: &Visit, report: Report, given: &AllGiven, now: Timestamp) -> Result<Delivered, PageError> {
    let (visit, given) = (visit.id(), given.clone());
    let with = move |kept: Option<Report>| match kept {
        Some(kept) => kept.again(&given, now),
        None => report,
    };
    match desk.on_disk(move |spool| spool.change(visit, with)).await {
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

async fn find(desk: &Desk, visit: Uuid) -> io::Result<Option<Report>> {
    desk.on_disk(move |spool| spool.find(visit)).await
}

/// Brings in what waits in the spool, each once, and says how many. What does not go in yet stays; what the database refuses for its
/// own sake is set aside, and keeps nothing else waiting.
pub async fn replay(db: &Db, desk: &Desk) -> Result<u64, WriteError> {
    let brought_in = bring_in(db, desk).await;
    match desk.refused().await {
        Ok(refused) => metrics::gauge!("desk_reports_refused").set(f64::from(refused)),
        Err(error) => tracing::error!(%error, "the reports that were set aside cannot be counted"),
    }
    if let Ok(brought_in @ 1..) = brought_in {
        tracing::info!(brought_in, "reports from the spool are cases now");
        if let Err(error) = desk.on_disk(Spool::fill_reserve).await {
            tracing::warn!(%error, "the reserve of reports is not full again yet");
        }
    }
    brought_in
}

async fn bring_in(db: &Db, desk: &Desk) -> Result<u64, WriteError> {
    let waiting = match desk.on_disk(Spool::waiting).await {
        Ok(waiting) => waiting,
        Err(error) => {
            tracing::error!(%error, "the spool of reports cannot be read");
            return Ok(0);
        }
    };
    let mut brought_in = 0;
    // Why the one before did not go in yet.
    let mut not_yet = None;
    for visit in waiting {
        let report = match find(desk, visit).await {
            Ok(Some(report)) => report,
            Ok(None) => continue,
            Err(error) => {
                tracing::error!(%visit, %error, "a report in the spool cannot be read now; it is tried again");
                continue;
            }
        };
        match enter(db, &report).await {
            Ok(()) => {
                if let Err(error) = desk.on_disk(move |spool| spool.forget(visit, &report)).await {
                    tracing::error!(%visit, %error, "a report was brought in and stays in the spool; bringing it in again changes nothing");
                }
                brought_in += 1;
                not_yet = None;
            }
            Err(error) if is_refusal(&error) => {
                tracing::error!(%visit, %error, "the database refuses a report of the spool; it is set aside");
                if let Err(error) = desk.on_disk(move |spool| spool.set_aside(visit, &report)).await {
                    tracing::error!(%visit, %error, "a report that the database refuses cannot be set aside; it is tried again");
                }
            }
            // One that takes too long keeps nobody waiting. Where the next does not go in either, it is the database.
            Err(error) if not_yet.is_some() => return Err(error),
            Err(error) => not_yet = Some(error),
        }
    }
    not_yet.map_or(Ok(brought_in), Err)
}

/// Makes a report of the spool a case, or adds its answers to the one that it is.
async fn enter(db: &Db, report: &Report) -> Result<(), WriteError> {
    let report = report.clone();
    db.write(Lane::Incident, None, async move |tx, now| {
        let received = receive(tx, &report, now).await?;
        store::heard(tx, received.case, now).await
    })
    .await
}

/// Whether the database answers, and does not take this report.
fn is_refusal(error: &WriteError) -> bool {
    matches!(error, WriteError::Storage(error) if !error.is_outage())
}
