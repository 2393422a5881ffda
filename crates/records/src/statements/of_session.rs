use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use xapi::Statement;

use super::keep::{New, NotKept, Voucher, keep};
use super::store;
use crate::own::keep_own;
use crate::sessions::{Forbidden, Pass, Sessions};

/// Why none of the statements of a unit is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum NotTaken {
    /// The store has something against it.
    NotKept(NotKept),
    /// The session may not say it.
    Forbidden(Forbidden),
    /// The session has ended, and this is news.
    Over,
}

/// Takes statements of a unit of a course package: all of them, or none. One that is there already and says the same is left as it
/// is, even where the session has ended since: whoever lost the answer to Terminated sends it again, and it is no second word after the
/// last one (cmi5 section 9.3). What the system says in return is kept behind them, at once.
pub(crate) async fn keep_of_session(
    tx: &mut Tx<'_>,
    by: &Voucher,
    new: &[New],
    (sessions, pass, base_url): (&dyn Sessions, &Pass, &str),
    now: Timestamp,
) -> DbResult<Result<(), NotTaken>> {
    let there = store::same_ids(tx, by.room, new).await?;
    let mut fresh = Vec::with_capacity(new.len());
    for one in new {
        match there.get(&one.id) {
            Some(kept) if kept.same_as(&one.statement) => {}
            Some(_) => return Ok(Err(NotTaken::NotKept(NotKept::OtherHasId(one.id)))),
            None => fresh.push(one.clone()),
        }
    }
    let statements: Vec<&Statement> = fresh.iter().map(|one| &one.statement).collect();
    if statements.is_empty() {
        return Ok(Ok(()));
    }
    if pass.is_over {
        return tx.refuse(Err(NotTaken::Over));
    }
    let said = match sessions.take(tx, pass, &statements, now).await? {
        Ok(said) => said,
        Err(forbidden) => return tx.refuse(Err(NotTaken::Forbidden(forbidden))),
    };
    if let Err(not) = keep(tx, by, &fresh, now).await? {
        return tx.refuse(Err(NotTaken::NotKept(not)));
    }
    keep_own(tx, base_url, said, now).await?;
    Ok(Ok(()))
}
