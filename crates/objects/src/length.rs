//! How long a film lasts, from its own head: no decoder runs over what somebody has sent.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use crate::Kind;

/// The deepest that boxes are looked into, and how many of them.
const BOXES: usize = 10_000;

/// How many seconds a film lasts, rounded down; `None` if its head does not say. Reads the disk: not for a busy thread.
pub fn seconds(kind: Kind, path: &Path) -> io::Result<Option<i64>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let found = match kind {
        Kind::Mp4 => mp4(&mut file, size),
        Kind::Webm => webm(&mut file, size),
        _ => return Ok(None),
    };
    match found {
        // Less in it than it says: no head that can be believed.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        found => Ok(found?.filter(|seconds| (1..24 * 3600).contains(seconds))),
    }
}

fn mp4(file: &mut File, size: u64) -> io::Result<Option<i64>> {
    let Some((from, until)) = mp4_box(file, 0, size, *b"moov")? else { return Ok(None) };
    let Some((from, _)) = mp4_box(file, from, until, *b"mvhd")? else { return Ok(None) };
    file.seek(SeekFrom::Start(from))?;
    let mut head = [0; 32];
    file.read_exact(&mut head)?;
    let word = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    // Version 1 counts in 64 bits.
    let (scale, length) = match head[0] {
        0 => (word(12), u64::from(word(16))),
        _ => (word(20), u64::from(word(24)) << 32 | u64::from(word(28))),
    };
    Ok(length.checked_div(u64::from(scale)).and_then(|seconds| i64::try_from(seconds).ok()))
}

/// Where the content of a box lies.
fn mp4_box(file: &mut File, mut at: u64, until: u64, wanted: [u8; 4]) -> io::Result<Option<(u64, u64)>> {
    for _ in 0..BOXES {
        if at.saturating_add(8) > until {
            return Ok(None);
        }
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 8];
        file.read_exact(&mut head)?;
        let short = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let (begins, length) = match short {
            0 => (8, until - at),
            1 => {
                let mut long = [0; 8];
                file.read_exact(&mut long)?;
                (16, u64::from_be_bytes(long))
            }
            short => (8, u64::from(short)),
        };
        if length < begins {
            return Ok(None);
        }
        let end = at.saturating_add(length).min(until);
        if head[4..] == wanted {
            return Ok(Some((at + begins, end)));
        }
        at = at.saturating_add(length);
    }
    Ok(None)
}

const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const SCALE: u32 = 0x2A_D7B1;
const DURATION: u32 = 0x4489;

fn webm(file: &mut File, size: u64) -> io::Result<Option<i64>> {
    let Some((from, until)) = element(file, 0, size, SEGMENT)? else { return Ok(None) };
    let Some((from, until)) = element(file, from, until, INFO)? else { return Ok(None) };
    let scale = match element(file, from, until, SCALE)? {
        Some((from, until)) => bytes(file, from, until)?.iter().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte)),
        None => 1_000_000,
    };
    let Some((from, until)) = element(file, from, until, DURATION)? else { return Ok(None) };
    let length = match *bytes(file, from, until)? {
        ref short if short.len() == 4 => f64::from(f32::from_be_bytes(short.try_into().unwrap_or_default())),
        ref long if long.len() == 8 => f64::from_be_bytes(long.try_into().unwrap_or_default()),
        _ => return Ok(None),
    };
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a day of seconds is asked for, no more")]
    let seconds = (length * scale as f64 / 1e9) as i64;
    Ok(Some(seconds))
}

/// The few bytes of a number.
fn bytes(file: &mut File, from: u64, until: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(from))?;
    let mut found = Vec::new();
    file.take((until - from).min(8)).read_to_end(&mut found)?;
    Ok(found)
}

/// Where the content of an element lies.
fn element(file: &mut File, mut at: u64, until: u64, wanted: u32) -> io::Result<Option<(u64, u64)>> {
    for _ in 0..BOXES {
        if at >= until {
            return Ok(None);
        }
        file.seek(SeekFrom::Start(at))?;
        let (id, id_length) = number(file, true)?;
        let (length, size_length) = number(file, false)?;
        let from = at + id_length + size_length;
        // All ones: as far as there is.
        let is_open = length == (1 << (7 * size_length)) - 1;
        let end = if is_open { until } else { from.saturating_add(length).min(until) };
        if id == u64::from(wanted) {
            return Ok(Some((from, end)));
        }
        at = end;
    }
    Ok(None)
}

/// A number whose first byte says how long it is; an id keeps the bits that say so.
fn number(file: &mut File, is_id: bool) -> io::Result<(u64, u64)> {
    let mut first = [0];
    file.read_exact(&mut first)?;
    let length = first[0].leading_zeros() + 1;
    if length > 8 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut value = if is_id { u64::from(first[0]) } else { u64::from(first[0]) & ((1 << (8 - length)) - 1) };
    for _ in 1..length {
        let mut next = [0];
        file.read_exact(&mut next)?;
        value = value << 8 | u64::from(next[0]);
    }
    Ok((value, u64::from(length)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write as _;

    fn length(kind: Kind, bytes: &[u8]) -> Option<i64> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        seconds(kind, file.path()).unwrap()
    }

    fn a_box(name: [u8; 4], content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 8).unwrap();
        [&length.to_be_bytes(), name.as_slice(), content].concat()
    }

    /// A film of 95 seconds and a half, with nothing in it but its head.
    fn a_film() -> Vec<u8> {
        let mut head = vec![0; 100];
        head[12..16].copy_from_slice(&1000u32.to_be_bytes());
        head[16..20].copy_from_slice(&95_500u32.to_be_bytes());
        [a_box(*b"ftyp", b"isom"), a_box(*b"mdat", &[7; 50]), a_box(*b"moov", &a_box(*b"mvhd", &head))].concat()
    }

    #[test]
    fn the_head_says_how_long_it_lasts() {
        assert_eq!(length(Kind::Mp4, &a_film()), Some(95));
        let info = [&[0x44, 0x89, 0x84][..], &95_500f32.to_be_bytes()].concat();
        let info = [&[0x15, 0x49, 0xA9, 0x66, 0x80 | u8::try_from(info.len()).unwrap()][..], &info].concat();
        let film = [&[0x1A, 0x45, 0xDF, 0xA3, 0x80][..], &[0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], &info];
        assert_eq!(length(Kind::Webm, &film.concat()), Some(95));
    }

    proptest! {
        #[test]
        fn nonsense_has_no_length_and_does_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..200) {
            length(Kind::Mp4, &bytes);
            length(Kind::Webm, &[&[0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67][..], &bytes].concat());
            let film = a_film();
            length(Kind::Mp4, &film[..cut.min(film.len())]);
        }
    }
}
