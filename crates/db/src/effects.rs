//! What a commit brings about beside the rows that it writes.

use std::fmt;
use std::sync::{PoisonError, RwLock};

/// Where a verb leaves work for later. Whoever does it is woken by the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Queue {
    /// Mail to be sent.
    Mail,
    /// Jobs to be done.
    Jobs,
}

/// What a transaction has said of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Effects {
    /// Whether public pages show something else now.
    pub(crate) public: bool,
    mail: bool,
    jobs: bool,
}

impl Effects {
    pub(crate) const fn queued(&mut self, queue: Queue) {
        match queue {
            Queue::Mail => self.mail = true,
            Queue::Jobs => self.jobs = true,
        }
    }

    /// What both bring about: jobs that share a commit.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self { public: self.public || other.public, mail: self.mail || other.mail, jobs: self.jobs || other.jobs }
    }

    const fn is_queued(self, queue: Queue) -> bool {
        match queue {
            Queue::Mail => self.mail,
            Queue::Jobs => self.jobs,
        }
    }
}

type Wake = Box<dyn Fn() + Send + Sync>;

/// Who is woken by what is queued.
#[derive(Default)]
pub(crate) struct Woken(RwLock<Vec<(Queue, Wake)>>);

impl Woken {
    pub(crate) fn add(&self, queue: Queue, wake: Wake) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).push((queue, wake));
    }

    /// Wakes those for whom a commit has left something.
    pub(crate) fn by(&self, effects: Effects) {
        if effects.mail || effects.jobs {
            let woken = self.0.read().unwrap_or_else(PoisonError::into_inner);
            woken.iter().filter(|(queue, _)| effects.is_queued(*queue)).for_each(|(_, wake)| wake());
        }
    }
}

impl fmt::Debug for Woken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Woken")
    }
}
