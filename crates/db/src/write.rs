//! Reads and writes as jobs: what travels to the thread that holds a connection, and what comes back.

use futures_util::future::LocalBoxFuture;
use kernel::{Timestamp, Uuid};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::sync::oneshot;

use crate::idempotency::{self, Claim};
use crate::{DbError, DbResult, Tx, WriteError};

/// Makes a write happen once, however often its request arrives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub(crate) value: Uuid,
    pub(crate) actor: String,
    pub(crate) digest: [u8; 32],
}

impl Key {
    /// The key that the form carried, who sent it, and the HMAC of what was sent.
    pub fn new(key: Uuid, actor: impl Into<String>, digest: [u8; 32]) -> Self {
        Self { value: key, actor: actor.into(), digest }
    }
}

/// Work that a thread with a connection does in one transaction, again if the engine asks for that.
pub(crate) trait Job: Send {
    /// How long it may take, looked at before each statement.
    fn limit(&self) -> Option<Duration>;

    /// Does the work, whose answer is kept until it is settled.
    fn attempt<'s>(&'s mut self, tx: &'s mut Tx<'_>, now: Timestamp) -> LocalBoxFuture<'s, Result<(), WriteError>>;

    /// Answers whoever waits. What is left to do after that, if anything, is a job of its own.
    fn settle(self: Box<Self>, outcome: Result<(), WriteError>) -> Option<Box<dyn Job>>;
}

pub(crate) type Reply<T, E> = oneshot::Sender<Result<T, E>>;

/// A write of one caller.
pub(crate) struct Write<T, F> {
    pub(crate) key: Option<Key>,
    pub(crate) limit: Option<Duration>,
    pub(crate) work: F,
    pub(crate) answer: Option<T>,
    pub(crate) reply: Reply<T, WriteError>,
}

impl<T, F> Write<T, F>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
{
    async fn answer(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<T, WriteError> {
        if let Some(key) = &self.key {
            match idempotency::claim(tx, key, now).await? {
                Claim::New => {}
                Claim::Earlier(outcome) => return Ok(outcome),
                Claim::Foreign => return Err(WriteError::KeyReused),
            }
        }
        let answer = (self.work)(tx, now).await?;
        tx.is_sound()?;
        if tx.was_refused() {
            tx.start_over().await?;
            if let Some(key) = &self.key
                && !matches!(idempotency::claim::<T>(tx, key, now).await?, Claim::New)
            {
                return Err(DbError::Contended.into());
            }
        }
        if let Some(key) = &self.key {
            idempotency::keep(tx, key, &answer).await?;
        }
        Ok(answer)
    }
}

impl<T, F> Job for Write<T, F>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
{
    fn limit(&self) -> Option<Duration> {
        self.limit
    }

    fn attempt<'s>(&'s mut self, tx: &'s mut Tx<'_>, now: Timestamp) -> LocalBoxFuture<'s, Result<(), WriteError>> {
        Box::pin(async move {
            self.answer = Some(self.answer(tx, now).await?);
            Ok(())
        })
    }

    fn settle(self: Box<Self>, outcome: Result<(), WriteError>) -> Option<Box<dyn Job>> {
        let Self { answer, reply, .. } = *self;
        // A caller that has left is no reason to undo anything.
        let _ = reply.send(outcome.and_then(|()| answer.ok_or(WriteError::Unknown)));
        None
    }
}

/// A read of one caller.
pub(crate) struct Read<T, F> {
    pub(crate) limit: Option<Duration>,
    pub(crate) work: F,
    pub(crate) answer: Option<T>,
    pub(crate) reply: Reply<T, DbError>,
}

impl<T, F> Job for Read<T, F>
where
    T: Send + 'static,
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>) -> DbResult<T> + Send + 'static,
{
    fn limit(&self) -> Option<Duration> {
        self.limit
    }

    fn attempt<'s>(&'s mut self, tx: &'s mut Tx<'_>, _: Timestamp) -> LocalBoxFuture<'s, Result<(), WriteError>> {
        Box::pin(async move {
            self.answer = Some((self.work)(tx).await?);
            tx.is_sound()?;
            Ok(())
        })
    }

    fn settle(self: Box<Self>, outcome: Result<(), WriteError>) -> Option<Box<dyn Job>> {
        let Self { answer, reply, .. } = *self;
        let outcome = outcome.map_err(|error| match error {
            WriteError::Storage(error) => error,
            WriteError::Full => DbError::Full,
            WriteError::Unknown | WriteError::KeyReused => DbError::Closed,
        });
        let _ = reply.send(outcome.and_then(|()| answer.ok_or(DbError::Closed)));
        None
    }
}

/// What a panic said.
pub(crate) fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without words".to_owned())
}
