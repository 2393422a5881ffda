//! Learning time, as it is stated in the record.

use kernel::Timestamp;

/// No step counts longer than this: whoever leaves a page open is not learning.
pub const LONGEST_STEP: i64 = 180;

/// How many seconds a step counts: from when its page was shown, or from the step before on whatever device, until it was done.
///
/// `focus` is how long the page was before somebody's eyes, where its script could tell.
pub fn counted(shown: Option<Timestamp>, before: Timestamp, focus: Option<i64>, now: Timestamp) -> i64 {
    let since = shown.map_or(before, |shown| shown.max(before));
    let seconds = now.since(since).as_seconds().clamp(0, LONGEST_STEP);
    focus.map_or(seconds, |focus| seconds.min(focus.max(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Span;

    #[test]
    fn gaps_are_cut_and_nothing_counts_twice() {
        let at = |seconds: i64| Timestamp::from_micros(0).plus(Span::seconds(seconds));
        assert_eq!(counted(Some(at(10)), at(0), None, at(50)), 40);
        assert_eq!(counted(Some(at(10)), at(0), None, at(5_000)), LONGEST_STEP, "a page left open");
        assert_eq!(counted(Some(at(10)), at(50), None, at(50)), 0, "the same form once more");
        assert_eq!(counted(Some(at(10)), at(40), None, at(50)), 10, "two devices at once");
        assert_eq!(counted(None, at(0), None, at(20)), 20);
        assert_eq!(counted(Some(at(0)), at(0), Some(15), at(60)), 15, "the page lay behind another");
        assert_eq!(counted(Some(at(0)), at(0), Some(900), at(60)), 60, "nobody gains time");
        assert_eq!(counted(Some(at(90)), at(0), Some(-5), at(60)), 0);
    }
}
