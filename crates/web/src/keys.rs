use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use hmac::{Hmac, Mac};
use kernel::Uuid;
use rand::TryRngCore;
use sha2::Sha256;
use std::sync::Arc;
use subtle::ConstantTimeEq;

use crate::Proof;

/// The installation's master secret, kept outside the database and its backups; everything else is derived from it.
#[derive(Clone)]
pub struct Keys(Arc<[u8; 32]>);

impl Keys {
    /// The keys of this master secret.
    pub fn new(master: [u8; 32]) -> Self {
        Self(Arc::new(master))
    }

    /// 32 fresh random bytes of the operating system.
    pub fn random() -> [u8; 32] {
        let mut bytes = [0; 32];
        rand::rngs::OsRng.try_fill_bytes(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }

    /// HMAC-SHA-256 over the parts, for one purpose; parts cannot run into each other.
    pub fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.as_slice()).expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        for part in parts {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// A token that can be made again from the parts: `HMAC(key, parts)`, in base64url.
    pub fn token(&self, purpose: &str, parts: &[&[u8]]) -> String {
        B64.encode(self.mac(purpose, parts))
    }

    /// `text` with a signature for one purpose, such as `1795302000000000.k3…`.
    pub fn sign(&self, purpose: &str, text: &str) -> String {
        format!("{text}.{}", self.token(purpose, &[text.as_bytes()]))
    }

    /// The text of a signed value, if the signature is ours and for this purpose.
    pub fn verify<'a>(&self, purpose: &str, signed: &'a str) -> Option<&'a str> {
        let (text, signature) = signed.rsplit_once('.')?;
        same(signature, &self.token(purpose, &[text.as_bytes()])).then_some(text)
    }

    /// The token in the link `/a/{token}` of an application: its id in clear, so that it can be found, then the signature.
    ///
    /// Only what goes out by mail is [`Proof::Mailed`]. A page shows no more than whoever sees it has proved: otherwise a typed name
    /// would become the proof of a mailbox by way of a QR code.
    pub fn application_token(&self, application: Uuid, generation: i64, proof: Proof) -> String {
        // Links from before there were two kinds prove no more than that something was typed.
        let purpose = match proof {
            Proof::Typed => "application",
            Proof::Mailed => "application-mailed",
        };
        let mut bytes = application.as_bytes().to_vec();
        bytes.extend_from_slice(&self.mac(purpose, &[application.as_bytes(), &generation.to_be_bytes()]));
        B64.encode(bytes)
    }

    /// The application that a link claims to open; [`Keys::opens`] proves it once its generation is known.
    pub fn claimed_application(token: &str) -> Option<Uuid> {
        let bytes = B64.decode(token).ok()?;
        (bytes.len() == 48).then(|| Uuid::from_slice(&bytes[..16]).ok())?
    }

    /// What the token proves of whoever holds it; nothing if it does not open this application at this generation.
    pub fn opens(&self, token: &str, application: Uuid, generation: i64) -> Option<Proof> {
        [Proof::Mailed, Proof::Typed].into_iter().find(|proof| same(token, &self.application_token(application, generation, *proof)))
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Compares in constant time.
pub fn same(a: &str, b: &str) -> bool {
    bool::from(a.as_bytes().ct_eq(b.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_one_application_of_one_generation() {
        let keys = Keys::new([7; 32]);
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for proof in [Proof::Typed, Proof::Mailed] {
            let token = keys.application_token(a, 1, proof);
            assert_eq!(Keys::claimed_application(&token), Some(a));
            assert_eq!(keys.opens(&token, a, 1), Some(proof));
            assert_eq!(keys.opens(&token, a, 2), None, "an ended generation opens nothing");
            assert_eq!(keys.opens(&token, b, 1), None);
            assert_eq!(Keys::new([8; 32]).opens(&token, a, 1), None);
        }
        assert_eq!(Keys::claimed_application("nonsense"), None);
    }

    #[test]
    fn a_signature_is_for_one_purpose() {
        let keys = Keys::new([7; 32]);
        let signed = keys.sign("begun", "17");
        assert_eq!(keys.verify("begun", &signed), Some("17"));
        assert_eq!(keys.verify("other", &signed), None);
        assert_eq!(keys.verify("begun", &signed.replace("17", "18")), None);
        assert_eq!(keys.verify("begun", "17"), None);
    }
}
