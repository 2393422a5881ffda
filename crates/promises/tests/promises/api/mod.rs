//! What other programs read: public programmes, and applications by token.

mod applications;
mod problems;
mod tokens;

use access::ApiTokenId;
use kernel::Timestamp;

use crate::site::{Answer, Site};

/// Where the applications of the third session for executives are.
const APPLICATIONS: &str = "/api/v1/programmes/R8/executive/3/applications";

/// A token's secret.
const SECRET: [u8; 32] = [3; 32];

/// Issues a token with [`SECRET`].
async fn issue(site: &Site, scopes: &'static str, ends_at: Option<Timestamp>) -> ApiTokenId {
    let issued = async move |tx: &mut db::Tx<'_>, now| access::issue(tx, "見本の連携", scopes, &SECRET, ends_at, "test", now).await;
    site.db().write(db::Lane::Staff, None, issued).await.expect("a token can be issued")
}

/// What a program with this in its `Authorization` header is answered.
async fn ask(site: &Site, path: &str, authorization: &str) -> Answer {
    site.visitor("見本 太郎").with_header("authorization", authorization).get(path).await
}

/// How [`SECRET`] is shown.
fn bearer() -> String {
    use base64::Engine as _;
    format!("Bearer {}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(SECRET))
}

/// The same, with a token that may read applications.
async fn read(site: &Site, path: &str) -> Answer {
    ask(site, path, &bearer()).await
}
