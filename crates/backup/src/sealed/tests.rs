use db::Engine;
use db::copy::Shape;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

use super::earlier::of_version_1;
use super::*;
use crate::master::NOBODY;
use crate::{Damage, Manifest, Master, Origin, Secret, look, verify};

const FRAME_AT: usize = FRONT + HEADER_BYTES;
/// The master key of whoever makes the backup.
const MASTER: [u8; 32] = [7; 32];

struct Sealed {
    folder: TempDir,
    secret: Secret,
    bytes: Vec<u8>,
}

/// A backup of four frames: a small part, one that fills the frames between, and an empty one.
fn sealed(secret: Secret) -> Sealed {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("whole");
    let front = Front::new(secret.recipient(), Timestamp::from_micros(7), Uuid::now_v7());
    let mut writer = Writer::new(fs::File::create(&path).unwrap(), &front).unwrap();
    for (name, length) in [("table/cases", 100), ("object/film", 3 * 65_536 - 500), ("table/empty", 0)] {
        writer.begin(name);
        writer.write_all(&vec![7; length]).unwrap();
    }
    let shape = Shape { engine: Engine::Sqlite, steps: Vec::new(), tables: Vec::new() };
    let mut manifest = Manifest::new(front.id, front.made_at, "https://mist.example.jp", None, &shape);
    manifest.parts = writer.parts();
    let (_, length) = writer.finish(&serde_json::to_vec(&manifest).unwrap(), Some(&Master::new(&MASTER))).unwrap();
    let bytes = fs::read(&path).unwrap();
    assert_eq!((bytes.len() as u64, bytes.len()), (length, FRAME_AT + 4 * SEALED_FRAME_BYTES + END));
    Sealed { folder, secret, bytes }
}

