//! The programs that speak to the store: a key and a secret each, as Basic authentication has them, in the room of an
//! organization or of the portal.

mod make;
mod store;

use access::{Actor, OrganizationId, Who};
use db::{DbResult, Tx, row};
use kernel::{Timestamp, id};
use sha2::{Digest, Sha256};

pub use make::{Made, NewClient, NotMade, end, make};
pub use store::{Listed, all, end_all, listed};

use crate::Room;

/// What a client may do: as much as a token with both scopes.
pub(crate) const SCOPES: [&str; 2] = ["xapi:read", "xapi:write"];

id!(
    /// A program that speaks to the record store.
    ClientId
);

row! {
    /// A program that speaks to the record store. Its secret was shown once and is not kept.
    #[derive(Clone, Debug)]
    pub struct Client {
        pub id: ClientId,
        pub key: String,
        pub name: String,
        pub organization: Option<OrganizationId>,
        pub made_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

impl Client {
    /// Whose records it reads and writes.
    pub fn room(&self) -> Room {
        Room::of(self.organization)
    }

    /// The client as one who acts.
    pub fn actor(&self) -> Actor {
        let who = Who::Program { scopes: SCOPES.map(str::to_owned).to_vec(), token: self.id.uuid() };
        Actor { who, memberships: Vec::new(), application: None }
    }
}

/// The client with this key and secret, if it has not ended.
pub async fn recognize(tx: &mut Tx<'_>, key: &str, secret: &str) -> DbResult<Option<Client>> {
    store::find(tx, key, &digest(key, secret)).await
}

/// What is kept of a secret. A hash of another key's same secret is another one.
fn digest(key: &str, secret: &str) -> Vec<u8> {
    let length = u64::try_from(key.len()).unwrap_or(u64::MAX).to_be_bytes();
    Sha256::new().chain_update(length).chain_update(key).chain_update(secret).finalize().to_vec()
}
