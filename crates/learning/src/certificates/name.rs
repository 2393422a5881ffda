use access::{AccountId, Label};
use db::{DbResult, Tx};
use journal::{Entry, Job};
use kernel::{PersonName, Timestamp};

use super::{NAMED, store};

/// Whose name stands on the certificates of an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Learner {
    /// The name, its variants as typed.
    pub name: PersonName,
    /// Where they work; empty if they do not say.
    pub workplace: String,
}

/// Writes down whose name stands on the certificates of an account. Those of courses that are completed already follow; what was
/// issued stays as it is.
pub async fn write_name(tx: &mut Tx<'_>, account: AccountId, learner: &Learner, now: Timestamp) -> DbResult<()> {
    store::put_learner(tx, account, learner, now).await?;
    journal::job(tx, Job::of(NAMED, account), now).await?;
    let entry = Entry::by(&Label::Account(account).to_string()).did("courses.named").on("account", account);
    journal::record(tx, &entry, now).await?;
    Ok(())
}
