use kernel::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Which writes of this process have begun and not ended, so that a reader can be told up to when everything is visible.
#[derive(Clone, Debug, Default)]
pub struct UnderWay(Arc<Mutex<Begun>>);

#[derive(Debug, Default)]
struct Begun {
    next: u64,
    since: BTreeMap<u64, Timestamp>,
}

/// A write that has begun; it has ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Passing {
    all: UnderWay,
    number: u64,
}

impl UnderWay {
    /// A write begins now.
    pub(crate) fn begin(&self, now: Timestamp) -> Passing {
        let mut begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        begun.next += 1;
        let number = begun.next;
        begun.since.insert(number, now);
        Passing { all: self.clone(), number }
    }

    /// A moment before which no write stands that is not visible yet: `now`, or the beginning of the oldest one under way.
    ///
    /// Ask before reading. It knows this process alone; where several write, a statement of another one may become visible as
    /// much later as its commit takes.
    pub(crate) fn consistent(&self, now: Timestamp) -> Timestamp {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        begun.since.values().min().map_or(now, |oldest| now.min(oldest.minus(kernel::Span::micros(1))))
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).since.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_promised_beyond_a_write_that_has_not_ended() {
        let (all, at) = (UnderWay::default(), Timestamp::from_micros);
        assert_eq!(all.consistent(at(10)), at(10));
        let (first, second) = (all.begin(at(5)), all.begin(at(7)));
        assert_eq!(all.consistent(at(10)), at(4));
        drop(first);
        assert_eq!(all.consistent(at(10)), at(6));
        drop(second);
        assert_eq!(all.consistent(at(10)), at(10));
    }
}
