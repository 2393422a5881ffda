//! How what was read goes from one process to another: a length, what was read as JSON, the bytes of the pictures.

use serde::{Deserialize, Serialize};
use std::io::{self, Write};

use crate::{Deck, NotRead};

/// What came is nothing that was sent so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not what reading slides answers")]
pub struct NotWire;

#[derive(Serialize, Deserialize)]
struct Head<O> {
    outcome: O,
    /// How many bytes each picture has.
    lengths: Vec<usize>,
}

/// Sends it, picture by picture: whoever reads has no memory for all of them twice.
pub fn send(outcome: &Result<Deck, NotRead>, to: &mut impl Write) -> io::Result<()> {
    let pictures = outcome.as_ref().map_or(&[][..], |deck| deck.pictures.as_slice());
    let head = serde_json::to_vec(&Head { outcome, lengths: pictures.iter().map(|picture| picture.bytes.len()).collect() })?;
    to.write_all(&u64::try_from(head.len()).map_err(io::Error::other)?.to_le_bytes())?;
    to.write_all(&head)?;
    for picture in pictures {
        to.write_all(&picture.bytes)?;
    }
    to.flush()
}

/// What was sent.
pub fn receive(sent: &[u8]) -> Result<Result<Deck, NotRead>, NotWire> {
    let (length, rest) = sent.split_first_chunk::<8>().ok_or(NotWire)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| NotWire)?;
    let (head, mut rest) = rest.split_at_checked(length).ok_or(NotWire)?;
    let Head { outcome, lengths }: Head<Result<Deck, NotRead>> = serde_json::from_slice(head).map_err(|_| NotWire)?;
    let Ok(mut deck) = outcome else { return Ok(outcome) };
    if deck.pictures.len() != lengths.len() {
        return Err(NotWire);
    }
    for (picture, length) in deck.pictures.iter_mut().zip(lengths) {
        let (bytes, behind) = rest.split_at_checked(length).ok_or(NotWire)?;
        picture.bytes = bytes.to_vec();
        rest = behind;
    }
    if rest.is_empty() { Ok(Ok(deck)) } else { Err(NotWire) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Picture, PictureKind};

    fn sent(outcome: &Result<Deck, NotRead>) -> Vec<u8> {
        let mut sent = Vec::new();
        send(outcome, &mut sent).unwrap();
        sent
    }

    #[test]
    fn what_is_sent_comes_whole_or_not_at_all() {
        let picture = |bytes: &[u8]| Picture { kind: PictureKind::Png, width: 1, height: 1, bytes: bytes.to_vec() };
        let deck = Deck { pictures: vec![picture(b"one"), picture(b"")], ..Deck::default() };
        let whole = sent(&Ok(deck.clone()));
        assert_eq!(receive(&whole), Ok(Ok(deck)));
        for end in 0..whole.len() {
            assert_eq!(receive(&whole[..end]), Err(NotWire), "{end}");
        }
        assert_eq!(receive(&sent(&Err(NotRead::Damaged))), Ok(Err(NotRead::Damaged)));
    }
}
