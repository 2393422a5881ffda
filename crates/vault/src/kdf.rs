//! Argon2id in a bounded pool: whoever comes back with their words waits for their turn, and the memory stays for the rest.

use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::Semaphore;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::key::{WrongLength, exactly, random};
use crate::suite::CipherKey;
use crate::wrap::{about, unwrap_under, wrap_under};
use crate::{Code, SecretKey};

const LABEL: &[u8] = b"mist/code/1";
/// More workers would take more memory than the smallest machine has, and not make a flood shorter.
const MOST_WORKERS: usize = 4;
/// How many may wait. The last of them waits for minutes, which is better than being sent away on the worst day.
const WAITING: usize = 1_000;

/// What one derivation costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kibibytes: u32,
    passes: u32,
}

/// Turns codes into keys, a few at a time. Cloning shares the pool.
#[derive(Clone)]
pub struct Kdf {
    cost: Cost,
    /// Who may wait or work.
    places: Arc<Semaphore>,
    /// Who may work.
    workers: Arc<Semaphore>,
    derivations: Arc<AtomicU64>,
}

/// What makes the same code another key in each case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt([u8; 16]);

/// Too many wait already, or there is no memory: nothing was derived, and nothing learnt about the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many codes are being tried")]
pub struct Busy;

/// Why a code opened nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// Nothing was tried.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// Another code, another case, or a changed wrap.
    #[error("the code does not open the case")]
    Wrong,
}

impl Cost {
    /// What production uses: 64 MiB, three passes.
    pub const REAL: Self = Self { memory_kibibytes: 64 * 1024, passes: 3 };
    /// Next to nothing, for tests and sample data only.
    pub const CHEAP: Self = Self { memory_kibibytes: 8, passes: 1 };

    fn argon2(self) -> Argon2<'static> {
        let params = Params::new(self.memory_kibibytes, self.passes, 1, Some(32)).expect("no cost is below Argon2's least");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

impl Salt {
    /// A fresh one for a new case.
    pub fn generate() -> Self {
        Self(*random())
    }

    /// One as it is stored.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes to store.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl TryFrom<&[u8]> for Salt {
    type Error = WrongLength;

    fn try_from(bytes: &[u8]) -> Result<Self, WrongLength> {
        exactly(bytes).map(Self)
    }
}

impl Kdf {
    /// A pool for this machine: half its processors work, four at most.
    pub fn new(cost: Cost) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with_room(cost, (processors / 2).clamp(1, MOST_WORKERS), WAITING)
    }

    fn with_room(cost: Cost, workers: usize, waiting: usize) -> Self {
        Self {
            cost,
            places: Arc::new(Semaphore::new(workers + waiting)),
            workers: Arc::new(Semaphore::new(workers)),
            derivations: Arc::default(),
        }
    }

    /// Wraps the key of a case for whoever has the code.
    pub async fn wrap(&self, code: &Code, salt: &Salt, case: Uuid, key: &SecretKey) -> Result<Vec<u8>, Busy> {
        let under = self.derive(code, salt).await?;
        Ok(wrap_under(&under, &about(LABEL, case, case), key))
    }

    /// Opens what [`Kdf::wrap`] wrapped.
    pub async fn unwrap(&self, code: &Code, salt: &Salt, case: Uuid, wrap: &[u8]) -> Result<SecretKey, NotOpened> {
        let under = self.derive(code, salt).await?;
        unwrap_under(&under, &about(LABEL, case, case), wrap).map_err(|_| NotOpened::Wrong)
    }

    /// The same work for a case that does not exist.
    pub async fn decoy(&self, code: &Code) -> Result<(), Busy> {
        self.derive(code, &Salt::generate()).await.map(|_| ())
    }

    /// How many derivations were made since the start.
    pub fn derivations(&self) -> u64 {
        self.derivations.load(Ordering::Relaxed)
    }

    async fn derive(&self, code: &Code, salt: &Salt) -> Result<CipherKey, Busy> {
        let (cost, phrase, salt) = (self.cost, code.phrase(), *salt);
        self.run(move || derive(cost, &phrase, &salt)).await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, Busy> + Send + 'static) -> Result<T, Busy> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Busy)?;
        let worker = Arc::clone(&self.workers).acquire_owned().await.map_err(|_| Busy)?;
        self.derivations.fetch_add(1, Ordering::Relaxed);
        // The permits travel with the work: a caller who leaves does not make room that is not there.
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop((worker, place));
            answer
        });
        done.await.map_err(|_| Busy)?
    }
}