impl Sealed {
    fn written(&self, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join("changed");
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The file with its frames in this order, and an end that fits them: what somebody without any key can make.
    fn of_frames(&self, frames: &[&[u8]]) -> Vec<u8> {
        self.vouched_by(frames, NOBODY)
    }

    /// The same with something in the place of the proof.
    fn vouched_by(&self, frames: &[&[u8]], tag: [u8; 32]) -> Vec<u8> {
        let mut bytes = self.bytes[..FRAME_AT].to_vec();
        bytes.extend(frames.iter().copied().flatten());
        bytes.extend_from_slice(END_MAGIC);
        bytes.extend_from_slice(&(frames.len() as u64).to_be_bytes());
        bytes.extend_from_slice(&tag);
        let whole = Sha256::digest(&bytes);
        bytes.extend_from_slice(&whole);
        bytes
    }

    fn frames(&self) -> Vec<&[u8]> {
        self.bytes[FRAME_AT..self.bytes.len() - END].chunks(SEALED_FRAME_BYTES).collect()
    }

    fn verified(&self, bytes: &[u8]) -> Vec<Damage> {
        verify(&self.written(bytes), &self.secret).unwrap().damages
    }
}

/// Whether a look or a reading through finds fault with the file.
fn is_refused(path: &Path, secret: Option<&Secret>) -> bool {
    let found = secret.map_or_else(|| look(path), |secret| verify(path, secret));
    found.map_or(true, |found| !found.damages.is_empty())
}

#[test]
fn a_whole_backup_is_whole_with_and_without_its_key() {
    let sealed = sealed(Secret::generate());
    let path = sealed.written(&sealed.bytes);
    let found = look(&path).unwrap();
    assert!(found.damages.is_empty() && found.manifest.is_none());
    let found = verify(&path, &sealed.secret).unwrap();
    assert_eq!((found.damages, found.frames, found.made_at), (Vec::new(), 4, Timestamp::from_micros(7)));
    assert_eq!(found.manifest.unwrap().counts(), (2, 1));
}

#[test]
fn every_byte_that_is_changed_is_found_without_a_key() {
    let sealed = sealed(Secret::generate());
    let ends = (0..FRAME_AT + 40).chain(sealed.bytes.len() - END - 20..sealed.bytes.len());
    for at in ends.chain((FRAME_AT..sealed.bytes.len()).step_by(19_997)) {
        let mut changed = sealed.bytes.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(is_refused(&sealed.written(&changed), None), "byte {at}");
    }
}

#[test]
fn a_backup_that_is_cut_is_found_wherever_it_is_cut() {
    let sealed = sealed(Secret::generate());
    let whole = sealed.bytes.len();
    for length in (0..whole).step_by(9_973).chain([FRONT, FRAME_AT, FRAME_AT + SEALED_FRAME_BYTES, whole - END, whole - 1]) {
        let path = sealed.written(&sealed.bytes[..length]);
        assert!(is_refused(&path, None) && is_refused(&path, Some(&sealed.secret)), "cut at {length}");
    }
    let longer = [sealed.bytes.as_slice(), &[0]].concat();
    assert!(is_refused(&sealed.written(&longer), None), "one more byte");
}

#[test]
fn frames_left_out_moved_doubled_or_from_elsewhere_are_refused_though_the_end_fits_them() {
    let sealed = sealed(Secret::generate());
    let twin = super::tests::sealed(Secret::read_back(&sealed.secret));
    let (f, other) = (sealed.frames(), twin.frames());
    assert_eq!(sealed.verified(&sealed.of_frames(&f)), []);
    for (what, frames) in [
        ("the last is cut off", vec![f[0], f[1], f[2]]),
        ("the first is cut off", vec![f[1], f[2], f[3]]),
        ("one is left out", vec![f[0], f[1], f[3]]),
        ("two have changed places", vec![f[0], f[2], f[1], f[3]]),
        ("the last is not the last", vec![f[0], f[1], f[3], f[2]]),
        ("one stands twice", vec![f[0], f[1], f[1], f[2], f[3]]),
        ("the last stands twice", vec![f[0], f[1], f[2], f[3], f[3]]),
        ("one is of another backup", vec![f[0], other[1], f[2], f[3]]),
        ("there is none", vec![]),
    ] {
        assert!(is_refused(&sealed.written(&sealed.of_frames(&frames)), Some(&sealed.secret)), "{what}");
    }
    let mut front_of_another = sealed.bytes.clone();
    front_of_another[..FRONT].copy_from_slice(&twin.bytes[..FRONT]);
    let front_of_another = Sealed { bytes: front_of_another, ..super::tests::sealed(Secret::read_back(&sealed.secret)) };
    let fitting = front_of_another.of_frames(&f);
    assert!(is_refused(&sealed.written(&fitting), Some(&sealed.secret)), "the front is of another backup");
}

#[test]
fn what_is_damaged_is_named() {
    let sealed = sealed(Secret::generate());
    let flipped = |frame: usize| {
        let mut bytes = sealed.bytes.clone();
        bytes[FRAME_AT + frame * SEALED_FRAME_BYTES + 1_000] ^= 1;
        sealed.verified(&bytes)
    };
    let part = |name: &str| Damage::Part(name.to_owned());
    assert_eq!(flipped(0), [part("table/cases"), part("object/film")]);
    assert_eq!(flipped(1), [part("object/film")]);
    assert_eq!(flipped(3), [Damage::Manifest, Damage::Frame(3)]);
}

#[test]
fn another_key_is_told_from_damage() {
    let sealed = sealed(Secret::generate());
    let (path, other) = (sealed.written(&sealed.bytes), Secret::generate());
    let refused = verify(&path, &other).unwrap_err();
    let NotABackup::WrongKey { sealed_to, given } = refused else { panic!("{refused}") };
    assert_eq!((sealed_to, given), (sealed.secret.recipient().short(), other.recipient().short()));
    assert!(matches!(
        look(&sealed.written(b"something else, of some length, as files are, longer than a front is")),
        Err(NotABackup::Other)
    ));
}

#[test]
fn whoever_has_the_public_key_alone_makes_no_backup_that_is_ours() {
    let sealed = sealed(Secret::generate());
    let (ours, other) = (Master::new(&MASTER), Master::new(&[8; 32]));
    let origin = |bytes: &[u8], master: Option<&Master>| {
        let (closed, opened) = (look(&sealed.written(bytes)).unwrap(), verify(&sealed.written(bytes), &sealed.secret).unwrap());
        assert_eq!((closed.damages.as_slice(), opened.damages.as_slice()), (&[][..], &[][..]));
        assert_eq!(closed.origin(master), opened.origin(master), "it is told with and without the key of backups");
        closed.origin(master)
    };
    assert_eq!(origin(&sealed.bytes, Some(&ours)), Origin::Ours);
    assert_eq!(origin(&sealed.bytes, Some(&other)), Origin::Other);
    assert_eq!(origin(&sealed.bytes, None), Origin::Unknown);
    let frames = sealed.frames();
    assert_eq!(origin(&sealed.of_frames(&frames), Some(&ours)), Origin::Unproven);
    assert_eq!(origin(&sealed.vouched_by(&frames, [1; 32]), Some(&ours)), Origin::Other);
    // The proof of one backup is none of another, though all that it says of itself is the same.
    let twin = super::tests::sealed(Secret::read_back(&sealed.secret));
    let tag = sealed.bytes[sealed.bytes.len() - 64..sealed.bytes.len() - 32].try_into().unwrap();
    assert_eq!(verify(&twin.written(&twin.vouched_by(&twin.frames(), tag)), &twin.secret).unwrap().origin(Some(&ours)), Origin::Other);
}

#[test]
fn a_backup_of_the_first_version_is_read_and_nobody_vouches_for_it() {
    let sealed = sealed(Secret::generate());
    let bytes = of_version_1(&sealed.written(&sealed.bytes), &sealed.secret);
    assert_eq!((bytes[8], bytes.len()), (1, sealed.bytes.len() - 32));
    let found = verify(&sealed.written(&bytes), &sealed.secret).unwrap();
    assert_eq!((found.damages.as_slice(), found.frames), (&[][..], 4));
    assert_eq!(found.origin(Some(&Master::new(&MASTER))), Origin::Unproven);
    for at in (0..bytes.len()).step_by(9_973).chain([8, bytes.len() - 1]) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(is_refused(&sealed.written(&changed), None), "byte {at}");
        assert!(is_refused(&sealed.written(&bytes[..at]), None), "cut at {at}");
    }
}

impl Secret {
    /// The same key once more.
    fn read_back(secret: &Self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        secret.write(&path).unwrap();
        Self::read(&path).unwrap().unwrap()
    }
}
