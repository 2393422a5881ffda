//! The secret key of a case, wrapped for one holder.

use uuid::Uuid;

use crate::suite::{Agreement, CipherKey, ONCE, PUBLIC, Refused, VERSION, decrypt, decrypt_freely, encrypt, encrypt_freely, versioned};
use crate::{PublicKey, SecretKey};

const LABEL: &[u8] = b"mist/wrap/1";

/// Wraps the key of a case for a key pair: an epoch of the duty group, the broken glass. `holder` is the id of that pair.
pub fn wrap_for(group: &PublicKey, case: Uuid, holder: Uuid, key: &SecretKey) -> Vec<u8> {
    wrap_by(&Agreement::with(group), case, holder, key)
}

/// Opens what [`wrap_for`] wrapped.
pub fn unwrap_from(group: &SecretKey, case: Uuid, holder: Uuid, wrap: &[u8]) -> Result<SecretKey, Refused> {
    let (ephemeral, ciphertext) = versioned(wrap)?.split_first_chunk::<PUBLIC>().ok_or(Refused)?;
    let agreement = Agreement::of(group, PublicKey::from_bytes(*ephemeral))?;
    let plain = decrypt(&agreement.derive(&[LABEL]), &ONCE, &about(LABEL, case, holder), ciphertext)?;
    SecretKey::from_bytes(&plain).map_err(|_| Refused)
}

pub(crate) fn wrap_by(agreement: &Agreement, case: Uuid, holder: Uuid, key: &SecretKey) -> Vec<u8> {
    let ciphertext = encrypt(&agreement.derive(&[LABEL]), &ONCE, &about(LABEL, case, holder), key.expose());
    [&[VERSION], agreement.ephemeral.as_bytes().as_slice(), &ciphertext].concat()
}

/// Wraps the key of a case under a key that serves more than once, such as what follows from a code.
pub(crate) fn wrap_under(under: &CipherKey, about: &[u8], key: &SecretKey) -> Vec<u8> {
    [&[VERSION], encrypt_freely(under, about, key.expose()).as_slice()].concat()
}

/// Opens what [`wrap_under`] wrapped.
pub(crate) fn unwrap_under(under: &CipherKey, about: &[u8], wrap: &[u8]) -> Result<SecretKey, Refused> {
    let plain = decrypt_freely(under, about, versioned(wrap)?)?;
    SecretKey::from_bytes(&plain).map_err(|_| Refused)
}

/// The additional data of a wrap.
pub(crate) fn about(label: &[u8], case: Uuid, holder: Uuid) -> Vec<u8> {
    [label, case.as_bytes().as_slice(), holder.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrap_opens_for_its_holder_and_case_alone() {
        let (group, key) = (SecretKey::generate(), SecretKey::generate());
        let (case, holder) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let wrap = wrap_for(&group.public(), case, holder, &key);
        assert_eq!(unwrap_from(&group, case, holder, &wrap).unwrap().expose(), key.expose());
        let refused = |group: &SecretKey, case, holder, wrap: &[u8]| assert!(unwrap_from(group, case, holder, wrap).is_err());
        refused(&SecretKey::generate(), case, holder, &wrap);
        refused(&group, holder, holder, &wrap);
        refused(&group, case, case, &wrap);
        for at in 0..wrap.len() {
            let mut changed = wrap.clone();
            changed[at] ^= 0x80;
            refused(&group, case, holder, &changed);
            refused(&group, case, holder, &wrap[..at]);
        }
    }
}