impl fmt::Debug for Kdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kdf").field("cost", &self.cost).finish_non_exhaustive()
    }
}

pub(crate) fn derive(cost: Cost, phrase: &str, salt: &Salt) -> Result<CipherKey, Busy> {
    let mut key = Zeroizing::new([0; 32]);
    cost.argon2().hash_password_into(phrase.as_bytes(), salt.as_bytes(), key.as_mut_slice()).map_err(|_| Busy)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_code_opens_its_case_and_no_other_does() {
        let kdf = Kdf::new(Cost::CHEAP);
        let (code, salt, case, key) = (Code::generate(), Salt::generate(), Uuid::from_u128(1), SecretKey::generate());
        let wrap = kdf.wrap(&code, &salt, case, &key).await.unwrap();
        assert_eq!(kdf.unwrap(&code, &salt, case, &wrap).await.unwrap().expose(), key.expose());
        let wrong = async |code: &Code, salt: &Salt, case| kdf.unwrap(code, salt, case, &wrap).await.unwrap_err();
        assert_eq!(wrong(&Code::generate(), &salt, case).await, NotOpened::Wrong);
        assert_eq!(wrong(&code, &Salt::generate(), case).await, NotOpened::Wrong);
        assert_eq!(wrong(&code, &salt, Uuid::from_u128(2)).await, NotOpened::Wrong);
    }

    #[tokio::test]
    async fn a_case_that_does_not_exist_costs_one_derivation_like_any_other() {
        let kdf = Kdf::new(Cost::CHEAP);
        let code = Code::generate();
        let before = kdf.derivations();
        kdf.decoy(&code).await.unwrap();
        assert_eq!(kdf.derivations(), before + 1);
        let nothing = kdf.unwrap(&code, &Salt::generate(), Uuid::from_u128(1), &[]).await;
        assert_eq!((nothing.unwrap_err(), kdf.clone().derivations()), (NotOpened::Wrong, before + 2), "a clone counts with it");
    }

    /// So many come at once to a pool of the real memory; none is sent away, and the peak stays far from the smallest machine's limit.
    async fn all_are_served(at_once: u64) {
        let kdf = Kdf::new(Cost { passes: 1, ..Cost::REAL });
        let tries: Vec<_> = (0..at_once)
            .map(|_| {
                let kdf = kdf.clone();
                tokio::spawn(async move { kdf.decoy(&Code::generate()).await })
            })
            .collect();
        for one in tries {
            assert_eq!(one.await.unwrap(), Ok(()));
        }
        assert_eq!(kdf.derivations(), at_once);
        assert!(peak_mebibytes().is_none_or(|peak| peak < 512), "{:?} MiB", peak_mebibytes());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_comes_at_once_waits_and_none_is_sent_away() {
        all_are_served(12).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    #[ignore = "minutes of memory traffic; run by ./test long"]
    async fn two_hundred_who_come_at_once_wait_and_none_is_sent_away() {
        all_are_served(200).await;
    }

    #[test]
    fn all_workers_together_fit_into_the_smallest_machine() {
        let at_once = MOST_WORKERS * usize::try_from(Cost::REAL.memory_kibibytes / 1024).unwrap();
        assert!(at_once <= 256, "{at_once} MiB");
    }

    #[tokio::test]
    async fn a_full_queue_is_busy_and_a_caller_who_left_still_holds_its_worker() {
        let kdf = Kdf::with_room(Cost::CHEAP, 1, 1);
        let (begin, wait) = std::sync::mpsc::channel::<()>();
        let slow = kdf.run(move || wait.recv().map_err(|_| Busy));
        assert!(tokio::time::timeout(std::time::Duration::from_millis(20), slow).await.is_err(), "it works until told to end");
        let waiting = tokio::spawn({
            let kdf = kdf.clone();
            async move { kdf.decoy(&Code::generate()).await }
        });
        tokio::task::yield_now().await;
        assert_eq!(kdf.decoy(&Code::generate()).await, Err(Busy));
        begin.send(()).unwrap();
        assert_eq!(waiting.await.unwrap(), Ok(()), "who waited is served");
        assert_eq!(kdf.decoy(&Code::generate()).await, Ok(()), "and there is room again");
    }

    /// The most memory that this process ever held, where the system tells.
    fn peak_mebibytes() -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kibibytes| kibibytes / 1024)
    }
}
