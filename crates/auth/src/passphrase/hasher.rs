//! Argon2id in a bounded pool: memory and processors stay for the rest of the portal, however many try to sign in.

use super::Passphrase;
use crate::token::random_bytes;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kibibytes: u32,
    passes: u32,
}

/// Hashes and verifies passphrases, a few at a time. Cloning shares the pool.
#[derive(Clone)]
pub struct Hasher {
    cost: Cost,
    /// Who may wait or work.
    places: Arc<Semaphore>,
    /// Who may work.
    workers: Arc<Semaphore>,
    /// Verified for accounts that do not exist, so that they take as long as the others.
    dummy: Arc<str>,
}

/// What comparing a passphrase with a stored hash gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not the passphrase, or nobody's.
    Wrong,
    /// The passphrase.
    Right {
        /// The stored hash is cheaper than today's cost: hash the passphrase again and store that.
        rehash: bool,
    },
}

/// Why nothing was hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHashed {
    /// Too many wait already; the answer is 503, and nothing was learnt about the passphrase.
    #[error("too many passphrases are being checked")]
    Busy,
    /// The stored text is no Argon2id hash.
    #[error("a stored passphrase hash cannot be read")]
    Unreadable,
    /// There was no memory for the hash.
    #[error("no memory to hash a passphrase")]
    NoMemory,
}

impl Cost {
    /// The least that production may use: 19 MiB, two passes.
    pub const LEAST: Self = Self { memory_kibibytes: 19 * 1024, passes: 2 };

    /// Next to nothing, for tests and sample data only.
    pub const CHEAP: Self = Self { memory_kibibytes: 8, passes: 1 };

    /// At least [`Cost::LEAST`], more if asked for.
    pub fn at_least(memory_kibibytes: u32, passes: u32) -> Self {
        Self { memory_kibibytes: memory_kibibytes.max(Self::LEAST.memory_kibibytes), passes: passes.max(Self::LEAST.passes) }
    }

    fn argon2(self) -> Argon2<'static> {
        let params = Params::new(self.memory_kibibytes, self.passes, 1, None).expect("no cost is below Argon2's least");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }

    fn is_above(self, params: &Params) -> bool {
        params.m_cost() < self.memory_kibibytes || params.t_cost() < self.passes
    }
}

impl Hasher {
    /// A pool for this machine: half its processors work, and sixteen callers wait for each of them at most.
    pub fn new(cost: Cost) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let workers = (processors / 2).max(1);
        Self::with_room(cost, workers, workers * 16)
    }

    /// A pool of `workers`, for which `waiting` more may wait.
    pub fn with_room(cost: Cost, workers: usize, waiting: usize) -> Self {
        let nobodys = Passphrase(crate::Token::random().text());
        Self {
            cost,
            places: Arc::new(Semaphore::new(workers + waiting)),
            workers: Arc::new(Semaphore::new(workers)),
            dummy: hash(cost, &nobodys).expect("at the start there is memory for one hash").into(),
        }
    }

    /// The hash to store, as a PHC string.
    pub async fn hash(&self, passphrase: Passphrase) -> Result<String, NotHashed> {
        let cost = self.cost;
        self.run(move || hash(cost, &passphrase)).await
    }

    /// Compares a passphrase with the stored hash. Where there is no account or no hash, `None` takes as long.
    pub async fn verify(&self, passphrase: Passphrase, stored: Option<String>) -> Result<Outcome, NotHashed> {
        let (cost, dummy) = (self.cost, Arc::clone(&self.dummy));
        self.run(move || match stored {
            Some(stored) => verify(cost, &passphrase, &stored),
            None => verify(cost, &passphrase, &dummy).map(|_| Outcome::Wrong),
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, NotHashed> + Send + 'static) -> Result<T, NotHashed> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| NotHashed::Busy)?;
        let worker = Arc::clone(&self.workers).acquire_owned().await.map_err(|_| NotHashed::Busy)?;
        // The permits travel with the work: a caller who leaves does not make room that is not there.
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop((worker, place));
            answer
        });
        done.await.map_err(|_| NotHashed::Busy)?
    }
}

impl fmt::Debug for Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hasher").field("cost", &self.cost).finish_non_exhaustive()
    }
}

