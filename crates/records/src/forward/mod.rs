//! Forwarding (転送): everything that is stored in a room also goes to another store, in its order, as it is.
//!
//! The other store may be away for days: what was sent is noted after it was taken, and is sent again where that is not known, which
//! a store of xAPI answers as the same statement. What it does not take by itself is put aside with its answer, and the rest goes on.

mod pages;
mod send;
mod store;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{DbResult, Lane, Tx};
use egress::{Address, Egress, NotCalled};
use journal::{Handlers, Job, JobError};
use kernel::Timestamp;
use std::sync::atomic::{AtomicBool, Ordering};
use web::Portal;

pub(crate) use pages::routes;

journal::kinds! {
    /// The job that sends what waits.
    Job JOB = "records.forward";
}

/// How often it is queued.
const EVERY_SECONDS: i64 = 60;

/// Where statements are forwarded to. A part of the portal.
pub struct Forwarding {
    egress: Egress,
    address: Address,
    /// The address as it was written, without a slash at its end.
    shown: String,
    /// The code of the organization whose room it is; empty for the portal's own.
    organization: String,
    /// Key and secret as a request carries them; shown nowhere.
    authorization: String,
    /// Whether it was said that no organization has the code: the page says it all the time, the log once.
    was_missed: AtomicBool,
}

impl Forwarding {
    /// To the store at this address (that of `/statements`, without it), with a key and a secret there.
    pub fn new(egress: Egress, url: &str, organization: &str, (key, secret): (&str, &str)) -> Result<Self, NotCalled> {
        let shown = url.trim().trim_end_matches('/').to_owned();
        let address = egress.address(&format!("{shown}/statements"))?;
        let credentials = STANDARD.encode(format!("{key}:{secret}"));
        let authorization = format!("Basic {credentials}");
        let organization = organization.trim().to_owned();
        Ok(Self { egress, address, shown, organization, authorization, was_missed: AtomicBool::new(false) })
    }

    /// What its progress is kept under.
    fn target(&self) -> String {
        format!("{} {}", self.shown, self.organization)
    }

    /// Notes whether there is an organization with the code. Somebody looks every minute: the log says it when it begins to be missed.
    fn looked_for(&self, is_there: bool) {
        let was_missed = self.was_missed.swap(!is_there, Ordering::Relaxed);
        if !is_there && !was_missed {
            tracing::warn!(code = %self.organization, "no organization has the code under [forward]; nothing is forwarded");
        }
    }
}

/// Has what waits be sent within a minute.
pub async fn look(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let minute = now.as_micros() / 1_000_000 / EVERY_SECONDS;
    journal::job(tx, Job::general(JOB).once(format!("{JOB}/{minute}")), now).await?;
    Ok(())
}

/// Who sends: as a slow job, since another store that hardly answers may take minutes, and an alarm does not wait for it. What a
/// program that stops has cut off is sent again by the next job, which the other store knows as the same.
pub fn handlers(portal: &Portal) -> Handlers {
    let portal = portal.clone();
    Handlers::new().slowly_on(JOB, move |_, _| {
        let portal = portal.clone();
        async move {
            match portal.part::<Forwarding>() {
                Some(forwarding) => send::send(&portal, &forwarding).await,
                None => Ok::<(), JobError>(()),
            }
        }
    })
}

/// Whether forwarding is set, so that somebody should look every minute.
pub async fn tend(portal: &Portal) -> Result<(), db::WriteError> {
    if portal.part::<Forwarding>().is_none() {
        return Ok(());
    }
    portal.db.write(Lane::Staff, None, async |tx, now| look(tx, now).await).await
}
