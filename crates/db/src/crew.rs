//! Threads that take jobs from one queue, hired as they are needed.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle, Thread};

use crate::{DbError, DbResult};

/// A bounded queue and up to `hands` threads that serve it. Each holds a connection of its own while it lives.
pub(crate) struct Crew<J> {
    name: &'static str,
    hands: usize,
    room: usize,
    serve: Box<dyn Fn(&Self) + Send + Sync>,
    state: Mutex<State<J>>,
}

struct State<J> {
    waiting: VecDeque<J>,
    /// Those who wait, whoever came last at the end: it is woken first, since its connection is still warm.
    idle: Vec<Thread>,
    /// Those who were woken and have not come to the queue yet.
    woken: usize,
    closed: bool,
    threads: Vec<JoinHandle<()>>,
}

impl<J: Send + 'static> Crew<J> {
    /// `serve` is what a thread does: it loops over [`Crew::take`] until that gives nothing more.
    pub(crate) fn new(name: &'static str, hands: usize, room: usize, serve: impl Fn(&Self) + Send + Sync + 'static) -> Arc<Self> {
        let state = State { waiting: VecDeque::new(), idle: Vec::new(), woken: 0, closed: false, threads: Vec::new() };
        Arc::new(Self { name, hands, room, serve: Box::new(serve), state: Mutex::new(state) })
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
        if state.idle.len() + state.woken < state.waiting.len() && state.threads.len() < self.hands {
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
        if let Some(last) = state.idle.pop() {
            state.woken += 1;
            last.unpark();
        }
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
            state.idle.push(thread::current());
            drop(state);
            thread::park();
            state = self.lock();
            // A thread may also wake by itself, and is then still among those who wait.
            let own = thread::current().id();
            match state.idle.iter().position(|waiting| waiting.id() == own) {
                Some(place) => drop(state.idle.remove(place)),
                None => state.woken -= 1,
            }
        }
    }

    /// Takes no more jobs; those accepted are still done.
    pub(crate) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        let idle = std::mem::take(&mut state.idle);
        state.woken += idle.len();
        idle.iter().for_each(Thread::unpark);
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
