//! The alarm by telephone: a telephone system that the operator names is told that an alarm rings, and calls those on its own list.
//!
//! What it is told is signed, and says nothing of the case: which alarm, the how manieth time, and whether it is an exercise.

use db::{Db, DbResult, Tx};
use egress::{Address, Body, Egress, NotCalled};
use hmac::{Hmac, Mac as _};
use journal::{Handlers, Job, JobError, JobItem};
use kernel::Timestamp;
use serde_json::json;
use sha2::Sha256;
use std::sync::Arc;

use super::ring::round_of;
use super::store::{self, AlarmId};
use crate::cases;

journal::kinds! {
    /// The job that tells the telephone system of one round of an alarm.
    pub Job JOB = "desk.call";
}

/// How a telephone system is reached.
pub struct Telephone {
    egress: Egress,
    address: Address,
    secret: vault::Zeroizing<Vec<u8>>,
}

impl Telephone {
    /// At this address, with the secret that both sides know.
    pub fn new(egress: Egress, url: &str, secret: &[u8]) -> Result<Self, NotCalled> {
        let address = egress.address(url)?;
        Ok(Self { egress, address, secret: vault::Zeroizing::new(secret.to_vec()) })
    }

    async fn tell(&self, alarm: AlarmId, round: i64, word: &Ringing, now: Timestamp) -> Result<(), NotCalled> {
        let body = json!({
            "schema": "mist-alarm/1",
            "alarm": alarm,
            "round": round,
            "kind": word.kind,
            "exercise": word.is_exercise,
            "sent_at": now.rfc3339(),
        });
        let body = body.to_string().into_bytes();
        let headers = [("x-mist-delivery", format!("{alarm}-{round}")), ("x-mist-signature", signature(&self.secret, now, &body))];
        self.egress.post(&self.address, &headers, Body::json(body)).await
    }
}

/// `t=1795305600,v1=…`: HMAC-SHA256 over the seconds, a full stop and the body, so that an old message cannot be played again.
pub fn signature(secret: &[u8], now: Timestamp, body: &[u8]) -> String {
    let seconds = now.as_micros() / 1_000_000;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body);
    format!("t={seconds},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// What the telephone system is told of an alarm that still rings.
#[derive(Debug, PartialEq, Eq)]
struct Ringing {
    kind: String,
    is_exercise: bool,
}

async fn ringing(tx: &mut Tx<'_>, id: AlarmId) -> DbResult<Option<Ringing>> {
    let Some(alarm) = store::alarm(tx, id).await?.filter(|alarm| alarm.taken_at.is_none()) else { return Ok(None) };
    let case = match alarm.case {
        Some(case) => cases::store::case(tx, case).await?,
        None => None,
    };
    // Who took the case has the alarm as well, also before its next round finds out.
    let is_taken = case.as_ref().is_some_and(|case| case.taken_at.is_some() || case.closed_at.is_some());
    let is_exercise = case.is_some_and(|case| case.is_drill);
    Ok((!is_taken).then_some(Ringing { kind: alarm.kind, is_exercise }))
}

/// Queues the call for a round. Where no telephone system is named, its job has nothing to do.
pub(super) async fn queue(tx: &mut Tx<'_>, id: AlarmId, round: i64, now: Timestamp) -> DbResult<()> {
    journal::job(tx, Job::of(JOB, id).with(json!({ "round": round })).once(format!("{JOB}/{id}/{round}")), now).await?;
    Ok(())
}

/// Who makes the calls.
pub fn handlers(telephone: Option<Arc<Telephone>>) -> Handlers {
    Handlers::new().urgently_on(JOB, move |db: Db, item: JobItem| {
        let telephone = telephone.clone();
        async move {
            let Some(telephone) = telephone else { return Ok(()) };
            let (alarm, round) = (item.object_id::<AlarmId>()?, round_of(&item)?);
            let Some(word) = db.read(async move |tx| ringing(tx, alarm).await).await? else { return Ok(()) };
            let told = telephone.tell(alarm, round, &word, db.now()).await;
            told.map_err(|refused| match refused {
                NotCalled::Address => JobError::Never("telephone-address"),
                NotCalled::Inside => JobError::Never("telephone-inside"),
                NotCalled::Silence => JobError::Later("telephone-silent"),
                NotCalled::Status(_) => JobError::Later("telephone-refused"),
            })
        }
    })
}
