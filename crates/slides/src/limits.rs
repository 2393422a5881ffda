use std::time::{Duration, Instant};

use crate::NotRead;

/// How much of a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of the file.
    pub bytes: usize,
    /// The most slides.
    pub slides: usize,
    /// The most entries of a packed file.
    pub entries: usize,
    /// The most bytes that it unpacks to, counted while they are read.
    pub unpacked: u64,
    /// How many times larger it may become.
    pub ratio: u64,
    /// The most bytes of one XML file in it.
    pub xml: u64,
    /// The most pictures that come in.
    pub pictures: usize,
    /// The most points of a picture as it lies in the file: more than cameras of today have, and as many as fit into the memory of
    /// the process that reads, beside the file and all pictures that have come in.
    pub points: u64,
    /// The longer side of a picture as it comes in.
    pub side: u32,
    /// The most bytes of all pictures as they come in.
    pub picture_bytes: usize,
    /// The most characters of one slide, its notes included.
    pub characters: usize,
    /// How long reading may take.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 50 << 20,
            slides: 150,
            entries: 5_000,
            unpacked: 512 << 20,
            ratio: 100,
            xml: 16 << 20,
            pictures: 300,
            points: 32_000_000,
            side: 1_600,
            picture_bytes: 64 << 20,
            characters: 6_000,
            time: Duration::from_mins(1),
        }
    }
}

/// Until when reading has to be done.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    /// So much time from now on.
    pub fn within(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// So much time from now on, or less where less is left.
    #[must_use]
    pub fn sooner(self, time: Duration) -> Self {
        Self(self.0.min(Instant::now() + time))
    }

    /// Refuses once the time is over.
    pub fn check(self) -> Result<(), NotRead> {
        if Instant::now() > self.0 { Err(NotRead::TooLong) } else { Ok(()) }
    }
}
