use access::ApiTokenId;
use auth::Token;
use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a token is to be.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for, in the operator's words.
    pub name: String,
    /// What it opens, such as `applications:read`.
    pub scopes: Vec<String>,
    /// For how many days.
    pub days: i64,
}

/// A token that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Its id.
    pub id: ApiTokenId,
    /// Until when it opens.
    pub until: Timestamp,
    /// A few bytes of a hash of its secret: a form that is sent again makes another secret, which is not the token's.
    mark: String,
}

impl Issued {
    /// Whether this is the secret of the token.
    pub fn is_of(&self, secret: &Token) -> bool {
        self.mark == mark(secret)
    }
}

/// Makes a token with this secret.
pub async fn issue(tx: &mut Tx<'_>, new: &NewToken, secret: &Token, by: &str, now: Timestamp) -> DbResult<Issued> {
    let until = now.plus(Span::days(new.days));
    let scopes = new.scopes.join(" ");
    let id = access::issue(tx, &new.name, &scopes, secret.as_bytes(), Some(until), by, now).await?;
    let facts = serde_json::json!({ "scopes": scopes, "days": new.days });
    journal::record(tx, &Entry::by(by).did("tokens.issued").on("token", id).with(facts), now).await?;
    Ok(Issued { id, until, mark: mark(secret) })
}

fn mark(secret: &Token) -> String {
    let hash = Sha256::new().chain_update(b"mark of a token").chain_update(secret.as_bytes()).finalize();
    hex::encode(&hash[..6])
}
