use access::{AccountId, SignInId, Strength};
use db::{DbResult, Tx};
use kernel::Timestamp;

use super::{Browser, sign_in};

/// Opens a sign-in as strong as a passkey's, without one. For the demo's links, which count as a fresh proof: the caller makes
/// sure that this is the demo, and gives the browser its cookies by [`Browser::keep`].
pub async fn open_for_demo(tx: &mut Tx<'_>, account: AccountId, browser: &Browser, now: Timestamp) -> DbResult<SignInId> {
    sign_in::open(tx, account, Strength::Passkey, browser, None, now).await
}
