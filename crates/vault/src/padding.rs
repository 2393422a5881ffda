//! Padmé (Nikitin et al. 2019): a length tells only its order of magnitude, for at most 12 % more bytes.

use zeroize::Zeroizing;

/// How many bytes the length in front takes.
const LENGTH: usize = 4;
/// Texts up to this length all look alike: はい, いいえ, names, telephone numbers.
const LEAST: usize = 64;

/// The step of Padmé that `length` is lifted to.
pub(crate) const fn padded_length(length: u64) -> u64 {
    if length < 2 {
        return length;
    }
    let exponent = length.ilog2();
    let kept = exponent.ilog2() + 1;
    let mask = (1_u64 << (exponent - kept)) - 1;
    (length + mask) & !mask
}

/// The text with its length in front and zeros behind.
pub(crate) fn pad(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = u32::try_from(plain.len()).expect("a text is far shorter than four gigabytes");
    let whole = usize::try_from(padded_length((LENGTH + plain.len()) as u64)).expect("hardly more than the text");
    let whole = whole.max(LEAST);
    let mut padded = Zeroizing::new(Vec::with_capacity(whole));
    padded.extend_from_slice(&length.to_be_bytes());
    padded.extend_from_slice(plain);
    padded.resize(whole, 0);
    padded
}

/// The text again. `None` if it was not padded by [`pad`].
pub(crate) fn unpad(padded: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (length, rest) = padded.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (plain, zeros) = rest.split_at_checked(length)?;
    zeros.iter().all(|zero| *zero == 0).then(|| Zeroizing::new(plain.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_are_lifted_to_the_steps_of_the_paper() {
        let steps = [(0, 0), (1, 1), (2, 2), (8, 8), (9, 10), (100, 104), (1_000, 1_024), (1_025, 1_088), (1_000_000, 1_015_808)];
        for (length, step) in steps {
            assert_eq!(padded_length(length), step, "{length}");
        }
    }

    #[test]
    fn short_texts_look_alike() {
        for text in ["", "はい", "いいえ", "見本 太郎、000-0000-0000"] {
            assert_eq!(pad(text.as_bytes()).len(), LEAST, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_length_grows_by_at_most_an_eighth(length in 16_u64..1 << 40) {
            let padded = padded_length(length);
            prop_assert!(padded >= length && (padded - length) * 8 <= length);
            prop_assert_eq!(padded_length(padded), padded, "a step is its own");
        }

        #[test]
        fn a_text_survives_its_padding(text in proptest::collection::vec(any::<u8>(), 0..5_000)) {
            prop_assert_eq!(unpad(&pad(&text)).map(|text| text.to_vec()), Some(text));
        }

        #[test]
        fn whatever_was_not_padded_is_no_text(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            if let Some(text) = unpad(&bytes) {
                let (length, rest) = (text.len(), &bytes[LENGTH..]);
                prop_assert!(rest[..length] == text[..] && rest[length..].iter().all(|zero| *zero == 0));
            }
        }
    }
}
