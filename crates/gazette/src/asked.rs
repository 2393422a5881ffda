//! What an address asks for after its `?`, and the pages of a long list.

use std::collections::BTreeMap;
use std::ops::Range;
use web::{Pager, Words};

/// Everything after the `?`. A map, so that a strange address is never an error.
pub type Query = axum::extract::Query<BTreeMap<String, String>>;

/// Lines on a page of a list.
pub const LINES: usize = 50;

/// What the address says under this name, on one line; empty if nothing.
pub fn asked(query: &Query, name: &str) -> String {
    query.get(name).map_or_else(String::new, |value| kernel::one_line(value).chars().take(100).collect())
}

/// The lines of the page that is asked for, and how to go on from there.
pub fn page<'a, T>(all: &'a [T], path: &str, query: &Query, w: Words) -> (&'a [T], Pager) {
    let shown = lines(all.len(), query);
    let pager = pager(&shown, all.len(), path, query, w);
    (&all[shown], pager)
}

/// Which lines of a list of so many stand on the page that is asked for. A page that is none is the nearest.
pub fn lines(total: usize, query: &Query) -> Range<usize> {
    let number = query.get("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).clamp(1, last_page(total));
    let from = (number - 1) * LINES;
    from..total.min(from + LINES)
}

/// The same for a question: how many come before, and how many there are.
pub fn bounds(lines: &Range<usize>) -> (i64, i64) {
    let count = |lines: usize| i64::try_from(lines).unwrap_or(i64::MAX);
    (count(lines.start), count(lines.len()))
}

/// How to go on from these lines of a list of so many.
pub fn pager(shown: &Range<usize>, total: usize, path: &str, query: &Query, w: Words) -> Pager {
    let number = shown.start / LINES + 1;
    let address = |number: usize| {
        let kept = query.iter().filter(|(name, value)| *name != "page" && *name != "done" && !value.is_empty());
        let kept =
            kept.map(|(name, value)| (name.clone(), value.clone())).chain((number > 1).then(|| ("page".to_owned(), number.to_string())));
        let query = serde_urlencoded::to_string(kept.collect::<Vec<_>>()).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    };
    let (from, to) = ((shown.start + 1).min(total).to_string(), shown.end.to_string());
    Pager {
        previous: if number > 1 { address(number - 1) } else { String::new() },
        next: if number < last_page(total) { address(number + 1) } else { String::new() },
        shown: w.with("list-shown", &[("total", &total.to_string()), ("from", &from), ("to", &to)]),
    }
}

fn last_page(total: usize) -> usize {
    total.div_ceil(LINES).max(1)
}

/// The address of a list with one thing asked for differently; empty takes it away.
pub fn with(path: &str, query: &Query, name: &str, value: &str) -> String {
    let kept = query.iter().filter(|(known, value)| *known != name && *known != "page" && *known != "done" && !value.is_empty());
    let mut kept: Vec<(String, String)> = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
    if !value.is_empty() {
        kept.push((name.to_owned(), value.to_owned()));
    }
    let query = serde_urlencoded::to_string(kept).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    fn query(pairs: &[(&str, &str)]) -> Query {
        axum::extract::Query(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_long_list_is_read_page_by_page_and_keeps_what_was_asked() {
        let all: Vec<usize> = (0..120).collect();
        let asked = query(&[("year", "R8"), ("page", "2"), ("done", "saved")]);
        let (lines, pager) = page(&all, "/notices", &asked, Words::of(Lang::Ja));
        assert_eq!(lines, &all[50..100]);
        assert_eq!((pager.previous.as_str(), pager.next.as_str()), ("/notices?year=R8", "/notices?year=R8&page=3"));
        assert_eq!(pager.shown, "120件中 51～100件");
    }

    #[test]
    fn a_page_that_is_none_is_the_nearest() {
        let all: Vec<usize> = (0..60).collect();
        for (asked, first) in [("99", 50), ("0", 0), ("-1", 0), ("x", 0)] {
            assert_eq!(page(&all, "/notices", &query(&[("page", asked)]), Words::of(Lang::Ja)).0[0], first, "{asked}");
        }
        assert!(page(&all[..0], "/notices", &query(&[]), Words::of(Lang::Ja)).0.is_empty());
    }
}
