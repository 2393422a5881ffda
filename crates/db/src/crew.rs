//! Threads that take jobs from one queue, hired as they are needed.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::{DbError, DbResult};

/// A bounded queue and up to `hands` threads that serve it. Each holds a connection of its own while it lives.
pub(crate) struct Crew<J> {
    name: &'static str,
    hands: usize,
    room: usize,
    serve: Box<dyn Fn(&Self) + Send + Sync>,
    state: Mutex<State<J>>,
    wake: Condvar,
}

struct State<J> {
    waiting: VecDeque<J>,
    idle: usize,
    closed: bool,
    threads: Vec<JoinHandle<()>>,
}

impl<J: Send + 'static> Crew<J> {
    /// `serve` is what a thread does: it loops over [`Crew::take`] until that gives nothing more.
    pub(crate) fn new(name: &'static str, hands: usize, room: usize, serve: impl Fn(&Self) + Send + Sync + 'static) -> Arc<Self> {
        let state = State { waiting: VecDeque::new(), idle: 0, closed: false, threads: Vec::new() };
        Arc::new(Self { name, hands, room, serve: Box::new(serve), state: Mutex::new(state), wake: Condvar::new() })
    }

    /// Puts a job into the queue, unless that is full or closed.
    pub(crate) fn submit(self: &Arc<Self>, job: J) -> DbResult<()> {
        let mut state = self.lock();
        if state.closed {
            return Err(DbError::Closed);
        }
        if state.waiting.len() >= self.room {
            return Err(DbError::Full);
        }
        state.waiting.push_back(job);
        if state.idle < state.waiting.len() && state.threads.len() < self.hands {
            let crew = Arc::clone(self);
            let thread = thread::Builder::new().name(self.name.to_owned()).spawn(move || (crew.serve)(&crew));
            match thread {
                Ok(thread) => state.threads.push(thread),
                // Those already at work will come to it.
                Err(error) if !state.threads.is_empty() => tracing::warn!(%error, "no further thread for {}", self.name),
                Err(error) => {
                    state.waiting.pop_back();
                    return Err(DbError::Settings(error.to_string()));
                }
            }
        }
        self.wake.notify_one();
        Ok(())
    }

    /// The next job; waits for one. Nothing once the queue is closed and empty.
    pub(crate) fn take(&self) -> Option<J> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.waiting.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state.idle += 1;
            state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
    }

    /// Takes no more jobs; those accepted are still done.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.wake.notify_all();
    }

    /// Waits until the last accepted job is done, after [`Crew::close`].
    pub(crate) fn join(&self) {
        let threads = std::mem::take(&mut self.lock().threads);
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a thread of {} ended by a panic", self.name);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<J>> {
        // The lock is never held while foreign code runs, so its content is whole even if a thread has panicked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
