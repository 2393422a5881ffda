//! Three lanes, so that no kind of work can starve another.

use kernel::Uuid;

/// Which queue a write stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// A hospital in trouble.
    Incident,
    /// The people who serve.
    Staff,
    /// Everybody.
    Public,
}

impl Lane {
    pub(crate) const ALL: [Self; 3] = [Self::Incident, Self::Staff, Self::Public];

    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Incident => 0,
            Self::Staff => 1,
            Self::Public => 2,
        }
    }
}

/// Who is served next within one batch.
///
/// Incidents come first, but every second turn belongs to staff and public alike, where they wait. So however early a batch
/// ends, it has been fair, and a full one of 100 holds at most 50 incidents and at least 25 of each other lane.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    taken: [usize; 3],
}

impl Shares {
    /// The next lane to serve among those where somebody waits.
    pub(crate) fn next(&mut self, waiting: [bool; 3]) -> Option<Lane> {
        let [incidents, staff, public] = self.taken;
        let lane = match waiting {
            [false, false, false] => return None,
            [true, false, false] => Lane::Incident,
            [true, _, _] if incidents <= staff + public => Lane::Incident,
            [_, true, true] if staff <= public => Lane::Staff,
            [_, true, false] => Lane::Staff,
            [_, _, true] => Lane::Public,
        };
        self.taken[lane.index()] += 1;
        Some(lane)
    }
}

/// One row that many writers want at once, such as the session whose door has just opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HotKey {
    table: &'static str,
    row: Uuid,
}

impl HotKey {
    /// The row `row` of `table`.
    pub fn new(table: &'static str, row: impl Into<Uuid>) -> Self {
        Self { table, row: row.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of each lane a batch of `size` serves when so many wait and nobody else comes.
    fn served(mut waiting: [usize; 3], size: usize) -> [usize; 3] {
        let mut shares = Shares::default();
        let mut served = [0; 3];
        for _ in 0..size {
            let Some(lane) = shares.next(waiting.map(|n| n > 0)) else { break };
            waiting[lane.index()] -= 1;
            served[lane.index()] += 1;
        }
        served
    }

    #[test]
    fn of_a_hundred_half_are_incidents_and_a_quarter_each_of_the_others() {
        assert_eq!(served([500, 500, 500], 100), [50, 25, 25]);
        assert_eq!(served([500, 0, 500], 100), [50, 0, 50]);
        assert_eq!(served([0, 500, 500], 100), [0, 50, 50]);
    }

    #[test]
    fn a_lane_that_is_alone_has_everything() {
        for lane in Lane::ALL {
            let mut waiting = [0; 3];
            waiting[lane.index()] = 500;
            assert_eq!(served(waiting, 100)[lane.index()], 100);
        }
    }

    #[test]
    fn a_few_of_one_lane_are_not_kept_waiting_by_many_of_another() {
        assert_eq!(served([500, 10, 500], 100)[1], 10);
        assert_eq!(served([3, 500, 500], 100)[0], 3);
    }

    #[test]
    fn incidents_come_first_and_a_batch_cut_short_was_fair() {
        assert_eq!(served([9, 9, 9], 1), [1, 0, 0]);
        assert_eq!(served([9, 9, 9], 4), [2, 1, 1]);
        assert_eq!(served([9, 9, 9], 8), [4, 2, 2]);
    }
}
