//! What both workers do alike: take what is due for a while, and note what became of it.

use db::{Db, DbResult, Lane, Tx};
use kernel::{Span, Timestamp, Uuid};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a worker goes on with what it took at once; the rest is given back.
pub(crate) const FRESH: Duration = Duration::from_mins(2);

/// How long taking something and noting what became of it may last, with a database that hardly answers.
const NOTING: Duration = Duration::from_mins(1);

/// How long a worker holds what it took and is done with after `longest` at the latest, so that nobody else takes it while it may
/// still be at work on it; after a crash it is free again then.
pub(crate) fn lease(longest: Duration) -> Span {
    Span::micros(i64::try_from((longest + NOTING).as_micros()).unwrap_or(i64::MAX))
}

/// What one transaction took, for several lanes to work off.
pub(crate) struct Bag<T> {
    items: Mutex<VecDeque<T>>,
    taken: Instant,
}

impl<T> Bag<T> {
    pub(crate) fn of(items: Vec<T>) -> Self {
        Self { items: Mutex::new(items.into()), taken: Instant::now() }
    }

    /// The next thing to do, as long as the lease is fresh.
    pub(crate) fn next(&self) -> Option<T> {
        if self.taken.elapsed() > FRESH {
            return None;
        }
        self.items.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// What nobody has begun, which nobody will begin any more.
    pub(crate) fn rest(&self) -> VecDeque<T> {
        std::mem::take(&mut *self.items.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The kinds that a worker knows, as a statement takes them: what another version of the program has queued is left to that one.
pub(crate) fn known(kinds: impl Iterator<Item = &'static str>) -> serde_json::Value {
    kinds.collect()
}

/// For how many seconds that which is due since `since` has waited.
pub(crate) fn overdue(since: Option<Timestamp>, now: Timestamp) -> f64 {
    let micros = since.map_or(0, |since| now.since(since).as_micros().max(0));
    Duration::from_micros(micros.unsigned_abs()).as_secs_f64()
}

/// Writes down what became of one thing. If that fails for good, its lease ends and it is done once more.
pub(crate) async fn mark<F>(db: &Db, lane: Lane, id: Uuid, write: F)
where
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<bool> + Clone + Send + 'static,
{
    const TRIES: [Duration; 3] = [Duration::from_millis(100), Duration::from_secs(1), Duration::ZERO];
    for pause in TRIES {
        match db.write(lane, None, write.clone()).await {
            Ok(true) => return,
            Ok(false) => {
                tracing::warn!(%id, "the lease had ended, or the mark had been written");
                return;
            }
            Err(error) => tracing::error!(%id, %error, "what became of it could not be written"),
        }
        tokio::time::sleep(pause).await;
    }
}
