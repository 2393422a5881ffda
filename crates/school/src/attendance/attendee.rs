//! Participants of a file: the rows of one person put together.

use kernel::{EmailAddress, Span, Timestamp, fold};
use std::collections::HashMap;

use super::files::{Line, Stay};
use super::matching::token;
use super::minutes::TOLERANCE;

/// A participant of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// The first row.
    pub row: usize,
    /// What they were called.
    pub name: String,
    /// Their address, if the tool knew it.
    pub address: Option<EmailAddress>,
    /// When they were there.
    pub stays: Vec<(Timestamp, Timestamp)>,
    /// How long, if the file says only that.
    pub total: Option<Span>,
}

/// The participants of these rows, in the file's order.
///
/// Who has an address or a receipt number in the name is the same person in every row. Who has only a name may be several: two
/// tablets called "iPad" that were there at the same time are two, and a person decides about each.
pub fn attendees(lines: &[Line]) -> Vec<Attendee> {
    let mut by_key: HashMap<(String, Option<EmailAddress>), Vec<&Line>> = HashMap::new();
    let mut keys = Vec::new();
    for line in lines {
        let key = (fold(&line.name), line.address.clone());
        let rows = by_key.entry(key.clone()).or_default();
        if rows.is_empty() {
            keys.push(key);
        }
        rows.push(line);
    }
    let mut attendees: Vec<Attendee> = Vec::new();
    for key in keys {
        let Some(rows) = by_key.remove(&key) else { continue };
        let is_known = key.1.is_some() || token(&rows[0].name).is_some();
        let lanes = if is_known { vec![rows] } else { lanes(rows) };
        attendees.extend(lanes.iter().filter_map(|rows| together(rows)));
    }
    attendees.sort_by_key(|attendee| attendee.row);
    attendees
}

/// Rows that follow each other may be one device that was started again; rows that overlap are not.
fn lanes(mut rows: Vec<&Line>) -> Vec<Vec<&Line>> {
    rows.sort_by_key(|line| match line.stay {
        Stay::Between(from, until) => (from, until),
        Stay::Total(_) => (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX)),
    });
    let mut lanes: Vec<(Timestamp, Vec<&Line>)> = Vec::new();
    for line in rows {
        let Stay::Between(from, until) = line.stay else {
            lanes.push((Timestamp::from_micros(i64::MAX), vec![line]));
            continue;
        };
        match lanes.iter_mut().find(|(ends, _)| ends.minus(TOLERANCE) <= from && from <= ends.plus(TOLERANCE)) {
            Some((ends, lane)) => {
                *ends = (*ends).max(until);
                lane.push(line);
            }
            None => lanes.push((until, vec![line])),
        }
    }
    lanes.into_iter().map(|(_, lane)| lane).collect()
}

fn together(rows: &[&Line]) -> Option<Attendee> {
    let first = rows.iter().min_by_key(|line| line.row)?;
    let mut attendee =
        Attendee { row: first.row, name: first.name.clone(), address: first.address.clone(), stays: Vec::new(), total: None };
    for line in rows {
        match line.stay {
            Stay::Between(from, until) => attendee.stays.push((from, until)),
            Stay::Total(total) => attendee.total = attendee.total.max(Some(total)),
        }
    }
    attendee.stays.sort_unstable();
    Some(attendee)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Day;

    fn line(row: usize, name: &str, address: &str, from: i64, until: i64) -> Line {
        let at = |minute| Timestamp::in_japan(Day::constant(2026, 12, 23), 17, 0).plus(Span::minutes(minute));
        Line { row, name: name.to_owned(), address: address.parse().ok(), stay: Stay::Between(at(from), at(until)) }
    }

    #[test]
    fn the_rows_of_one_person_are_put_together() {
        let lines = [
            line(2, "見本 太郎", "taro@example.jp", 0, 20),
            line(3, "iPad", "", 0, 60),
            line(4, "見本　太郎", "taro@example.jp", 10, 60),
            line(5, "R8-E3-0002", "", 0, 30),
            line(6, "Ｒ８-Ｅ３-０００２", "", 10, 50),
        ];
        let found: Vec<(usize, usize)> = attendees(&lines).iter().map(|attendee| (attendee.row, attendee.stays.len())).collect();
        assert_eq!(found, [(2, 2), (3, 1), (5, 2)]);
    }

    #[test]
    fn two_devices_of_one_name_at_the_same_time_are_two() {
        let lines = [line(2, "iPad", "", 0, 60), line(3, "iPad", "", 0, 30), line(4, "iPad", "", 31, 60)];
        let found: Vec<(usize, usize)> = attendees(&lines).iter().map(|attendee| (attendee.row, attendee.stays.len())).collect();
        assert_eq!(found, [(2, 1), (3, 2)], "the second was started again, the first was there all the time");
    }

    #[test]
    fn a_device_that_comes_back_much_later_may_be_somebody_else() {
        let lines = [line(2, "iPad", "", 0, 10), line(3, "iPad", "", 30, 60)];
        assert_eq!(attendees(&lines).len(), 2);
    }
}
