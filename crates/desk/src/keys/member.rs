use access::AccountId;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Timestamp, id};
use serde::{Deserialize, Serialize};
use vault::PublicKey;

use super::store;
use crate::words::words;

id!(
    /// A member's key pair.
    MemberId
);

words! {
    /// What opens a member's secret key.
    KeyWay {
        /// A passphrase that is for this alone.
        Passphrase = "passphrase",
        /// What a passkey gives (PRF).
        Passkey = "passkey",
    }
}

/// A key that a member's browser made, or another way to open the one that is there.
#[derive(Clone, Serialize, Deserialize)]
pub struct NewKey {
    /// Its id, which its wrap is bound to.
    pub id: MemberId,
    /// To which the secrets of epochs are wrapped.
    #[serde(with = "crate::as_base64::array")]
    pub public_key: [u8; 32],
    /// What opens it.
    pub way: KeyWay,
    /// The salt of that.
    #[serde(with = "crate::as_base64::array")]
    pub salt: [u8; 16],
    /// What a passphrase cost: KiB.
    pub memory: Option<i64>,
    /// What a passphrase cost: passes.
    pub passes: Option<i64>,
    /// By which the browser names the passkey, in base64.
    pub credential: Option<String>,
    /// The secret key, wrapped.
    #[serde(with = "crate::as_base64")]
    pub wrap: Vec<u8>,
}

/// Why a member's key was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotMade {
    /// No browser of ours makes such a key.
    Unsound,
    /// The id is that of another key.
    Taken,
}

/// The least that a passphrase costs: 64 MiB, three passes.
const LEAST: (i64, i64) = (64 * 1024, 3);
/// Version, nonce, key and tag.
const WRAP_BYTES: usize = 73;

impl NewKey {
    fn is_sound(&self) -> bool {
        let has_cost = self.memory.zip(self.passes).is_some_and(|(memory, passes)| memory >= LEAST.0 && passes >= LEAST.1);
        let fits = match self.way {
            KeyWay::Passphrase => has_cost && self.credential.is_none(),
            KeyWay::Passkey => {
                self.credential.as_ref().is_some_and(|name| !name.is_empty()) && self.memory.is_none() && self.passes.is_none()
            }
        };
        fits && self.wrap.len() == WRAP_BYTES && PublicKey::from_bytes(self.public_key).is_sound()
    }
}

/// Takes a member's key. A new one ends the one before: what was wrapped for that opens no more.
pub async fn make_key(tx: &mut Tx<'_>, account: AccountId, key: &NewKey, by: &str, now: Timestamp) -> DbResult<Result<(), NotMade>> {
    if !key.is_sound() {
        return Ok(Err(NotMade::Unsound));
    }
    let living = store::member_of(tx, account).await?;
    let is_same = living.as_ref().is_some_and(|living| living.id == key.id && living.public_key == key.public_key);
    if is_same {
        store::put_way(tx, key, now).await?;
    } else {
        if store::has_member(tx, key.id).await? {
            return Ok(Err(NotMade::Taken));
        }
        if let Some(living) = living {
            store::end_member(tx, living.id, now).await?;
        }
        store::add_member(tx, account, key, now).await?;
        store::put_way(tx, key, now).await?;
    }
    let act = if is_same { "desk_keys.way_added" } else { "desk_keys.key_made" };
    journal::record(tx, &Entry::by(by).did(act).on("desk_member", key.id).with(serde_json::json!({ "way": key.way })), now).await?;
    Ok(Ok(()))
}