fn hash(cost: Cost, passphrase: &Passphrase) -> Result<String, NotHashed> {
    let salt: [u8; 16] = random_bytes();
    let hash = cost.argon2().hash_password_with_salt(passphrase.as_bytes(), &salt).map_err(|_| NotHashed::NoMemory)?;
    Ok(hash.to_string())
}

fn verify(cost: Cost, passphrase: &Passphrase, stored: &str) -> Result<Outcome, NotHashed> {
    let stored = PasswordHash::new(stored).ok().filter(|stored| stored.hash.is_some()).ok_or(NotHashed::Unreadable)?;
    let params = Params::try_from(&stored).map_err(|_| NotHashed::Unreadable)?;
    match cost.argon2().verify_password(passphrase.as_bytes(), &stored) {
        Ok(()) => Ok(Outcome::Right { rehash: cost.is_above(&params) }),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Outcome::Wrong),
        Err(_) => Err(NotHashed::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn typed(text: &str) -> Passphrase {
        Passphrase::typed(text).unwrap()
    }

    #[tokio::test]
    async fn knows_the_passphrase_again_and_no_other() {
        let hasher = Hasher::new(Cost::CHEAP);
        let stored = hasher.hash(typed("雨の日は緑の傘")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{stored}");
        assert_ne!(stored, hasher.hash(typed("雨の日は緑の傘")).await.unwrap(), "a salt of its own each time");
        assert_eq!(hasher.verify(typed("雨の日は緑の傘"), Some(stored.clone())).await, Ok(Outcome::Right { rehash: false }));
        assert_eq!(hasher.verify(typed("雨の日は青の傘"), Some(stored)).await, Ok(Outcome::Wrong));
        assert_eq!(hasher.verify(typed("雨の日は緑の傘"), None).await, Ok(Outcome::Wrong));
    }

    #[tokio::test]
    async fn nobodys_hash_costs_what_a_real_one_costs() {
        let hasher = Hasher::new(Cost::CHEAP);
        let stored = hasher.hash(typed("x")).await.unwrap();
        let cost = |hash: &str| Params::try_from(&PasswordHash::new(hash).unwrap()).unwrap();
        assert_eq!(cost(&stored), cost(&hasher.dummy));
    }

    #[tokio::test]
    async fn a_hash_cheaper_than_today_is_to_be_made_again() {
        let stored = Hasher::new(Cost::CHEAP).hash(typed("x")).await.unwrap();
        let dearer = Hasher::with_room(Cost { memory_kibibytes: 16, passes: 1 }, 1, 0);
        assert_eq!(dearer.verify(typed("x"), Some(stored)).await, Ok(Outcome::Right { rehash: true }));
    }

    #[tokio::test]
    async fn a_stored_text_that_is_no_hash_is_an_error_not_a_wrong_passphrase() {
        let hasher = Hasher::new(Cost::CHEAP);
        for broken in ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ", "$2b$12$abcdefghijklmnopqrstuv"] {
            assert_eq!(hasher.verify(typed("plain"), Some(broken.into())).await, Err(NotHashed::Unreadable), "{broken}");
        }
    }

    #[tokio::test]
    async fn a_full_queue_is_busy_and_a_caller_who_left_still_holds_its_worker() {
        let hasher = Hasher::with_room(Cost::CHEAP, 1, 1);
        let (begin, wait) = std::sync::mpsc::channel::<()>();
        let slow = hasher.run(move || wait.recv().map_err(|_| NotHashed::NoMemory));
        assert!(tokio::time::timeout(Duration::from_millis(20), slow).await.is_err(), "it works until told to end");

        let waiting = tokio::spawn({
            let hasher = hasher.clone();
            async move { hasher.hash(typed("x")).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(hasher.hash(typed("x")).await, Err(NotHashed::Busy));

        begin.send(()).unwrap();
        assert!(waiting.await.unwrap().is_ok(), "who waited is served");
        assert!(hasher.hash(typed("x")).await.is_ok(), "and there is room again");
    }

    #[test]
    fn production_cannot_ask_for_less_than_the_least() {
        assert_eq!(Cost::at_least(8, 1), Cost::LEAST);
        assert_eq!(Cost::at_least(65_536, 3), Cost { memory_kibibytes: 65_536, passes: 3 });
    }
}
