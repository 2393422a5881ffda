//! One hash a day over everything that was recorded in all cases, each over the one before: written down outside, it shows later
//! whether a whole chain was made anew.

use db::{Db, DbResult, Lane, Tx, row};
use journal::{Handlers, JobError, JobItem};
use kernel::{Day, Span, Timestamp};
use sha2::{Digest as _, Sha256};

use super::store::{self, HeadRow};

journal::kinds! {
    /// The job that takes the root of a day.
    pub(super) Job JOB = "desk.root";
}

/// Days that are looked back over for one without its root, as after a week without power.
const LOOK_BACK: Span = Span::days(40);

row! {
    /// The root of a day.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Root {
        pub day: Day,
        pub cases: i64,
        pub root: [u8; 32],
    }
}

/// Who makes the roots.
pub fn handlers() -> Handlers {
    Handlers::new().on(JOB, root)
}

pub(super) fn key(day: Day) -> String {
    format!("{JOB}/{day}")
}

async fn root(db: Db, _: JobItem) -> Result<(), JobError> {
    db.write(Lane::Staff, None, async |tx, now| make_due(tx, now).await).await?;
    Ok(())
}

/// Makes the root of every day that is over, has entries and has none yet, oldest first.
pub async fn make_due(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    let today = now.day();
    let mut day = last(tx).await?.map_or_else(|| now.minus(LOOK_BACK).day(), |root| root.day.saturating_add(jiff::Span::new().days(1)));
    while day < today {
        make(tx, day, now).await?;
        day = day.saturating_add(jiff::Span::new().days(1));
    }
    Ok(())
}

/// The newest root.
pub async fn last(tx: &mut Tx<'_>) -> DbResult<Option<Root>> {
    store::last_root(tx).await
}

/// Whether a root is still what the chains of its day lead to.
pub async fn is_genuine(tx: &mut Tx<'_>, root: &Root) -> DbResult<bool> {
    let heads = heads(tx, root.day).await?;
    Ok(of(before(tx, root.day).await?, root.day, &heads) == root.root)
}

async fn make(tx: &mut Tx<'_>, day: Day, now: Timestamp) -> DbResult<()> {
    let heads = heads(tx, day).await?;
    if heads.is_empty() {
        return Ok(());
    }
    let root = of(before(tx, day).await?, day, &heads);
    store::add_root(tx, &Root { day, cases: i64::try_from(heads.len()).unwrap_or(i64::MAX), root }, now).await
}

async fn before(tx: &mut Tx<'_>, day: Day) -> DbResult<[u8; 32]> {
    Ok(store::root_before(tx, day).await?.unwrap_or_default())
}

/// Where the chain of each case stood when the day ended, of those in which something was recorded on it.
async fn heads(tx: &mut Tx<'_>, day: Day) -> DbResult<Vec<HeadRow>> {
    let from = Timestamp::in_japan(day, 0, 0);
    store::heads(tx, from, from.next_midnight()).await
}

fn of(before: [u8; 32], day: Day, heads: &[HeadRow]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(before);
    hash.update(day.to_string());
    for head in heads {
        hash.update(head.case.as_bytes());
        hash.update(head.seq.to_be_bytes());
        hash.update(head.hash);
    }
    hash.finalize().into()
}
