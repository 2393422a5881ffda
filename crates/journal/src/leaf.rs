/// One page of a list, newest first: up to [`Leaf::ROWS`] rows, and where the next page begins.
///
/// Pages are found by the last row's key, not by counting, so a list that grows meanwhile neither repeats nor skips a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf<T, K> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// What to ask the next page with; nothing if this is the last.
    pub next: Option<K>,
}

/// Rows on a page.
const ROWS: u8 = 50;

impl<T, K> Leaf<T, K> {
    /// Rows on a page.
    pub const ROWS: usize = ROWS as usize;

    /// What a query has to ask for: one row more than a page holds, to know whether there is a next one.
    pub(crate) const ASKED: i64 = ROWS as i64 + 1;

    pub(crate) fn of(mut rows: Vec<T>, key: impl Fn(&T) -> K) -> Self {
        let more = rows.len() > Self::ROWS;
        rows.truncate(Self::ROWS);
        let next = if more { rows.last().map(key) } else { None };
        Self { rows, next }
    }
}
