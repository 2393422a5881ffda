use db::{DbError, DbResult, Tx};
use kernel::{Timestamp, Uuid};
use objects::Hash;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};
use xapi::{Index, Json, Received, Statement};

use super::{signs, store};
use crate::{Room, known};

/// A statement on its way in, held to every rule.
#[derive(Clone, Debug)]
pub(crate) struct New {
    /// Its own id, or the one that it gets.
    pub id: Uuid,
    /// What was sent.
    pub statement: Statement,
    /// What came with it and lies in the object store.
    pub attached: Vec<Attached>,
}

/// Something that came with a statement.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    /// Its hash as the statement says it.
    pub sha2: String,
    /// Where it lies.
    pub object: Hash,
    /// Its media type.
    pub content_type: String,
    /// How large it is.
    pub bytes: u64,
}

/// Who vouches for what is stored.
#[derive(Clone, Debug)]
pub(crate) struct Voucher {
    /// Whose records they become.
    pub room: Room,
    /// As the audit trail names them.
    pub label: String,
    /// As statements name them.
    pub authority: Json,
}

/// Why none of the statements is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum NotKept {
    /// Another statement has this id.
    #[error("another statement has the id {0}")]
    OtherHasId(Uuid),
}

/// A statement as it is stored.
pub(super) struct Kept {
    pub stored: i64,
    pub id: Uuid,
    pub statement: Statement,
    pub refers_to: Option<Uuid>,
    pub voids: Option<Uuid>,
    pub voided: bool,
    pub signs: BTreeSet<Uuid>,
    pub attached: Vec<Attached>,
}

/// Takes statements with ids of which none is twice among them: all of them, or none. One that is there already and says the
/// same is left as it is.
pub(crate) async fn keep(tx: &mut Tx<'_>, by: &Voucher, new: &[New], now: Timestamp) -> DbResult<Result<(), NotKept>> {
    let room = by.room;
    // Whoever stores in this room waits here for whoever stored before, so that what is `stored` earlier is visible earlier.
    let last = store::fill(tx, room, new.len(), now).await?;
    let there: HashMap<Uuid, Statement> = store::same_ids(tx, room, new).await?;
    let mut fresh = Vec::with_capacity(new.len());
    for one in new {
        match there.get(&one.id) {
            Some(kept) if kept.same_as(&one.statement) => {}
            Some(_) => return tx.refuse(Err(NotKept::OtherHasId(one.id))),
            None => fresh.push(one),
        }
    }
    if fresh.is_empty() {
        return tx.refuse(Ok(()));
    }
    let kept = as_kept(tx, by, &fresh, last).await?;
    store::add(tx, room, &by.label, &kept).await?;
    store::void(tx, room, &kept).await?;
    store::add_signs(tx, room, &kept).await?;
    store::add_attachments(tx, room, &kept).await?;
    known::learn(tx, room, kept.iter().map(|one| &one.statement)).await?;
    Ok(Ok(()))
}

/// The statements with what the store says of them. `last` is the last moment that was taken for them.
async fn as_kept(tx: &mut Tx<'_>, by: &Voucher, fresh: &[&New], last: i64) -> DbResult<Vec<Kept>> {
    let mut voided: HashSet<Uuid> = store::voided_before(tx, by.room, fresh).await?;
    voided.extend(fresh.iter().filter_map(|one| one.statement.voids()));
    let first = last + 1 - i64::try_from(fresh.len()).unwrap_or(i64::MAX);
    let mut kept = Vec::with_capacity(fresh.len());
    for (stored, one) in (first..).zip(fresh) {
        let moment = jiff::Timestamp::from_microsecond(stored).map_err(|_| DbError::Contended)?;
        let received = Received { id: one.id, stored: moment, authority: &by.authority };
        let statement = one.statement.clone().received(&received);
        let index = Index::of(&statement);
        kept.push(Kept {
            stored,
            id: one.id,
            refers_to: index.refers_to,
            voids: index.voids,
            // What voids is never voided itself (XAPI-00016).
            voided: index.voids.is_none() && voided.contains(&one.id),
            signs: signs::of(by.room, &index),
            statement,
            attached: one.attached.clone(),
        });
    }
    Ok(kept)
}
