//! The pages of a long list: which rows stand on the one that is asked for, and the addresses of those beside it.
//!
//! A list of which it is known how long it is has [`Numbered`] pages. One that is read a row further than a page is long goes on by
//! [`Pager::numbered`], and one that goes on behind the last row that was shown ([`cut`], [`place`]) by [`Pager::onward`].

use kernel::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use crate::{Visit, Words};

/// Everything after the `?`. A map, so that a strange address is never an error.
pub type Query = axum::extract::Query<BTreeMap<String, String>>;

/// Rows on a page of most lists.
pub const ROWS: i64 = 50;

/// What says where in a list one stands, or what was done just now: it holds for no list that is asked for differently.
const PASSING: [&str; 3] = ["page", "from", "done"];

/// What the address says under this name, on one line; empty if nothing.
pub fn asked(query: &Query, name: &str) -> String {
    query.get(name).map_or_else(String::new, |value| kernel::one_line(value).chars().take(100).collect())
}

/// The address of a list with some things asked for differently; an empty value takes one away.
pub fn with(path: &str, query: &Query, changed: &[(&str, &str)]) -> String {
    let is_changed = |name: &str| changed.iter().any(|(other, _)| *other == name);
    let kept = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let kept = kept.filter(|(name, _)| !PASSING.contains(name) && !is_changed(name));
    let set: Vec<(&str, &str)> = kept.chain(changed.iter().copied()).filter(|(_, value)| !value.is_empty()).collect();
    let query = serde_urlencoded::to_string(set).unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Cuts a list that was read a row further than a page is long, and returns the row behind which the next page begins; none if the
/// list ends here.
pub fn cut<T>(list: &mut Vec<T>, rows: impl TryInto<usize>) -> Option<&T> {
    let most = rows.try_into().unwrap_or(usize::MAX);
    let has_more = list.len() > most;
    list.truncate(most);
    list.last().filter(|_| has_more)
}

/// Where a list goes on behind a row, as an address says it: by the moment that orders the list, and by its id.
pub fn place(at: Timestamp, id: impl Display) -> String {
    format!("{}_{id}", at.as_micros())
}

/// The moment and the id behind which a list goes on, whatever stands between them; nothing if the address says no such thing.
pub fn read_place<Id: FromStr>(place: &str) -> Option<(Timestamp, Id)> {
    let (at, id) = place.split_once(|letter: char| !letter.is_ascii_digit())?;
    Some((Timestamp::from_micros(at.parse().ok()?), id.parse().ok()?))
}

/// Where in a long list a page stands, and how to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// The address of the page before, empty if this is the first.
    pub previous: String,
    /// The address of the next page, empty if this is the last.
    pub next: String,
    /// 「38名中 1～10名」
    pub shown: String,
}

/// The page of a list that an address asks for, from 1, and how many rows come before it.
pub fn page_of(asked: &str, rows: i64) -> (i64, i64) {
    let number = asked.parse::<i64>().unwrap_or(1).clamp(1, 10_000);
    (number, (number - 1) * rows)
}

impl Pager {
    /// The ways to the pages before and after this one, for a list that was read with one row more than a page has.
    pub fn numbered<T>(visit: &Visit, path: &str, (number, rows): (i64, i64), list: &mut Vec<T>) -> Self {
        let join = if path.contains('?') { '&' } else { '?' };
        let address = |number: i64| visit.to(&format!("{path}{join}page={number}"));
        Self {
            previous: if number > 1 { address(number - 1) } else { String::new() },
            next: cut(list, rows).map_or_else(String::new, |_| address(number + 1)),
            shown: String::new(),
        }
    }

    /// The way to what follows the last row that was shown, empty if nothing does.
    pub const fn onward(next: String) -> Self {
        Self { previous: String::new(), next, shown: String::new() }
    }
}

/// One page of a list of which it is known how long it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered {
    number: i64,
    rows: i64,
    total: i64,
}

impl Numbered {
    /// The page that an address asks for, of so many rows. One that is none is the nearest.
    pub fn of(total: impl TryInto<i64>, rows: i64, asked: &str) -> Self {
        let total = total.try_into().unwrap_or(i64::MAX);
        let last = (total.max(1) - 1) / rows + 1;
        Self { number: asked.parse::<i64>().unwrap_or(1).clamp(1, last), rows, total }
    }

    /// Which it is, from 1.
    pub const fn number(self) -> i64 {
        self.number
    }

