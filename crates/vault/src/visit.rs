use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::SecretKey;
use crate::key::{exactly, random};
use crate::suite::{CipherKey, Refused, derive};
use crate::wrap::{about, unwrap_under, wrap_under};

const LABEL: &[u8] = b"mist/visit/1";

/// A browser that has come to a case: 32 random bytes in its cookie. The server keeps no more of it than its id.
pub struct Visit(Zeroizing<[u8; 32]>);

/// The text is no cookie of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the cookie of a visit")]
pub struct NotACookie;

impl Visit {
    /// A new one.
    pub fn generate() -> Self {
        Self(random())
    }

    /// The cookie's value: 43 characters of base64url.
    pub fn to_cookie(&self) -> String {
        URL_SAFE_NO_PAD.encode(*self.0)
    }

    /// The visit of a cookie.
    pub fn from_cookie(value: &str) -> Result<Self, NotACookie> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(value).map_err(|_| NotACookie)?);
        exactly(&bytes).map(|bytes| Self(Zeroizing::new(bytes))).map_err(|_| NotACookie)
    }

    /// Its id among the holders of wraps. It does not lead to the cookie.
    pub fn id(&self) -> Uuid {
        let bytes = self.derive::<16>(b"id");
        uuid::Builder::from_custom_bytes(*bytes).into_uuid()
    }

    /// Wraps the key of a case for whoever has the cookie.
    pub fn wrap(&self, case: Uuid, key: &SecretKey) -> Vec<u8> {
        wrap_under(&self.key(), &about(LABEL, case, self.id()), key)
    }

    /// Opens what [`Visit::wrap`] wrapped.
    pub fn unwrap(&self, case: Uuid, wrap: &[u8]) -> Result<SecretKey, Refused> {
        unwrap_under(&self.key(), &about(LABEL, case, self.id()), wrap)
    }

    pub(crate) fn key(&self) -> CipherKey {
        self.derive(b"key")
    }

    fn derive<const N: usize>(&self, what: &[u8]) -> Zeroizing<[u8; N]> {
        derive(&*self.0, &[], &[LABEL, b"/", what])
    }
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Visit(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_opens_the_case_again_and_its_id_does_not() {
        let (visit, key, case) = (Visit::generate(), SecretKey::generate(), Uuid::from_u128(1));
        let cookie = visit.to_cookie();
        let again = Visit::from_cookie(&cookie).unwrap();
        let wrap = visit.wrap(case, &key);
        assert_eq!(again.id(), visit.id());
        assert_eq!(again.unwrap(case, &wrap).unwrap().expose(), key.expose());
        assert!(again.unwrap(Uuid::from_u128(2), &wrap).is_err(), "another case");
        assert!(Visit::generate().unwrap(case, &wrap).is_err(), "another visit");
        assert!(!cookie.contains(&URL_SAFE_NO_PAD.encode(&visit.id().as_bytes()[..12])), "{visit:?}");
    }

    #[test]
    fn nonsense_is_no_cookie() {
        let cookie = Visit::generate().to_cookie();
        for nonsense in ["", "abc", &cookie[1..], &format!("{cookie}A"), "あいう"] {
            assert_eq!(Visit::from_cookie(nonsense).unwrap_err(), NotACookie, "{nonsense}");
        }
    }
}
