//! One-time codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds), the second factor of a passphrase.

use crate::token::random_bytes;
use std::fmt;
use totp_rs::{Builder, Secret, Totp};
use unicode_normalization::UnicodeNormalization as _;

/// A code is good for one step before and after its own, since phones' clocks differ.
const STEPS_AROUND: u16 = 1;

/// The secret an authenticator app and the portal share.
#[derive(Clone)]
pub struct TotpSecret([u8; 20]);

/// The thirty seconds a code belonged to. Stored after a success, so that the same code is not accepted twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step(pub i64);

/// Why a code is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAccepted {
    /// Not six digits.
    #[error("not a code of six digits")]
    Malformed,
    /// Not the code of this time.
    #[error("the code is wrong or too old")]
    Wrong,
    /// This code, or a later one, was accepted before.
    #[error("the code was used before")]
    Used,
}

/// The bytes or text are no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a one-time code secret")]
pub struct NotASecret;

impl TotpSecret {
    /// A fresh secret from the operating system's generator.
    pub fn random() -> Self {
        Self(random_bytes())
    }

    /// The bytes to be stored, sealed.
    pub const fn as_bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// The secret for typing it into an app that reads no QR code: base32 in groups of four.
    pub fn text(&self) -> String {
        let text = Secret::from(self.0).to_base32();
        let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..(at + 4).min(text.len())]).collect();
        groups.join(" ")
    }

    /// The `otpauth://` address for the QR code. Colons, which the format reserves, are left out of both names.
    pub fn address(&self, issuer: &str, account: &str) -> String {
        let plain = |name: &str| name.replace(':', " ").trim().to_owned();
        let account = Some(plain(account)).filter(|name| !name.is_empty()).unwrap_or_else(|| "-".to_owned());
        Builder::new()
            .with_secret(self.0)
            .with_issuer(Some(plain(issuer)))
            .with_account_name(account)
            .build()
            .and_then(|totp| totp.to_url())
            .expect("the secret is long enough, the account has a name, and neither name holds a colon")
    }

    /// Checks a code, and returns the step to store as `last`. Spaces and full-width digits are read as meant.
    pub fn verify(&self, code: &str, now_micros: i64, last: Option<Step>) -> Result<Step, NotAccepted> {
        let code: String = code.nfkc().filter(|c| !c.is_whitespace() && *c != '-').take(7).collect();
        if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAccepted::Malformed);
        }
        let now_seconds = u64::try_from(now_micros / 1_000_000).unwrap_or_default();
        let step = self.totp().check(&code, now_seconds).ok_or(NotAccepted::Wrong)?;
        let step = Step(i64::try_from(step).unwrap_or(i64::MAX));
        if last.is_some_and(|last| step <= last) { Err(NotAccepted::Used) } else { Ok(step) }
    }

    fn totp(&self) -> Totp {
        Builder::new().with_secret(self.0).with_skew(STEPS_AROUND).build().expect("the secret is long enough")
    }
}

impl TryFrom<&[u8]> for TotpSecret {
    type Error = NotASecret;

    fn try_from(bytes: &[u8]) -> Result<Self, NotASecret> {
        bytes.try_into().map(Self).map_err(|_| NotASecret)
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret and codes of RFC 6238, appendix B, cut to six digits.
    fn rfc() -> TotpSecret {
        TotpSecret::try_from(b"12345678901234567890".as_slice()).unwrap()
    }

    const fn at(seconds: i64) -> i64 {
        seconds * 1_000_000
    }

    #[test]
    fn accepts_the_codes_of_the_standard() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")] {
            assert_eq!(rfc().verify(code, at(seconds), None), Ok(Step(seconds / 30)), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_for_one_step_around_its_own() {
        for seconds in [1_111_111_050, 1_111_111_139] {
            assert!(rfc().verify("081804", at(seconds), None).is_ok(), "{seconds}");
        }
        for seconds in [1_111_111_049, 1_111_111_140] {
            assert_eq!(rfc().verify("081804", at(seconds), None), Err(NotAccepted::Wrong), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_accepted_once_and_no_earlier_one_after_it() {
        let used = rfc().verify("081804", at(1_111_111_109), None).unwrap();
        assert_eq!(rfc().verify("081804", at(1_111_111_110), Some(used)), Err(NotAccepted::Used));
        assert_eq!(rfc().verify("081804", at(1_111_111_110), Some(Step(used.0 + 1))), Err(NotAccepted::Used));
        assert!(rfc().verify("081804", at(1_111_111_110), Some(Step(used.0 - 1))).is_ok());
    }

    #[test]
    fn reads_digits_as_people_type_them() {
        for code in ["081 804", " 081804 ", "０８１８０４", "081-804"] {
            assert!(rfc().verify(code, at(1_111_111_109), None).is_ok(), "{code}");
        }
        for code in ["", "08180", "0818044", "08180x", "一二三四五六"] {
            assert_eq!(rfc().verify(code, at(1_111_111_109), None), Err(NotAccepted::Malformed), "{code}");
        }
    }

    #[test]
    fn the_address_names_issuer_and_account() {
        let address = rfc().address("MIST: 研修", "taro@example.jp");
        assert!(address.starts_with("otpauth://totp/MIST"), "{address}");
        assert!(address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{address}");
        assert!(rfc().address("", "").starts_with("otpauth://totp/"));
    }

    #[test]
    fn the_typed_form_is_in_groups_of_four() {
        assert_eq!(rfc().text(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }
}
