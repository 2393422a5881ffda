use access::AccountId;
use db::{DbResult, Tx};
use kernel::{EmailAddress, Lang, Timestamp};

use super::store;

db::row! {
    /// A mail address that somebody signs in with.
    #[derive(Clone, Debug)]
    pub struct Account {
        /// The id.
        pub id: AccountId,
        /// The address; its owner reads mail there.
        pub email: EmailAddress,
        /// The language of mails about the account.
        pub lang: Lang,
        /// When it came to be.
        pub created_at: Timestamp,
    }
}

/// The account with this address, made now if there is none.
pub async fn ensure(tx: &mut Tx<'_>, email: &EmailAddress, lang: Lang, now: Timestamp) -> DbResult<Account> {
    store::add_account(tx, AccountId::new(now), email, lang, now).await
}
