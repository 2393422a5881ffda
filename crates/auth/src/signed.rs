//! Short values that travel through a visitor's browser and come back unchanged: form tokens, the instant a form was begun.
//!
//! Anyone can read a signed value; only the key's holder can make one.

use crate::token::Key;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::time::Duration;
use subtle::ConstantTimeEq as _;

/// Longer texts are refused unread.
const TEXT_BYTES_MAX: usize = 4096;

/// Clocks of two machines may differ by this much.
const CLOCK_DIFFERENCE_MICROS: i64 = 5_000_000;

/// A value that came back as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// What was signed.
    pub payload: String,
    /// When it was signed, in microseconds since 1970 UTC.
    pub at_micros: i64,
}

/// Why a text does not count as signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSigned {
    /// The text has not the form of a signed value.
    #[error("not a signed value")]
    Malformed,
    /// Signed by another key, for another purpose, or changed on the way.
    #[error("the signature does not fit")]
    Forged,
    /// Signed too long ago.
    #[error("the signed value is too old")]
    Expired,
    /// Signed in the future.
    #[error("the signed value is not yet valid")]
    Early,
}

impl Signed {
    /// The text that carries `payload`, for `purpose` only.
    pub fn sign(key: &Key, purpose: &str, payload: &str, now_micros: i64) -> String {
        let signature = signature(key, purpose, payload, now_micros);
        format!("{now_micros}.{}.{}", URL_SAFE_NO_PAD.encode(payload), URL_SAFE_NO_PAD.encode(signature))
    }

    /// Reads a text made by [`Signed::sign`] with the same key and purpose, at most `valid_for` ago.
    pub fn verify(key: &Key, purpose: &str, text: &str, now_micros: i64, valid_for: Duration) -> Result<Self, NotSigned> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(NotSigned::Malformed);
        }
        let (at_micros, payload, claimed) = parts(text).ok_or(NotSigned::Malformed)?;
        if !bool::from(signature(key, purpose, &payload, at_micros).as_slice().ct_eq(&claimed)) {
            return Err(NotSigned::Forged);
        }
        let age_micros = now_micros.saturating_sub(at_micros);
        if age_micros < -CLOCK_DIFFERENCE_MICROS {
            return Err(NotSigned::Early);
        }
        if i128::from(age_micros) > i128::try_from(valid_for.as_micros()).unwrap_or(i128::MAX) {
            return Err(NotSigned::Expired);
        }
        Ok(Self { payload, at_micros })
    }
}

fn signature(key: &Key, purpose: &str, payload: &str, at_micros: i64) -> [u8; 32] {
    key.mac("signed", &[purpose.as_bytes(), payload.as_bytes(), &at_micros.to_be_bytes()])
}

fn parts(text: &str) -> Option<(i64, String, Vec<u8>)> {
    let (at, rest) = text.split_once('.')?;
    let (payload, signature) = rest.split_once('.')?;
    let payload = String::from_utf8(URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    Some((at.parse().ok()?, payload, URL_SAFE_NO_PAD.decode(signature).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_790_000_000_000_000;
    const HOUR: Duration = Duration::from_hours(1);

    fn key(byte: u8) -> Key {
        Key::try_from([byte; 32].as_slice()).unwrap()
    }

    #[test]
    fn comes_back_as_it_was_signed() {
        let text = Signed::sign(&key(1), "form", "見本.sign-in", NOON);
        let opened = Signed::verify(&key(1), "form", &text, NOON + 1, HOUR);
        assert_eq!(opened, Ok(Signed { payload: "見本.sign-in".into(), at_micros: NOON }));
    }

    #[test]
    fn is_valid_up_to_its_last_microsecond() {
        let text = Signed::sign(&key(1), "form", "x", NOON);
        assert!(Signed::verify(&key(1), "form", &text, NOON + 3_600_000_000, HOUR).is_ok());
        assert_eq!(Signed::verify(&key(1), "form", &text, NOON + 3_600_000_001, HOUR), Err(NotSigned::Expired));
    }

    #[test]
    fn a_value_from_the_future_is_refused_unless_two_clocks_explain_it() {
        let text = Signed::sign(&key(1), "form", "x", NOON);
        assert!(Signed::verify(&key(1), "form", &text, NOON - 5_000_000, HOUR).is_ok());
        assert_eq!(Signed::verify(&key(1), "form", &text, NOON - 5_000_001, HOUR), Err(NotSigned::Early));
    }

    #[test]
    fn another_key_purpose_payload_or_time_is_forged() {
        let text = Signed::sign(&key(1), "form", "x", NOON);
        let signature = text.rsplit_once('.').unwrap().1;
        let other_payload = format!("{NOON}.{}.{signature}", URL_SAFE_NO_PAD.encode("y"));
        let other_time = text.replacen(&NOON.to_string(), &(NOON + 1).to_string(), 1);
        for (key, purpose, text) in
            [(key(2), "form", &text), (key(1), "other", &text), (key(1), "form", &other_payload), (key(1), "form", &other_time)]
        {
            assert_eq!(Signed::verify(&key, purpose, text, NOON, HOUR), Err(NotSigned::Forged), "{text}");
        }
    }

    #[test]
    fn nonsense_is_malformed() {
        for nonsense in ["", "1", "1.2", "x.eA.eA", "1.!.eA", "1.eA.!", &"1".repeat(5000)] {
            assert_eq!(Signed::verify(&key(1), "form", nonsense, NOON, HOUR), Err(NotSigned::Malformed), "{nonsense}");
        }
    }
}
