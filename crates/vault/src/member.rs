//! A member's own secret key under a passphrase, as their browser wraps it.

use uuid::Uuid;

use crate::kdf::derive;
use crate::wrap::{about, unwrap_under, wrap_under};
use crate::{Busy, Cost, NotOpened, Salt, SecretKey};

const LABEL: &[u8] = b"mist/member/1";

/// What a passphrase costs: KiB and passes, as they are stored beside the wrap.
pub const PASSPHRASE_COST: (i64, i64) = (64 * 1024, 3);

/// Wraps a member's key as a browser does. A browser alone should: this is for sample data, whose passphrase everybody knows, and for
/// comparing the two.
pub fn wrap_by_passphrase(passphrase: &str, salt: &Salt, account: Uuid, member: Uuid, key: &SecretKey) -> Result<Vec<u8>, Busy> {
    Ok(wrap_under(&derive(Cost::REAL, passphrase, salt)?, &about(LABEL, account, member), key))
}

/// Opens what a browser or [`wrap_by_passphrase`] wrapped.
pub fn unwrap_by_passphrase(passphrase: &str, salt: &Salt, account: Uuid, member: Uuid, wrap: &[u8]) -> Result<SecretKey, NotOpened> {
    let under = derive(Cost::REAL, passphrase, salt)?;
    unwrap_under(&under, &about(LABEL, account, member), wrap).map_err(|_| NotOpened::Wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_members_key_opens_by_their_passphrase_alone() {
        let (key, salt) = (SecretKey::generate(), Salt::generate());
        let (account, member) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let wrap = wrap_by_passphrase("みほんの窓口の合言葉です", &salt, account, member, &key).unwrap();
        let opened = unwrap_by_passphrase("みほんの窓口の合言葉です", &salt, account, member, &wrap).unwrap();
        assert_eq!(opened.expose(), key.expose());
        assert!(unwrap_by_passphrase("みほんの窓口の合言葉でず", &salt, account, member, &wrap).is_err());
        assert!(unwrap_by_passphrase("みほんの窓口の合言葉です", &salt, member, account, &wrap).is_err(), "somebody else's");
    }
}
