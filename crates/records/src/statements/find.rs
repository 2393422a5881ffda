use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use xapi::Filter;

use super::{signs, store};
use crate::Room;

/// The most statements of one answer.
pub(crate) const PAGE_MAX: u64 = 200;

/// A statement as it is returned.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// When it was stored.
    pub stored: Timestamp,
    /// Its text.
    pub json: String,
}

/// A part of what a filter finds.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The statements, in the order that was asked for.
    pub statements: Vec<Found>,
    /// Behind which one to go on, if there are more.
    pub more: Option<Timestamp>,
    /// Up to when the room is filled.
    pub filled: Option<Timestamp>,
}

/// The statement with this id, if it is voided, or if it is not.
pub(crate) async fn one(tx: &mut Tx<'_>, room: Room, id: Uuid, voided: bool) -> DbResult<Page> {
    let filled = store::filled(tx, room).await?;
    let found = store::by_id(tx, room, id, voided).await?;
    Ok(Page { statements: found.into_iter().map(as_found).collect(), more: None, filled })
}

/// What meets the filter, `behind` a statement that was returned before.
pub(crate) async fn find(tx: &mut Tx<'_>, room: Room, filter: &Filter, behind: Option<Timestamp>) -> DbResult<Page> {
    let filled = store::filled(tx, room).await?;
    let limit = if filter.limit == 0 { PAGE_MAX } else { filter.limit.min(PAGE_MAX) };
    let (mut after, mut before) = (i64::MIN, i64::MAX);
    // `since` lies between two microseconds at most: what is stored after it is stored after the earlier one.
    if let Some(since) = filter.since {
        after = since.as_nanosecond().div_euclid(1000).try_into().unwrap_or(i64::MAX);
    }
    if let Some(until) = filter.until {
        before = i64::try_from(until.as_nanosecond().div_euclid(1000)).unwrap_or(i64::MAX).saturating_add(1);
    }
    match behind {
        Some(last) if filter.ascending => after = after.max(last.as_micros()),
        Some(last) => before = before.min(last.as_micros()),
        None => {}
    }
    let wanted = i64::try_from(limit).unwrap_or(i64::MAX);
    let lines = store::many(tx, room, &signs::asked(room, filter), (after, before), filter.ascending, wanted + 1).await?;
    let mut statements: Vec<Found> = lines.into_iter().map(as_found).collect();
    let has_more = statements.len() > usize::try_from(wanted).unwrap_or(usize::MAX);
    statements.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
    let more = statements.last().filter(|_| has_more).map(|last| last.stored);
    Ok(Page { statements, more, filled })
}

fn as_found(line: store::Line) -> Found {
    Found { stored: line.stored, json: line.json }
}
