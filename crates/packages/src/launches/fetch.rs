use auth::Token;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::LASTS;
use crate::store;

/// What a fetch URL answers (cmi5 section 8.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fetched {
    /// The token: key and secret for Basic authentication. It is given once.
    Token(String),
    /// It was given already, or the launch has ended.
    Used,
    /// There is no such launch.
    Unknown,
}

/// Lets nobody speak with a token that was given: after a restore, one that was ended since must not open again. The launches stay
/// open, so that the next one of their registration abandons them in order.
pub async fn forget_tokens(tx: &mut Tx<'_>) -> DbResult<u64> {
    store::replace_tokens(tx, &Token::random().digest()).await
}

/// Gives the token of a launch, once.
pub async fn fetch(tx: &mut Tx<'_>, secret: &str, now: Timestamp) -> DbResult<Fetched> {
    let Ok(secret) = secret.parse::<Token>() else { return Ok(Fetched::Unknown) };
    let Some(launch) = store::by_fetch(tx, &secret.digest()).await? else { return Ok(Fetched::Unknown) };
    let is_over = launch.ended_at.is_some() || launch.launched_at <= now.minus(LASTS);
    let token = Token::random();
    // Of two requests at once one gets it.
    if is_over || launch.is_fetched || !store::fetched(tx, launch.id, &token.digest()).await? {
        return Ok(Fetched::Used);
    }
    Ok(Fetched::Token(STANDARD.encode(format!("{}:{}", launch.id, token.text()))))
}
