use db::{Db, DbResult};
use std::fmt;

use super::chain::link_hash;
use super::store::{self, HashedEntry, HeadRow, Link};
use super::{EntryId, Head};

/// What a sound trail amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Where the chain ends: worth writing down elsewhere.
    pub head: Head,
    /// Entries so new that they are not chained yet.
    pub unchained: i64,
}

/// The first place where the trail is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The number of the link; nothing for an entry that no link names.
    pub link: Option<i64>,
    /// The entry, where it is still known.
    pub entry: Option<EntryId>,
    /// What is wrong.
    pub damage: Damage,
}

/// What is wrong with a trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The entry, or its place among the others, is not what was hashed.
    Altered,
    /// The entry is gone.
    EntryMissing,
    /// The link is gone.
    LinkMissing,
    /// An entry was put among those that had been chained.
    Inserted,
    /// The end is gone.
    Truncated,
    /// The chain is sound in itself, but not the one whose head was written down.
    Rewritten,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.damage {
            Damage::Altered => "altered or moved",
            Damage::EntryMissing => "its entry is gone",
            Damage::LinkMissing => "gone",
            Damage::Inserted => "inserted",
            Damage::Truncated => "everything from here on is gone",
            Damage::Rewritten => "not the chain whose head was written down",
        };
        match (self.link, self.entry) {
            (Some(link), Some(entry)) => write!(f, "link {link}, entry {entry}: {what}"),
            (Some(link), None) => write!(f, "link {link}: {what}"),
            (None, Some(entry)) => write!(f, "entry {entry}: {what}"),
            (None, None) => f.write_str(what),
        }
    }
}

/// Links read at a time: a reader's time is limited, and the trail is long.
const STEP: i64 = 1000;

/// Reads the whole trail and names the first bad entry. `anchor` is a head that was written down elsewhere.
pub async fn verify(db: &Db, anchor: Option<Head>) -> DbResult<Result<Verified, Broken>> {
    let end = db.read(async |tx| store::head(tx).await).await?;
    let mut walk = Walk { at: Head { seq: 0, hash: [0; 32] }, anchor };
    while walk.at.seq < end.seq {
        let after = walk.at.seq;
        let last = end.seq.min(after.saturating_add(STEP));
        let (links, entries) =
            db.read(async move |tx| Ok((store::links(tx, after, last, STEP).await?, store::linked(tx, after, last).await?))).await?;
        if let Err(broken) = walk.on(links, entries, last) {
            return Ok(Err(broken));
        }
    }
    let end_of_chain = Head { seq: end.seq, hash: end.hash };
    if walk.at != end_of_chain {
        return Ok(Err(Broken { link: Some(end.seq), entry: None, damage: Damage::Altered }));
    }
    if anchor.is_some_and(|anchor| anchor.seq > end.seq) {
        return Ok(Err(Broken { link: Some(end.seq + 1), entry: None, damage: Damage::Truncated }));
    }
    if let Some(entry) = inserted(db, &end).await? {
        return Ok(Err(Broken { link: None, entry: Some(entry), damage: Damage::Inserted }));
    }
    let settled = end.settled;
    let unchained = db.read(async move |tx| store::count_unchained(tx, settled).await).await?;
    Ok(Ok(Verified { head: end_of_chain, unchained }))
}

struct Walk {
    at: Head,
    anchor: Option<Head>,
}

impl Walk {
    /// Follows the links up to `last`.
    fn on(&mut self, links: Vec<Link>, entries: Vec<HashedEntry>, last: i64) -> Result<(), Broken> {
        let mut entries = entries.into_iter().peekable();
        for link in links {
            let expected = self.at.seq + 1;
            if link.seq != expected {
                return Err(Broken { link: Some(expected), entry: None, damage: Damage::LinkMissing });
            }
            let broken = |damage| Broken { link: Some(link.seq), entry: Some(link.entry), damage };
            let entry = entries.next_if(|entry| entry.id == link.entry).ok_or_else(|| broken(Damage::EntryMissing))?;
            let hash = link_hash(&self.at.hash, link.seq, &entry);
            if hash != link.hash {
                return Err(broken(Damage::Altered));
            }
            self.at = Head { seq: link.seq, hash };
            if self.anchor.is_some_and(|anchor| anchor.seq == link.seq && anchor.hash != hash) {
                return Err(broken(Damage::Rewritten));
            }
        }
        if self.at.seq < last {
            return Err(Broken { link: Some(self.at.seq + 1), entry: None, damage: Damage::Truncated });
        }
        Ok(())
    }
}

/// An entry among those that had been chained, which no link names.
async fn inserted(db: &Db, end: &HeadRow) -> DbResult<Option<EntryId>> {
    let settled = end.settled;
    let mut after = i64::MIN;
    loop {
        let stretch = db.read(async move |tx| store::stretch(tx, after, settled, STEP).await).await?;
        let Some(last) = stretch.last else { return Ok(None) };
        let found = db.read(async move |tx| store::unlinked(tx, after, last).await).await?;
        if found.is_some() || stretch.entries < STEP {
            return Ok(found);
        }
        after = last;
    }
}
