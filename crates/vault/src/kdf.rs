//! Argon2id in a bounded pool: whoever has or tries six words waits for their turn, and the memory stays for the rest.
//!
//! Two rooms lead to the workers. Who holds a case and is given its words waits in one, of which a case takes two places at most.
//! Who tries words waits in the other, which is small: a flood of tries is sent away at its door, and of those inside one at a time
//! stands in line for a worker, so that whoever holds a case has one of them before them and not all.

use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::key::{WrongLength, exactly, random};
use crate::rooms::{Guest, Room, Seat};
use crate::suite::CipherKey;
use crate::wrap::{about, unwrap_under, wrap_under};
use crate::{Code, SecretKey};

const LABEL: &[u8] = b"mist/code/1";
/// More workers would take more memory than the smallest machine has, and not make a flood shorter.
const MOST_WORKERS: usize = 4;
/// How many who hold a case may wait or work. On the smallest machine the last of them waits for as long as a page may take.
const HOLDERS: usize = 120;
/// How many of them may be there for one case: pressed twice is no flood.
const OF_A_CASE: usize = 2;
/// How many who try words may wait for each worker: the last of them has an answer within a few seconds.
const GUESTS_OF_A_WORKER: usize = 8;
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
    /// Where those wait who hold a case.
    holders: Arc<Room<Uuid>>,
    /// Where those wait who try words.
    guests: Arc<Room<Guest>>,
    /// Which of the guests stands in line for a worker.
    turn: Arc<Semaphore>,
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
        let workers = (processors / 2).clamp(1, MOST_WORKERS);
        Self::with_room(cost, workers, HOLDERS, workers * (1 + GUESTS_OF_A_WORKER))
    }

    /// One guest takes a quarter of the guests' room at most.
    fn with_room(cost: Cost, workers: usize, holders: usize, guests: usize) -> Self {
        Self {
            cost,
            holders: Room::new(holders, OF_A_CASE),
            guests: Room::new(guests, (guests / 4).max(1)),
            turn: Arc::new(Semaphore::new(1)),
            workers: Arc::new(Semaphore::new(workers)),
            derivations: Arc::default(),
        }
    }

    /// Wraps the key of a case for whoever has the code. Whoever asks for it holds the case.
    pub async fn wrap(&self, code: &Code, salt: &Salt, case: Uuid, key: &SecretKey) -> Result<Vec<u8>, Busy> {
        let under = self.as_holder(case, self.derivation(code, salt)).await?;
        Ok(wrap_under(&under, &about(LABEL, case, case), key))
    }

    /// A place for somebody who tries words, to be taken before anything else is done for them.
    pub fn seat(&self, guest: Guest) -> Result<Seat, Busy> {
        self.guests.seat(guest)
    }

    /// Opens what [`Kdf::wrap`] wrapped.
    pub async fn unwrap(&self, seat: Seat, code: &Code, salt: &Salt, case: Uuid, wrap: &[u8]) -> Result<SecretKey, NotOpened> {
        let under = self.as_guest(seat, self.derivation(code, salt)).await?;
        unwrap_under(&under, &about(LABEL, case, case), wrap).map_err(|_| NotOpened::Wrong)
    }

    /// The same work for a case that does not exist.
    pub async fn decoy(&self, seat: Seat, code: &Code) -> Result<(), Busy> {
        self.as_guest(seat, self.derivation(code, &Salt::generate())).await.map(|_| ())
    }

    /// How many derivations were made since the start.
    pub fn derivations(&self) -> u64 {
        self.derivations.load(Ordering::Relaxed)
    }

    fn derivation(&self, code: &Code, salt: &Salt) -> impl FnOnce() -> Result<CipherKey, Busy> + Send + 'static + use<> {
        let (cost, phrase, salt) = (self.cost, code.phrase(), *salt);
        move || derive(cost, &phrase, &salt)
    }

    async fn as_holder<T: Send + 'static>(&self, case: Uuid, work: impl FnOnce() -> Result<T, Busy> + Send + 'static) -> Result<T, Busy> {
        let place = self.holders.place(case)?;
        let worker = one_of(&self.workers).await?;
        self.run((place, worker), work).await
    }

    async fn as_guest<T: Send + 'static>(&self, seat: Seat, work: impl FnOnce() -> Result<T, Busy> + Send + 'static) -> Result<T, Busy> {
        let turn = one_of(&self.turn).await?;
        let worker = one_of(&self.workers).await?;
        drop(turn);
        self.run((seat, worker), work).await
    }

    async fn run<T: Send + 'static>(
        &self,
        held: impl Send + 'static,
        work: impl FnOnce() -> Result<T, Busy> + Send + 'static,
    ) -> Result<T, Busy> {
        self.derivations.fetch_add(1, Ordering::Relaxed);
        // Place and worker travel with the work: a caller who leaves does not make room that is not there.
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(held);
            answer
        });
        done.await.map_err(|_| Busy)?
    }
}

