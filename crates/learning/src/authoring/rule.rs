//! What publishing a version does to the time in which a course counts: the one rule, without a database.

use kernel::Day;
use serde::{Deserialize, Serialize};

use super::version::Effect;

/// What was published for one period of a course: its newest version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The first day of its 公開期間.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// How often those who had completed it were asked to take it again, and once more.
    pub edition: i64,
    /// From which day on it is shown.
    pub starts_on: Day,
}

/// Where a version takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The edition of its period.
    pub edition: i64,
    /// From which day on it is shown.
    pub starts_on: Day,
}

/// Why a version cannot be published in this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotPlaced {
    /// A correction begins when what it corrects does.
    OtherPeriod,
    /// What holds from the next year begins after what there is has ended.
    NotLater,
}

/// Where a version for the period `from` takes its place among what is published.
///
/// 誤りの訂正 and 再受講が必要 take the place of the version of the same period; the second begins an edition, so that what was
/// completed before does not count for it. 次年度から適用 begins a period behind all others.
pub fn place(effect: Effect, from: Day, lines: &[Line], today: Day) -> Result<Place, NotPlaced> {
    let same = lines.iter().find(|line| line.from == from);
    match (effect, same) {
        (Effect::Correction, Some(line)) => Ok(Place { edition: line.edition, starts_on: line.starts_on.max(today) }),
        (Effect::Retake, Some(line)) => Ok(Place { edition: line.edition + 1, starts_on: line.starts_on.max(today) }),
        (Effect::Correction | Effect::Retake, None) => Err(NotPlaced::OtherPeriod),
        (Effect::NextYear | Effect::First, _) => {
            let is_behind = lines.iter().all(|line| line.until < from);
            if is_behind { Ok(Place { edition: 1, starts_on: from }) } else { Err(NotPlaced::NotLater) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Line =
        Line { from: Day::constant(2026, 11, 1), until: Day::constant(2027, 3, 31), edition: 1, starts_on: Day::constant(2026, 11, 1) };
    const TODAY: Day = Day::constant(2026, 12, 1);

    #[test]
    fn a_version_takes_the_place_of_that_of_its_own_period_or_begins_behind_all() {
        let next = Day::constant(2027, 4, 1);
        assert_eq!(place(Effect::Correction, NOW.from, &[NOW], TODAY), Ok(Place { edition: 1, starts_on: TODAY }));
        assert_eq!(place(Effect::Retake, NOW.from, &[NOW], TODAY), Ok(Place { edition: 2, starts_on: TODAY }));
        assert_eq!(place(Effect::NextYear, next, &[NOW], TODAY), Ok(Place { edition: 1, starts_on: next }));
        assert_eq!(place(Effect::NextYear, NOW.from, &[NOW], TODAY), Err(NotPlaced::NotLater));
        assert_eq!(place(Effect::NextYear, NOW.until, &[NOW], TODAY), Err(NotPlaced::NotLater));
        assert_eq!(place(Effect::Retake, next, &[NOW], TODAY), Err(NotPlaced::OtherPeriod));
        let waits = Line { from: next, until: Day::constant(2028, 3, 31), starts_on: next, edition: 1 };
        assert_eq!(place(Effect::Correction, next, &[NOW, waits], TODAY), Ok(Place { edition: 1, starts_on: next }), "it still waits");
    }
}
