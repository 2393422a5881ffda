//! Mails that anybody can have sent to an address by typing it: counted, so that nobody's mailbox is filled in the portal's name.

use auth::throttle::{Device, Wait};
use db::{DbResult, Tx};
use kernel::{EmailAddress, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use web::Keys;

use super::store;
use super::tries::of_strangers;

/// The counter that such a mail counts into: one for each kind of mail and address, whoever asks.
///
/// A known browser has none of its own, as it has where a sign-in is tried: these mails say everything each time and do not run out
/// within minutes, so that whoever finds the counter full has the last of them in the mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asks([u8; 32]);

impl Asks {
    /// The counter of one kind of mail to this address.
    pub fn of(keys: &Keys, kind: &str, email: &EmailAddress) -> Self {
        Self::of_whom(keys, kind, email.as_str())
    }

    /// The same for somebody who is known by more than an address, where several share one and each gets a mail of their own.
    pub fn of_whom(keys: &Keys, kind: &str, whom: &str) -> Self {
        Self(of_strangers(keys, kind, whom))
    }

    /// Counts a mail before it is sent; false if there were so many that none goes for now. What the page says is the same.
    pub async fn may_mail(self, tx: &mut Tx<'_>, now: Timestamp) -> DbResult<bool> {
        let earlier = store::tries(tx, self.0, now).await?;
        match earlier.begin(Device::Stranger, now.as_micros()) {
            Ok(counted) => store::save_tries(tx, self.0, counted).await.map(|()| true),
            Err(Wait { .. }) => Ok(false),
        }
    }

    /// The same for many at once, each with an answer of its own in the order in which they came. For PostgreSQL.
    pub async fn may_mail_all(tx: &mut Tx<'_>, asks: &[Self], now: Timestamp) -> DbResult<Vec<bool>> {
        if asks.is_empty() {
            return Ok(Vec::new());
        }
        // In the order of the counters, so that two who take some of the same do not wait for each other.
        let counters: BTreeSet<[u8; 32]> = asks.iter().map(|asks| asks.0).collect();
        let mut known: BTreeMap<_, _> = store::tries_of_all(tx, &counters, now).await?.into_iter().collect();
        let answers = asks.iter().map(|asks| {
            let earlier = known.get(&asks.0).copied().unwrap_or_default();
            earlier.begin(Device::Stranger, now.as_micros()).is_ok_and(|counted| {
                known.insert(asks.0, counted);
                true
            })
        });
        let answers: Vec<bool> = answers.collect();
        store::save_tries_of_all(tx, &known.into_iter().collect::<Vec<_>>()).await?;
        Ok(answers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use both_engines::both_engines;
    use db::testing::TestDatabase;
    use db::{Engine, Lane};
    use kernel::Span;

    const NOON: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

    fn asks(whom: &str) -> Asks {
        Asks::of_whom(&Keys::new([7; 32]), "test", whom)
    }

    async fn answers(db: &TestDatabase, at: Timestamp, whom: &'static [&'static str]) -> Vec<bool> {
        let work = async move |tx: &mut Tx<'_>, _: Timestamp| -> DbResult<Vec<bool>> {
            let all: Vec<Asks> = whom.iter().map(|whom| asks(whom)).collect();
            if tx.engine() == Engine::Postgres {
                return Asks::may_mail_all(tx, &all, at).await;
            }
            let mut answers = Vec::new();
            for one in all {
                answers.push(one.may_mail(tx, at).await?);
            }
            Ok(answers)
        };
        db.write(Lane::Public, None, work).await.expect("it can be counted")
    }

    #[both_engines]
    async fn many_at_once_are_counted_like_one_after_the_other(db: TestDatabase) {
        let asked = answers(&db, NOON, &["a", "a", "b", "a", "a", "a", "a", "b"]).await;
        assert_eq!(asked, [true, true, true, true, true, true, false, true], "five of one address, and another is not affected");
        assert_eq!(answers(&db, NOON, &["a", "b"]).await, [false, true]);
        assert_eq!(answers(&db, NOON.plus(Span::seconds(1)), &["a", "a"]).await, [true, false], "one more each time it has been quiet");
    }
}
