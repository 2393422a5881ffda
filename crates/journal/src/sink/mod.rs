//! A mail server inside the program, for the demo and for tests: it takes every letter, keeps it in memory and sends none on.
//!
//! It listens on this machine only. Tests may script its moods: refusals, and lines that break.

mod conversation;
mod received;

pub use received::{Attachment, Received};

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// A running sink; it stops when it is dropped.
pub struct Sink {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
    listening: JoinHandle<()>,
}

/// What the sink does to one letter instead of simply taking it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Refuses the sender with this code.
    RefuseSender(u16),
    /// Refuses the recipient with this code.
    RefuseRecipient(u16),
    /// Refuses the letter with this code after having heard it.
    RefuseLetter(u16),
    /// Breaks the line in the middle of the letter, and keeps nothing.
    BreakOff,
    /// Takes the letter and breaks the line before saying so.
    TakeAndBreakOff,
    /// Takes the letter and never says anything again.
    TakeAndFallSilent,
}

/// What is kept, and what is to be done to the next letters.
#[derive(Default)]
struct Kept {
    letters: VecDeque<Arc<Received>>,
    taken: u64,
    moods: VecDeque<Mood>,
    closed: bool,
}

/// Letters kept, and the bytes of all of them together; the oldest go first.
const LETTERS: usize = 1000;
const BYTES: usize = 64 * 1024 * 1024;

impl Sink {
    /// Starts on a free port.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let kept = Arc::new(Mutex::new(Kept::default()));
        let listening = tokio::spawn(listen(listener, Arc::clone(&kept)));
        Ok(Self { address, kept, listening })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The letters, newest first.
    pub fn letters(&self) -> Vec<Arc<Received>> {
        lock(&self.kept).letters.iter().rev().cloned().collect()
    }

    /// The letter with this number, if it is still kept.
    pub fn letter(&self, number: u64) -> Option<Arc<Received>> {
        lock(&self.kept).letters.iter().find(|letter| letter.number == number).cloned()
    }

    /// The letters, oldest first; they are the caller's then, and not kept any longer.
    pub fn take(&self) -> Vec<Arc<Received>> {
        std::mem::take(&mut lock(&self.kept).letters).into()
    }

    /// Forgets all letters.
    pub fn clear(&self) {
        lock(&self.kept).letters.clear();
    }

    /// Does this to the next `times` letters, after what was scripted before.
    pub fn script(&self, mood: Mood, times: usize) {
        lock(&self.kept).moods.extend(std::iter::repeat_n(mood, times));
    }

    /// Hangs up on whoever calls, until it is opened again.
    pub fn close(&self) {
        lock(&self.kept).closed = true;
    }

    /// Answers again, in the best of moods.
    pub fn open(&self) {
        let mut kept = lock(&self.kept);
        kept.closed = false;
        kept.moods.clear();
    }

    /// Refuses the recipients of the next `times` letters with this code.
    pub fn refuse_next(&self, times: usize, code: u16) {
        self.script(Mood::RefuseRecipient(code), times);
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Talks to whoever calls, until the sink is dropped; the conversations end with it.
async fn listen(listener: TcpListener, kept: Arc<Mutex<Kept>>) {
    let mut conversations = JoinSet::new();
    loop {
        tokio::select! {
            call = listener.accept() => match call {
                Ok((stream, _)) => drop(conversations.spawn(answer(stream, Arc::clone(&kept)))),
                Err(error) => tracing::warn!(%error, "the mail sink missed a call"),
            },
            Some(_) = conversations.join_next() => {}
        }
    }
}

async fn answer(stream: TcpStream, kept: Arc<Mutex<Kept>>) {
    if lock(&kept).closed {
        return;
    }
    if let Err(error) = conversation::hold(stream, &kept).await {
        tracing::debug!(%error, "a conversation with the mail sink ended early");
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    // Held for single steps only, so its content is whole even if a thread has panicked.
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    fn keep(&mut self, from: String, to: Vec<String>, raw: Vec<u8>) {
        self.taken += 1;
        self.letters.push_back(Arc::new(Received::read(self.taken, from, to, raw)));
        while self.letters.len() > LETTERS || self.letters.iter().map(|letter| letter.raw.len()).sum::<usize>() > BYTES {
            self.letters.pop_front();
        }
    }
}
