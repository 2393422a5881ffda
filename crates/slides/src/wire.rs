//! How what was read goes from one process to another: a length, what was read as JSON, the bytes of the pictures.

use serde::{Deserialize, Serialize};

use crate::{Deck, NotRead};

/// What came is nothing that was sent so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not what reading slides answers")]
pub struct NotWire;

#[derive(Serialize, Deserialize)]
struct Head {
    outcome: Result<Deck, NotRead>,
    /// How many bytes each picture has.
    lengths: Vec<usize>,
}

/// As it is sent.
pub fn send(outcome: Result<Deck, NotRead>) -> Vec<u8> {
    let pictures: Vec<Vec<u8>> =
        outcome.as_ref().map_or_else(|_| Vec::new(), |deck| deck.pictures.iter().map(|picture| picture.bytes.clone()).collect());
    let head = serde_json::to_vec(&Head { outcome, lengths: pictures.iter().map(Vec::len).collect() }).unwrap_or_default();
    let mut sent = u64::try_from(head.len()).unwrap_or_default().to_le_bytes().to_vec();
    sent.extend(head);
    sent.extend(pictures.concat());
    sent
}

/// What was sent.
pub fn receive(sent: &[u8]) -> Result<Result<Deck, NotRead>, NotWire> {
    let (length, rest) = sent.split_first_chunk::<8>().ok_or(NotWire)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| NotWire)?;
    let (head, mut rest) = rest.split_at_checked(length).ok_or(NotWire)?;
    let Head { outcome, lengths } = serde_json::from_slice(head).map_err(|_| NotWire)?;
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

    #[test]
    fn what_is_sent_comes_whole_or_not_at_all() {
        let picture = |bytes: &[u8]| Picture { kind: PictureKind::Png, width: 1, height: 1, bytes: bytes.to_vec() };
        let deck = Deck { pictures: vec![picture(b"one"), picture(b"")], ..Deck::default() };
        let sent = send(Ok(deck.clone()));
        assert_eq!(receive(&sent), Ok(Ok(deck)));
        for end in 0..sent.len() {
            assert_eq!(receive(&sent[..end]), Err(NotWire), "{end}");
        }
        assert_eq!(receive(&send(Err(NotRead::Damaged))), Ok(Err(NotRead::Damaged)));
    }
}
