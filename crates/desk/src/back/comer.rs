//! Who comes back, as those who count see them: a browser that is known in the case, or somebody from a network.
//!
//! Numbers of cases can be counted up. One counter for each would let anybody shut out every institution of the country, so strangers
//! fill counters of their own: one for each network, and one for all of them together, which ends what many networks try at once.

use db::{DbResult, Tx};
use kernel::{Span, Timestamp};
use vault::Guest;
use web::Keys;

use super::known::Known;
use super::store;
use crate::cases::CaseNumber;

/// Tries of an hour at one number from one known browser, or from one network.
pub(super) const TRIES: i64 = 10;
/// Tries of an hour at one number from all networks. Ten years of that find six words, 62 random bits, with a chance of one in
/// fifty thousand million.
pub(super) const OF_ALL: i64 = 1_000;
/// How long tries are remembered.
pub(super) const HOUR: Span = Span::hours(1);

/// One counter of one hour. Its name is an HMAC, so that the table tells neither who tried nor what.
#[derive(Clone, Copy)]
struct Counter {
    subject: [u8; 32],
    most: i64,
}

/// Whoever tries a number now.
#[derive(Clone, Copy)]
pub(super) struct Comer {
    /// Who they are to those who derive keys.
    pub(super) guest: Guest,
    own: Counter,
    /// What they share with all strangers, unless they are known.
    shared: Option<Counter>,
}

impl Comer {
    /// Whoever tries this number by this browser from this network, whether there is such a case or not.
    pub(super) fn of(keys: &Keys, known: &Known, network: &str, number: CaseNumber, now: Timestamp) -> Self {
        let text = number.to_string();
        let hour = now.as_micros().div_euclid(HOUR.as_micros()).to_be_bytes();
        let counter = |kind: &str, who: &[u8], most| Counter { subject: keys.mac(kind, &[text.as_bytes(), who, hour.as_slice()]), most };
        match known.in_case(keys, number) {
            Some(browser) => Self {
                guest: Guest::Known(keys.mac("case-guest", &[text.as_bytes(), browser.as_slice()])),
                own: counter("case-try-known", browser, TRIES),
                shared: None,
            },
            None => Self {
                guest: Guest::Stranger(keys.mac("case-guest", &[network.as_bytes()])),
                own: counter("case-try-network", network.as_bytes(), TRIES),
                shared: Some(counter("case-try-all", &[], OF_ALL)),
            },
        }
    }

    /// Counts a try before anything is looked at. False if there were too many in this hour.
    pub(super) async fn count(&self, tx: &mut Tx<'_>, now: Timestamp) -> DbResult<bool> {
        if !store::count_try(tx, self.own.subject, self.own.most, now).await? {
            return Ok(false);
        }
        match self.shared {
            Some(all) => store::count_try(tx, all.subject, all.most, now).await,
            None => Ok(true),
        }
    }

    /// The try was right, so it does not count. What others tried does: one success hands nobody new tries.
    pub(super) async fn give_back(&self, tx: &mut Tx<'_>) -> DbResult<()> {
        store::give_back_try(tx, self.own.subject).await?;
        match self.shared {
            Some(all) => store::give_back_try(tx, all.subject).await,
            None => Ok(()),
        }
    }
}
