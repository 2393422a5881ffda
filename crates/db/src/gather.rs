//! Many who want the same row at once, served by one statement.
//!
//! On PostgreSQL the price of a write is its round trips, and writers of one row wait for each other through all of them. So
//! whoever comes while others are served waits here, and all who wait are served together.

use futures_util::future::LocalBoxFuture;
use kernel::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::idempotency::{self, Claim};
use crate::write::{Job, Reply};
use crate::{DbError, DbResult, HotKey, Key, Lane, Tx, WriteError};

/// The most that are served together.
const TOGETHER: usize = 200;

/// The crowds in front of every hot row.
#[derive(Default)]
pub(crate) struct Crowds {
    crowds: Mutex<HashMap<Door, Arc<dyn Any + Send + Sync>>>,
}

/// A crowd is of those who want the same row and ask by the same work.
type Door = (Lane, HotKey, TypeId);

impl Crowds {
    /// The crowd that wants `hot`.
    pub(crate) fn at<I: Send + 'static, T: Send + 'static, F: 'static>(&self, lane: Lane, hot: HotKey) -> Arc<Crowd<I, T>> {
        let mut crowds = self.crowds.lock().unwrap_or_else(PoisonError::into_inner);
        let door = (lane, hot, TypeId::of::<F>());
        if let Some(crowd) = crowds.get(&door).and_then(|crowd| Arc::clone(crowd).downcast().ok()) {
            return crowd;
        }
        // Where nobody waits any more, nothing is remembered.
        crowds.retain(|_, crowd| Arc::strong_count(crowd) > 1);
        let crowd = Arc::new(Crowd { state: Mutex::new(Waiting { asking: VecDeque::new(), is_served: false }) });
        crowds.insert(door, Arc::<Crowd<I, T>>::clone(&crowd));
        crowd
    }
}

/// Those who want one row.
pub(crate) struct Crowd<I, T> {
    state: Mutex<Waiting<I, T>>,
}

struct Waiting<I, T> {
    asking: VecDeque<Asking<I, T>>,
    /// Whether a job is on its way that serves whoever waits.
    is_served: bool,
}

/// One of them.
pub(crate) struct Asking<I, T> {
    pub(crate) key: Option<Key>,
    pub(crate) input: I,
    pub(crate) reply: Reply<T, WriteError>,
}

impl<I, T> Crowd<I, T> {
    /// Joins the crowd; `serve` is called if nobody serves it yet.
    pub(crate) fn join(&self, asking: Asking<I, T>, room: usize, serve: impl FnOnce() -> DbResult<()>) -> DbResult<()> {
        let mut waiting = self.lock();
        if waiting.asking.len() >= room {
            return Err(DbError::Full);
        }
        if !waiting.is_served {
            serve()?;
            waiting.is_served = true;
        }
        waiting.asking.push_back(asking);
        Ok(())
    }

    /// The next to be served together. A key that stands there twice is served once, and answered from that the next time.
    fn take(&self) -> Vec<Asking<I, T>> {
        let mut waiting = self.lock();
        let mut keys = HashSet::new();
        let mut taken = Vec::new();
        for asking in std::mem::take(&mut waiting.asking) {
            let is_alone = asking.key.as_ref().is_none_or(|key| keys.insert(key.value));
            if is_alone && taken.len() < TOGETHER {
                taken.push(asking);
            } else {
                waiting.asking.push_back(asking);
            }
        }
        taken
    }