    /// How many rows come before it.
    pub const fn skipped(self) -> i64 {
        (self.number - 1) * self.rows
    }

    /// How many rows it has at most.
    pub const fn rows(self) -> i64 {
        self.rows
    }

    /// The rows that stand on it, of a list that is there as a whole.
    pub fn rows_of<T>(self, list: impl IntoIterator<Item = T>) -> impl Iterator<Item = T> {
        let so_many = |rows: i64| usize::try_from(rows).unwrap_or(usize::MAX);
        list.into_iter().skip(so_many(self.skipped())).take(so_many(self.rows))
    }

    /// How to go on. `address` is given what an address says as `page`: nothing for the first.
    pub fn pager(self, w: Words, address: impl Fn(&str) -> String) -> Pager {
        let (from, to) = ((self.skipped() + 1).min(self.total), (self.skipped() + self.rows).min(self.total));
        let at = |number: i64| if number > 1 { address(&number.to_string()) } else { address("") };
        Pager {
            previous: if self.number > 1 { at(self.number - 1) } else { String::new() },
            next: if to < self.total { at(self.number + 1) } else { String::new() },
            shown: w.with("list-shown", &[("total", &self.total.to_string()), ("from", &from.to_string()), ("to", &to.to_string())]),
        }
    }
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
        let asked = query(&[("year", "R8"), ("page", "2"), ("done", "saved"), ("q", "")]);
        let page = Numbered::of(120, 50, "2");
        assert_eq!((page.skipped(), page.rows()), (50, 50));
        let pager = page.pager(Words::of(Lang::Ja), |page| with("/notices", &asked, &[("page", page)]));
        assert_eq!((pager.previous.as_str(), pager.next.as_str()), ("/notices?year=R8", "/notices?year=R8&page=3"));
        assert_eq!(pager.shown, "120件中 51～100件");
        assert_eq!(page.rows_of(1..=120).collect::<Vec<_>>(), (51..=100).collect::<Vec<_>>());
        let last = Numbered::of(120, 50, "3").pager(Words::of(Lang::Ja), |page| format!("?{page}"));
        assert_eq!((last.previous.as_str(), last.next.as_str(), last.shown.as_str()), ("?2", "", "120件中 101～120件"));
    }

    #[test]
    fn a_page_that_is_none_is_the_nearest() {
        for (asked, skipped) in [("99", 50), ("2", 50), ("0", 0), ("-1", 0), ("x", 0), ("", 0)] {
            assert_eq!(Numbered::of(60, 50, asked).skipped(), skipped, "{asked}");
        }
        for total in [0, 1, 50] {
            let page = Numbered::of(total, 50, "2");
            let pager = page.pager(Words::of(Lang::Ja), str::to_owned);
            assert_eq!((page.skipped(), pager.previous.as_str(), pager.next.as_str()), (0, "", ""), "{total}");
        }
        assert_eq!(Numbered::of(51, 50, "").pager(Words::of(Lang::Ja), str::to_owned).next, "2");
    }

    #[test]
    fn a_list_goes_on_behind_its_last_row_if_there_is_another() {
        let mut rows = vec![1, 2, 3];
        assert_eq!((cut(&mut rows, 3_i64).copied(), cut(&mut rows, 2_usize).copied()), (None, Some(2)));
        assert_eq!((rows.len(), cut(&mut rows, 2_usize).copied()), (2, None));
        let at = Timestamp::from_micros(1_795_305_600_000_000);
        assert_eq!(read_place(&place(at, 7)), Some((at, 7)));
        assert_eq!(read_place("1795305600000000~7"), Some((at, 7)));
        for text in ["", "7", "_7", "1795305600000000_", "1795305600000000_x", "x_7", "-1_7"] {
            assert_eq!(read_place::<i64>(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_that_is_asked_for_differently_begins_anew() {
        let asked = query(&[("from", "7_a"), ("stage", "3"), ("whose", "mine"), ("done", "tested")]);
        assert_eq!(with("/desk", &asked, &[("whose", ""), ("standing", "closed")]), "/desk?stage=3&standing=closed");
        assert_eq!(with("/desk", &asked, &[("from", "8_b")]), "/desk?stage=3&whose=mine&from=8_b");
        assert_eq!(with("/desk", &query(&[("done", "tested")]), &[]), "/desk");
        assert_eq!(with("/desk", &query(&[]), &[("q", "a&b")]), "/desk?q=a%26b");
    }
}
