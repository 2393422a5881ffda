use auth::Token;
use db::{DbResult, Tx};
use journal::Entry;
use journal::audit::SYSTEM;
use kernel::Timestamp;
use people::organizations;
use serde::{Deserialize, Serialize};

use super::{ClientId, digest, store};

/// The shortest secret that somebody may choose.
const SECRET_MIN: usize = 8;

/// What a client is to be.
#[derive(Clone, Debug)]
pub struct NewClient {
    /// What it is, in the operator's words.
    pub name: String,
    /// The code of its organization; without one it belongs to the portal.
    pub organization: Option<String>,
    /// Its key: chosen, or made by [`NewClient::drawn`].
    pub key: String,
    /// Its secret.
    pub secret: String,
}

/// A client that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its id.
    pub id: ClientId,
}

/// Why a client is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotMade {
    /// No organization has this code.
    #[error("no organization has this code")]
    NoOrganization,
    /// Another client has the key, or the portal itself.
    #[error("another client has this key")]
    KeyTaken,
    /// A key is a text without colon, and a secret has some length.
    #[error("a key has no colon, and a secret at least {SECRET_MIN} characters")]
    Unfit,
}

impl NewClient {
    /// With a key and a secret that nobody chose, where none is given.
    pub fn drawn(name: String, organization: Option<String>, key: Option<String>, secret: Option<String>) -> Self {
        let key = key.unwrap_or_else(|| Token::random().text()[..20].to_owned());
        Self { name, organization, key, secret: secret.unwrap_or_else(|| Token::random().text()) }
    }

    fn is_fit(&self) -> bool {
        let is_sound = |text: &str| !text.is_empty() && text.len() <= 200 && !text.chars().any(char::is_control);
        is_sound(&self.key) && !self.key.contains(':') && is_sound(&self.secret) && self.secret.chars().count() >= SECRET_MIN
    }
}

/// Makes a client.
pub async fn make(tx: &mut Tx<'_>, new: &NewClient, by: &str, now: Timestamp) -> DbResult<Result<Made, NotMade>> {
    if !new.is_fit() {
        return Ok(Err(NotMade::Unfit));
    }
    // A key is the name by which a statement says who vouches for it, and this one is the portal's own.
    if new.key == SYSTEM {
        return Ok(Err(NotMade::KeyTaken));
    }
    let organization = match &new.organization {
        None => None,
        Some(code) => match organizations::by_code(tx, code).await? {
            Some(found) => Some(found.id),
            None => return Ok(Err(NotMade::NoOrganization)),
        },
    };
    let id = ClientId::new(now);
    if !store::add(tx, id, new, &digest(&new.key, &new.secret), organization, by, now).await? {
        return Ok(Err(NotMade::KeyTaken));
    }
    let facts = serde_json::json!({ "organization": organization.map(|id| id.to_string()) });
    journal::record(tx, &Entry::by(by).did("records.client.made").on("record-client", id).with(facts), now).await?;
    Ok(Ok(Made { id }))
}

/// Ends a client at once; false if it has ended already, or was never there.
pub async fn end(tx: &mut Tx<'_>, id: ClientId, by: &str, now: Timestamp) -> DbResult<bool> {
    let ended = store::end(tx, id, now).await?;
    if ended {
        journal::record(tx, &Entry::by(by).did("records.client.ended").on("record-client", id), now).await?;
    }
    Ok(ended)
}