    /// Whether somebody still waits; if not, the next to come calls for service again.
    fn goes_on(&self) -> bool {
        let mut waiting = self.lock();
        waiting.is_served = !waiting.asking.is_empty();
        waiting.is_served
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<I, T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The job that serves a crowd, as often as somebody waits.
pub(crate) struct Gather<I, T, F> {
    crowd: Arc<Crowd<I, T>>,
    limit: Duration,
    work: F,
    /// Those who are served now, and what they will be answered.
    served: Vec<Asking<I, T>>,
    answers: Vec<Result<T, WriteError>>,
    /// Those who could not be served together: one of them spoils it for all, so each is tried by itself, in the order of coming.
    apart: VecDeque<Asking<I, T>>,
}

impl<I, T, F> Gather<I, T, F>
where
    I: Clone + Send + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp, Vec<I>) -> DbResult<Vec<T>> + Send + 'static,
{
    pub(crate) const fn new(crowd: Arc<Crowd<I, T>>, limit: Duration, work: F) -> Self {
        Self { crowd, limit, work, served: Vec::new(), answers: Vec::new(), apart: VecDeque::new() }
    }

    async fn answer(&self, tx: &mut Tx<'_>, now: Timestamp) -> DbResult<Vec<Result<T, WriteError>>> {
        let keys: Vec<_> = self.served.iter().map(|asking| asking.key.as_ref()).collect();
        let claims = idempotency::claim_all::<T>(tx, &keys, now).await?;
        let is_new = |claim: &Claim<T>| matches!(claim, Claim::New);
        let new: Vec<_> = self.served.iter().zip(&claims).filter(|(_, claim)| is_new(claim)).map(|(asking, _)| asking).collect();

        let answers =
            if new.is_empty() { Vec::new() } else { (self.work)(tx, now, new.iter().map(|asking| asking.input.clone()).collect()).await? };
        tx.is_sound()?;
        if tx.was_refused() {
            return Err(DbError::Rollback);
        }
        if answers.len() != new.len() {
            return Err(DbError::Uneven { inputs: new.len(), answers: answers.len() });
        }
        idempotency::keep_all(tx, new.iter().zip(&answers).filter_map(|(asking, answer)| Some((asking.key.as_ref()?, answer)))).await?;

        let mut answers = answers.into_iter();
        let answered = claims.into_iter().map(|claim| match claim {
            Claim::New => answers.next().ok_or(WriteError::Unknown),
            Claim::Earlier(answer) => Ok(answer),
            Claim::Foreign => Err(WriteError::KeyReused),
        });
        Ok(answered.collect())
    }
}

impl<I, T, F> Job for Gather<I, T, F>
where
    I: Clone + Send + 'static,
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp, Vec<I>) -> DbResult<Vec<T>> + Send + 'static,
{
    fn limit(&self) -> Option<Duration> {
        Some(self.limit)
    }

    fn attempt<'s>(&'s mut self, tx: &'s mut Tx<'_>, now: Timestamp) -> LocalBoxFuture<'s, Result<(), WriteError>> {
        Box::pin(async move {
            if self.served.is_empty() {
                self.served = self.apart.pop_front().map_or_else(|| self.crowd.take(), |one| vec![one]);
            }
            self.answers = self.answer(tx, now).await?;
            Ok(())
        })
    }

    fn settle(mut self: Box<Self>, outcome: Result<(), WriteError>) -> Option<Box<dyn Job>> {
        if self.served.is_empty() {
            // Not even a transaction could be begun.
            self.served = self.crowd.take();
        }
        match outcome {
            Ok(()) => {
                for (asking, answer) in self.served.drain(..).zip(self.answers.drain(..)) {
                    // A caller that has left is no reason to undo anything.
                    let _ = asking.reply.send(answer);
                }
            }
            Err(WriteError::Storage(_)) if self.served.len() > 1 => self.apart.extend(self.served.drain(..)),
            Err(WriteError::Full) => self.served.drain(..).for_each(|asking| drop(asking.reply.send(Err(WriteError::Full)))),
            Err(WriteError::Storage(error)) => {
                if let Some(asking) = self.served.pop() {
                    let _ = asking.reply.send(Err(error.into()));
                }
            }
            Err(_) => self.served.drain(..).for_each(|asking| drop(asking.reply.send(Err(WriteError::Unknown)))),
        }
        if !self.apart.is_empty() || self.crowd.goes_on() { Some(self) } else { None }
    }
}