async fn one_of(permits: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Busy> {
    Arc::clone(permits).acquire_owned().await.map_err(|_| Busy)
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
    use std::sync::Mutex;
    use std::time::Duration;

    use super::*;

    /// A guest from a network of their own.
    fn stranger(n: u8) -> Guest {
        Guest::Stranger([n; 32])
    }

    #[tokio::test]
    async fn the_code_opens_its_case_and_no_other_does() {
        let kdf = Kdf::new(Cost::CHEAP);
        let (code, salt, case, key) = (Code::generate(), Salt::generate(), Uuid::from_u128(1), SecretKey::generate());
        let wrap = kdf.wrap(&code, &salt, case, &key).await.unwrap();
        let open = async |code: &Code, salt: &Salt, case| kdf.unwrap(kdf.seat(stranger(1)).unwrap(), code, salt, case, &wrap).await;
        assert_eq!(open(&code, &salt, case).await.unwrap().expose(), key.expose());
        assert_eq!(open(&Code::generate(), &salt, case).await.unwrap_err(), NotOpened::Wrong);
        assert_eq!(open(&code, &Salt::generate(), case).await.unwrap_err(), NotOpened::Wrong);
        assert_eq!(open(&code, &salt, Uuid::from_u128(2)).await.unwrap_err(), NotOpened::Wrong);
    }

    #[tokio::test]
    async fn a_case_that_does_not_exist_costs_one_derivation_like_any_other() {
        let kdf = Kdf::new(Cost::CHEAP);
        let code = Code::generate();
        let before = kdf.derivations();
        kdf.decoy(kdf.seat(stranger(1)).unwrap(), &code).await.unwrap();
        assert_eq!(kdf.derivations(), before + 1);
        let nothing = kdf.unwrap(kdf.seat(stranger(1)).unwrap(), &code, &Salt::generate(), Uuid::from_u128(1), &[]).await;
        assert_eq!((nothing.unwrap_err(), kdf.clone().derivations()), (NotOpened::Wrong, before + 2), "a clone counts with it");
    }

    /// So many are given words at once, by a pool of the real memory; none is sent away, and the peak stays far from the smallest
    /// machine's limit.
    async fn all_are_served(at_once: u64) {
        let kdf = Kdf::new(Cost { passes: 1, ..Cost::REAL });
        let all: Vec<_> = (0..at_once)
            .map(|n| {
                let kdf = kdf.clone();
                let case = Uuid::from_u128(n.into());
                tokio::spawn(async move { kdf.wrap(&Code::generate(), &Salt::generate(), case, &SecretKey::generate()).await })
            })
            .collect();
        for one in all {
            assert!(one.await.unwrap().is_ok());
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
    async fn a_hundred_who_come_at_once_wait_and_none_is_sent_away() {
        all_are_served(100).await;
    }

    #[test]
    fn all_workers_together_fit_into_the_smallest_machine() {
        let at_once = MOST_WORKERS * usize::try_from(Cost::REAL.memory_kibibytes / 1024).unwrap();
        assert!(at_once <= 256, "{at_once} MiB");
    }

    #[tokio::test]
    async fn a_full_room_is_busy_and_a_caller_who_left_still_holds_its_worker() {
        // Four guests: three strangers, and one place more for who is known.
        let kdf = Kdf::with_room(Cost::CHEAP, 1, 2, 4);
        let (begin, wait) = std::sync::mpsc::channel::<()>();
        let slow = kdf.as_guest(kdf.seat(stranger(0)).unwrap(), move || wait.recv().map_err(|_| Busy));
        assert!(tokio::time::timeout(Duration::from_millis(20), slow).await.is_err(), "it works until told to end");
        let waiting: Vec<_> = (1..3)
            .map(|n| {
                let kdf = kdf.clone();
                let seat = kdf.seat(stranger(n)).unwrap();
                tokio::spawn(async move { kdf.decoy(seat, &Code::generate()).await })
            })
            .collect();
        assert_eq!(kdf.seat(stranger(3)).err(), Some(Busy), "who left still holds a place");
        begin.send(()).unwrap();
        for one in waiting {
            assert_eq!(one.await.unwrap(), Ok(()), "who waited is served");
        }
        assert_eq!(kdf.decoy(kdf.seat(stranger(3)).unwrap(), &Code::generate()).await, Ok(()), "and there is room again");
    }

    #[tokio::test]
    async fn whoever_holds_a_case_comes_before_all_who_try_but_one() {
        let kdf = Kdf::with_room(Cost::CHEAP, 1, 2, 16);
        let (begin, wait) = std::sync::mpsc::channel::<()>();
        let order = Arc::new(Mutex::new(Vec::new()));
        let note = |who: &'static str| {
            let order = Arc::clone(&order);
            move || {
                order.lock().unwrap().push(who);
                Ok::<(), Busy>(())
            }
        };
        let first = tokio::spawn({
            let (kdf, seat) = (kdf.clone(), kdf.seat(stranger(0)).unwrap());
            async move { kdf.as_guest(seat, move || wait.recv().map_err(|_| Busy)).await }
        });
        tokio::task::yield_now().await;
        let tries: Vec<_> = (1..=5)
            .map(|n| {
                let (kdf, seat, work) = (kdf.clone(), kdf.seat(stranger(n)).unwrap(), note("tries"));
                tokio::spawn(async move { kdf.as_guest(seat, work).await })
            })
            .collect();
        tokio::task::yield_now().await;
        let holder = tokio::spawn({
            let (kdf, work) = (kdf.clone(), note("holds"));
            async move { kdf.as_holder(Uuid::from_u128(1), work).await }
        });
        tokio::task::yield_now().await;
        begin.send(()).unwrap();
        for one in tries.into_iter().chain([first, holder]) {
            one.await.unwrap().unwrap();
        }
        let order = order.lock().unwrap().clone();
        assert_eq!(order, ["tries", "holds", "tries", "tries", "tries", "tries"]);
    }

    #[tokio::test]
    async fn a_flood_of_tries_takes_no_place_from_whoever_holds_a_case_and_one_case_takes_two() {
        let kdf = Kdf::with_room(Cost::CHEAP, 1, 8, 4);
        let seats: Vec<Seat> = (0..9).map_while(|n| kdf.seat(stranger(n)).ok()).collect();
        assert_eq!(seats.len(), 3, "the flood is sent away at the door");
        let (begin, wait) = std::sync::mpsc::channel::<()>();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let slow = kdf.as_holder(one, move || wait.recv().map_err(|_| Busy));
        assert!(tokio::time::timeout(Duration::from_millis(20), slow).await.is_err(), "it works until told to end");
        let given = |case| {
            let kdf = kdf.clone();
            tokio::spawn(async move { kdf.wrap(&Code::generate(), &Salt::generate(), case, &SecretKey::generate()).await.map(|_| ()) })
        };
        let second = given(one);
        tokio::task::yield_now().await;
        assert_eq!(given(one).await.unwrap(), Err(Busy), "a third for the same case");
        let of_another = given(other);
        tokio::task::yield_now().await;
        begin.send(()).unwrap();
        assert_eq!((second.await.unwrap(), of_another.await.unwrap()), (Ok(()), Ok(())));
    }

    /// The most memory that this process ever held, where the system tells.
    fn peak_mebibytes() -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kibibytes| kibibytes / 1024)
    }
}
