//! The fetch URL of a launch (cmi5 section 8.2): it always answers 200.

use axum::extract::{Path, State};
use db::Lane;
use serde_json::json;
use web::{Page, PageError, Portal};

use crate::launches::{self, Fetched};

/// Gives the token of a launch, once.
pub async fn fetch(State(portal): State<Portal>, Path(secret): Path<String>) -> Result<Page, PageError> {
    let fetched = portal.db.write(Lane::Public, None, async move |tx, now| launches::fetch(tx, &secret, now).await).await?;
    Page::json(&match fetched {
        Fetched::Token(token) => json!({ "auth-token": token }),
        Fetched::Used => json!({ "error-code": "1", "error-text": "The token was given already, or the session has ended." }),
        Fetched::Unknown => json!({ "error-code": "2", "error-text": "There is no such session." }),
    })
}
