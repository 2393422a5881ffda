//! Answers that reads share until something public changes.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Answers kept at most; beyond that all are asked anew, which costs one statement each.
const MOST: usize = 2_000;

/// The name that the one who asks gives an answer, beside its type.
type Name = (TypeId, String);

/// An answer, and the version of the public pages that was known before it was asked for.
struct Answer {
    version: u64,
    value: Arc<dyn Any + Send + Sync>,
}

/// Answers by name. One that was asked for under an earlier version counts for nothing.
#[derive(Default)]
pub(crate) struct Kept(RwLock<HashMap<Name, Answer>>);

impl Kept {
    pub(crate) fn get<T: Clone + Send + Sync + 'static>(&self, name: &str, version: u64) -> Option<T> {
        let answers = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let answer = answers.get(&(TypeId::of::<T>(), name.to_owned())).filter(|answer| answer.version == version)?;
        answer.value.downcast_ref::<T>().cloned()
    }

    pub(crate) fn put<T: Clone + Send + Sync + 'static>(&self, name: String, version: u64, value: T) {
        let mut answers = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.insert((TypeId::of::<T>(), name), Answer { version, value: Arc::new(value) });
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Kept").finish_non_exhaustive()
    }
}
