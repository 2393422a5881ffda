use super::*;
use proptest::prelude::*;

const CASE: Uuid = Uuid::from_u128(1);
const FILE: Uuid = Uuid::from_u128(2);

/// A file as it lies in the store.
struct Sealed {
    header: [u8; HEADER_BYTES],
    frames: Vec<Vec<u8>>,
}

fn sealed(to: &PublicKey, file: Uuid, contents: &[u8]) -> Sealed {
    let (sealer, header) = Sealer::new(to, CASE, file);
    let count = count(contents.len() as u64);
    let piece = |index: u64| {
        let start = usize::try_from(index).unwrap() * FRAME_BYTES;
        contents.get(start..).map_or(&[][..], |rest| &rest[..rest.len().min(FRAME_BYTES)])
    };
    Sealed { header, frames: (0..count).map(|index| sealer.frame(index, index + 1 == count, piece(index))).collect() }
}

/// Reads it from the first frame to the last, as whoever opens a whole file does.
fn opened(with: &SecretKey, file: Uuid, sealed: &Sealed) -> Result<Vec<u8>, Refused> {
    let opener = Opener::new(with, CASE, file, &sealed.header)?;
    let mut contents = Vec::new();
    for (index, frame) in sealed.frames.iter().enumerate() {
        contents.extend_from_slice(&opener.frame(index as u64, index + 1 == sealed.frames.len(), frame)?);
    }
    Ok(contents)
}

fn some_contents(frames: usize) -> Vec<u8> {
    (0..frames * FRAME_BYTES - 100).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

#[test]
fn a_file_comes_back_whole() {
    let key = SecretKey::generate();
    for length in [0, 1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 9 * FRAME_BYTES] {
        let contents = vec![7; length];
        let file = sealed(&key.public(), FILE, &contents);
        assert!(file.frames.iter().all(|frame| frame.len() == SEALED_FRAME_BYTES));
        assert!(opened(&key, FILE, &file).as_ref() == Ok(&contents), "{length} bytes");
    }
}

#[test]
fn the_count_of_frames_tells_only_the_order_of_magnitude() {
    assert_eq!([0, 1, 65_536].map(count), [1, 1, 1]);
    assert_eq!(count(9 * FRAME_BYTES as u64), 10, "one frame of nothing");
    assert_eq!(count(1_000 * FRAME_BYTES as u64), 1_024);
}

#[test]
fn frames_left_out_moved_doubled_or_from_elsewhere_are_refused() {
    let key = SecretKey::generate();
    let contents = some_contents(4);
    let whole = || sealed(&key.public(), FILE, &contents);
    let refused = |what: &str, change: &dyn Fn(&mut Sealed)| {
        let mut file = whole();
        change(&mut file);
        assert_eq!(opened(&key, FILE, &file), Err(Refused), "{what}");
    };
    refused("the last frame is cut off", &|file| drop(file.frames.pop()));
    refused("the first frame is cut off", &|file| drop(file.frames.remove(0)));
    refused("one in the middle is left out", &|file| drop(file.frames.remove(2)));
    refused("two have changed places", &|file| file.frames.swap(1, 2));
    refused("the last is not the last", &|file| file.frames.swap(0, 3));
    refused("one stands twice", &|file| file.frames.insert(1, file.frames[1].clone()));
    refused("the last stands twice", &|file| file.frames.push(file.frames[3].clone()));
    let other = sealed(&key.public(), Uuid::from_u128(3), &contents);
    refused("one is of another file", &|file| file.frames[1].clone_from(&other.frames[1]));
    let twin = whole();
    refused("one is of the same file, sealed anew", &|file| file.frames[1].clone_from(&twin.frames[1]));
    refused("the header is of another sealing", &|file| file.header = twin.header);
    assert_eq!(opened(&key, Uuid::from_u128(3), &whole()), Err(Refused), "it is said to be another file");
    assert_eq!(opened(&SecretKey::generate(), FILE, &whole()), Err(Refused), "another key");
}

#[test]
fn every_byte_of_a_header_counts() {
    let key = SecretKey::generate();
    let file = sealed(&key.public(), FILE, b"contents");
    for at in 0..HEADER_BYTES {
        for bit in 0..8 {
            let mut changed = Sealed { header: file.header, frames: file.frames.clone() };
            changed.header[at] ^= 1 << bit;
            assert_eq!(opened(&key, FILE, &changed), Err(Refused), "byte {at}, bit {bit}");
        }
        assert!(Opener::new(&key, CASE, FILE, &file.header[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn a_file_that_was_interrupted_goes_on_under_its_own_key() {
    let key = SecretKey::generate();
    let (sealer, header) = Sealer::new(&key.public(), CASE, FILE);
    let first = sealer.frame(0, false, &vec![1; FRAME_BYTES]);
    drop(sealer);
    let again = Sealer::again(&key, CASE, FILE, &header).unwrap();
    let repeated = again.frame(0, false, &vec![1; FRAME_BYTES]);
    assert_ne!(first, repeated, "a nonce of its own each time");
    for first in [first, repeated] {
        let file = Sealed { header, frames: vec![first, again.frame(1, true, b"the end")] };
        assert_eq!(opened(&key, FILE, &file).unwrap().len(), FRAME_BYTES + 7);
    }
    assert!(
        Sealer::again(&SecretKey::generate(), CASE, FILE, &header)
            .is_ok_and(|other| { opened(&key, FILE, &Sealed { header, frames: vec![other.frame(0, true, b"")] }) == Err(Refused) })
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_flip_is_refused(at in 0..SEALED_FRAME_BYTES, bit in 0_u8..8) {
        let key = SecretKey::from_bytes(&[9; 32]).unwrap();
        let mut file = sealed(&key.public(), FILE, b"contents");
        file.frames[0][at] ^= 1 << bit;
        prop_assert_eq!(opened(&key, FILE, &file), Err(Refused));
    }

    #[test]
    fn every_cut_is_refused(length in 0..SEALED_FRAME_BYTES) {
        let key = SecretKey::from_bytes(&[9; 32]).unwrap();
        let mut file = sealed(&key.public(), FILE, b"contents");
        file.frames[0].truncate(length);
        prop_assert_eq!(opened(&key, FILE, &file), Err(Refused));
    }

    #[test]
    fn every_order_but_the_right_one_is_refused(order in Just([0_usize, 1, 2, 3]).prop_shuffle()) {
        prop_assume!(order != [0, 1, 2, 3]);
        let key = SecretKey::from_bytes(&[9; 32]).unwrap();
        let mut file = sealed(&key.public(), FILE, &some_contents(4));
        file.frames = order.iter().map(|at| file.frames[*at].clone()).collect();
        prop_assert_eq!(opened(&key, FILE, &file), Err(Refused));
    }
}
