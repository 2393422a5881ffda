use auth::throttle::{Device, Wait};
use db::{DbResult, Tx};
use kernel::{EmailAddress, Timestamp};
use web::Keys;

use super::{Browser, store};

/// The counter of one kind of try at an address that all strangers fill together.
pub(super) fn of_strangers(keys: &Keys, kind: &str, address: &str) -> [u8; 32] {
    keys.mac("tries", &[kind.as_bytes(), address.as_bytes()])
}

/// Counters of tries at one address. They are named by address and device, not by account, so that unknown addresses are slowed alike.
#[derive(Clone)]
pub(super) struct Counter {
    email: EmailAddress,
    fingerprint: [u8; 32],
    of_strangers: [u8; 32],
    of_this_device: [u8; 32],
}

impl Counter {
    /// The counters for tries of one kind at this address from this browser.
    pub(super) fn of(keys: &Keys, kind: &str, email: &EmailAddress, browser: &Browser) -> Self {
        let fingerprint = browser.fingerprint();
        Self {
            email: email.clone(),
            fingerprint,
            of_strangers: of_strangers(keys, kind, email.as_str()),
            of_this_device: keys.mac("tries", &[kind.as_bytes(), email.as_str().as_bytes(), &fingerprint]),
        }
    }

    /// Counts a try before it is looked at, or says until when nobody listens.
    pub(super) async fn begin(&self, tx: &mut Tx<'_>, now: Timestamp) -> DbResult<Result<(), Timestamp>> {
        let (counter, device) = self.choose(tx).await?;
        let earlier = store::tries(tx, counter, now).await?;
        match earlier.begin(device, now.as_micros()) {
            Ok(counted) => store::save_tries(tx, counter, counted).await.map(Ok),
            Err(Wait { until_micros }) => Ok(Err(Timestamp::from_micros(until_micros))),
        }
    }

    /// The try was right, so it does not count.
    pub(super) async fn succeeded(&self, tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
        let (counter, device) = self.choose(tx).await?;
        let counted = store::tries(tx, counter, now).await?;
        store::save_tries(tx, counter, counted.succeeded(device)).await
    }

    async fn choose(&self, tx: &mut Tx<'_>) -> DbResult<([u8; 32], Device)> {
        let is_known = store::knows_device(tx, &self.email, self.fingerprint).await?;
        Ok(if is_known { (self.of_this_device, Device::Known) } else { (self.of_strangers, Device::Stranger) })
    }
}
