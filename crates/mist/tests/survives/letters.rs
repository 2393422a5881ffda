//! The mail that the program sends, and its end.

use db::{Lane, sql};
use journal::sink::Sink;
use std::collections::BTreeSet;
use std::time::Duration;

use crate::scratch::Scratch;

/// Looks for what is left are this far apart.
const PAUSE: Duration = Duration::from_millis(50);
/// So many looks without any letter mean that none will come: a guard against waiting for ever, no measure.
const PATIENCE: usize = 2400;

/// A letter box that never throws anything away.
pub struct LetterBox {
    sink: Sink,
    message_ids: Vec<String>,
}

impl LetterBox {
    pub async fn new() -> Self {
        Self { sink: Sink::start().await.expect("a port is free"), message_ids: Vec::new() }
    }

    pub fn port(&self) -> u16 {
        self.sink.address().port()
    }

    /// Takes in what has arrived, and says how many letters that were.
    pub fn empty(&mut self) -> usize {
        let letters = self.sink.take();
        self.message_ids.extend(letters.iter().map(|letter| letter.message_id.clone()));
        letters.len()
    }

    /// The Message-ID of every letter that arrived, as often as it did.
    pub fn message_ids(&self) -> &[String] {
        &self.message_ids
    }

    /// How many letters came more than once.
    pub fn repeated(&self) -> usize {
        self.message_ids.len() - self.message_ids.iter().collect::<BTreeSet<_>>().len()
    }

    /// Waits until the running program has sent everything.
    pub async fn waits_for_the_last(&mut self, scratch: &Scratch) {
        let db = scratch.open().await;
        // What a killed program held is free again after a quarter of an hour; here it has passed.
        let pass = sql!("UPDATE outbox SET lease_until = 0 WHERE lease_until IS NOT NULL AND sent_at IS NULL");
        db.write(Lane::Staff, None, async |tx, _| tx.run(pass, &[]).await).await.expect("time passes");
        let waiting = sql!("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND dropped_at IS NULL AND failed_at IS NULL");
        let mut quiet = 0;
        loop {
            let left: i64 = db.read(async |tx| tx.one(waiting, &[]).await).await.expect("the outbox can be counted");
            quiet = if self.empty() == 0 { quiet + 1 } else { 0 };
            if left == 0 {
                break;
            }
            assert!(quiet < PATIENCE, "{left} mails are left, and none is sent");
            tokio::time::sleep(PAUSE).await;
        }
        self.empty();
        db.close().await;
    }
}
