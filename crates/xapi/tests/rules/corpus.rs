//! What was sent once and must never be answered otherwise: `tests/corpus`. Whoever finds something that is answered wrongly
//! puts it there. Each file is also cut off and turned over at its bytes, for answers without a panic.

use std::path::{Path, PathBuf};

use xapi::multipart::{Limits, receive};
use xapi::{Duration, Refusal, Statement, Timestamp, Version};

use crate::sample::VERSIONS;

const BOUNDARY: &str = "multipart/mixed; boundary=part";

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// The files of a folder with their names.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(corpus().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 6, "{folder}");
    files
}

fn try_all(folder: &str, read: impl Fn(&[u8], Version) -> Result<(), Refusal>) {
    for (name, bytes) in files(&format!("{folder}/taken")) {
        for version in VERSIONS {
            if let Err(refused) = read(&bytes, version) {
                panic!("{version}: {name}: {refused}");
            }
        }
        disturb(&bytes, &read);
    }
    for (name, bytes) in files(&format!("{folder}/refused")) {
        for version in VERSIONS {
            assert!(read(&bytes, version).is_err(), "{version}: {name} was taken");
        }
        disturb(&bytes, &read);
    }
}

/// Beginnings, and bytes turned over and left out, all through the file.
fn disturb(bytes: &[u8], read: &impl Fn(&[u8], Version) -> Result<(), Refusal>) {
    for n in (0..bytes.len()).step_by(bytes.len() / 300 + 1) {
        let _ = read(&bytes[..n], Version::V1_0_3);
        let mut turned = bytes.to_vec();
        turned[n] ^= 0x24;
        let _ = read(&turned, Version::V2_0_0);
        turned.remove(n);
        let _ = read(&turned, Version::V1_0_3);
    }
}

#[test]
fn statements_are_answered_as_ever() {
    try_all("statement", |bytes, version| Statement::parse(bytes, version).map(|_| ()));
}

#[test]
fn bodies_of_parts_are_answered_as_ever() {
    try_all("multipart", |bytes, version| receive(BOUNDARY, bytes, version, &Limits::default()).map(|_| ()));
}

/// Lines that begin with `+ ` are taken, those with `- ` are refused.
fn try_lines(file: &str, is_taken: impl Fn(&str, Version) -> bool) {
    let text = std::fs::read_to_string(corpus().join(file)).unwrap();
    assert!(text.lines().count() >= 20, "{file}");
    for line in text.lines() {
        let (sign, value) = line.split_once(' ').unwrap();
        for version in VERSIONS {
            assert_eq!(is_taken(value, version), sign == "+", "{version}: {file}: {value:?}");
            for (at, _) in value.char_indices() {
                is_taken(&value[..at], version);
                is_taken(&value[at..], version);
                is_taken(&format!("{}\u{0}{}", &value[..at], &value[at..]), version);
            }
        }
    }
}

#[test]
fn iris_are_answered_as_ever() {
    try_lines("iri.txt", |text, _| xapi::check_iri(text).is_ok());
}

#[test]
fn durations_are_answered_as_ever() {
    try_lines("duration.txt", |text, _| Duration::parse(text).is_ok());
}

#[test]
fn timestamps_are_answered_as_ever() {
    try_lines("timestamp.txt", |text, version| Timestamp::parse(text, version).is_ok());
}
