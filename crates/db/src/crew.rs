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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::sync::mpsc::{self, Receiver, Sender};
    use std::time::Duration;

    use super::*;

    /// Nothing here takes so long unless somebody sleeps who should not.
    const LONG: Duration = Duration::from_secs(20);

    /// A job that says that it is begun, and lasts until the other side of `until` is dropped.
    struct Lasting {
        begun: Sender<()>,
        until: Receiver<()>,
    }

    fn lasting(hands: usize) -> Arc<Crew<Lasting>> {
        Crew::new("lasting", hands, 100, |crew: &Crew<Lasting>| {
            while let Some(job) = crew.take() {
                let _ = job.begun.send(());
                let _ = job.until.recv();
            }
        })
    }

    /// A crew that writes down what it does.
    fn writing(hands: usize, room: usize) -> (Arc<Crew<usize>>, Arc<Mutex<Vec<usize>>>) {
        let done = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&done);
        let crew = Crew::new("writing", hands, room, move |crew: &Crew<usize>| {
            while let Some(job) = crew.take() {
                if job.is_multiple_of(3) {
                    thread::yield_now();
                }
                noted.lock().unwrap().push(job);
            }
        });
        (crew, done)
    }

    /// Whether all threads of a closed crew come to their end.
    fn ends<J: Send + 'static>(crew: &Arc<Crew<J>>) -> bool {
        let (told, heard) = mpsc::channel();
        let crew = Arc::clone(crew);
        thread::spawn(move || {
            crew.join();
            let _ = told.send(());
        });
        heard.recv_timeout(LONG).is_ok()
    }

    /// Submits so many jobs at once and waits until each has a thread of its own. They last as long as what this gives.
    fn burst(crew: &Arc<Crew<Lasting>>, jobs: usize) -> Vec<Sender<()>> {
        let (begun, heard) = mpsc::channel();
        let mut lasting = Vec::new();
        for _ in 0..jobs {
            let (end, until) = mpsc::channel();
            crew.submit(Lasting { begun: begun.clone(), until }).unwrap();
            lasting.push(end);
        }
        for number in 1..=jobs {
            assert!(heard.recv_timeout(LONG).is_ok(), "no thread comes to job {number} of {jobs}");
        }
        lasting
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_was_accepted_is_done_once_whenever_the_crew_is_closed_and_whoever_wakes_by_itself(
            hands in 1_usize..=4,
            room in 1_usize..=12,
            submitters in 1_usize..=4,
            jobs in 0_usize..=80,
            closes_after in 0_u64..800,
            disturbances in 0_usize..=40,
        ) {
            let (crew, done) = writing(hands, room);
            let mut accepted: Vec<usize> = thread::scope(|scope| {
                let crew = &crew;
                let asks = |one: usize| {
                    let own = one * jobs..(one + 1) * jobs;
                    scope.spawn(move || own.filter(|job| crew.submit(*job).is_ok()).collect::<Vec<usize>>())
                };
                let asking: Vec<_> = (0..submitters).map(asks).collect();
                scope.spawn(move || {
                    for _ in 0..disturbances {
                        crew.lock().idle.iter().for_each(Thread::unpark);
                        thread::yield_now();
                    }
                });
                scope.spawn(move || {
                    thread::sleep(Duration::from_micros(closes_after));
                    crew.close();
                });
                asking.into_iter().flat_map(|one| one.join().unwrap()).collect()
            });
            prop_assert!(ends(&crew), "a thread is never woken");
            let mut done = done.lock().unwrap().clone();
            accepted.sort_unstable();
            done.sort_unstable();
            prop_assert_eq!(done, accepted);
            let state = crew.lock();
            prop_assert_eq!((state.waiting.len(), state.idle.len(), state.woken), (0, 0, 0));
        }

        #[test]
        fn no_job_waits_while_there_is_a_hand_for_it(hands in 1_usize..=5, bursts in prop::collection::vec(1_usize..=5, 1..20)) {
            let crew = lasting(hands);
            for jobs in bursts {
                // Those of the burst before may still be on their way back to the queue.
                drop(burst(&crew, jobs.min(hands)));
            }
            prop_assert!(crew.lock().threads.len() <= hands);
            crew.close();
            prop_assert!(ends(&crew), "a thread is never woken");
        }
    }

    #[test]
    fn whoever_waits_is_woken_before_somebody_is_hired() {
        let crew = lasting(8);
        for _ in 0..50 {
            drop(burst(&crew, 1));
            let mut looks = 0;
            while crew.lock().idle.is_empty() {
                looks += 1;
                assert!(looks < 20_000, "the thread does not come back to the queue");
                thread::sleep(Duration::from_millis(1));
            }
        }
        assert_eq!(crew.lock().threads.len(), 1);
        crew.close();
        assert!(ends(&crew));
        assert!(matches!(crew.submit(Lasting { begun: mpsc::channel().0, until: mpsc::channel().1 }), Err(DbError::Closed)));
    }
}
