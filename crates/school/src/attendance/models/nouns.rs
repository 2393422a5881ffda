use kernel::Span;
use proptest::prelude::*;

use super::{AROUND, LENGTH, counted, held, minute};
use crate::attendance::minutes::Presence;
use crate::attendance::rule::{Rule, Unit};
use crate::attendance::verdict::{Evidence, Facts, Mark, Status, Verdict};

/// Something that happens to what is known of one person.
#[derive(Clone, Debug)]
enum Event {
    Stay(i64, i64),
    Total(i64),
    Proof,
    Mark(bool),
    Unmark,
    Question(bool),
    Rule(bool, i64, bool),
    Close,
    Reopen,
    Recording,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (-AROUND..LENGTH + AROUND, 0..40_i64).prop_map(|(from, length)| Event::Stay(from, (from + length).min(LENGTH + AROUND))),
        1 => (0..100_i64).prop_map(Event::Total),
        1 => Just(Event::Proof),
        2 => any::<bool>().prop_map(Event::Mark),
        2 => Just(Event::Unmark),
        1 => any::<bool>().prop_map(Event::Question),
        1 => (any::<bool>(), 1..100_i64, any::<bool>()).prop_map(|(percent, least, proofs)| Event::Rule(percent, least, proofs)),
        2 => Just(Event::Close),
        1 => Just(Event::Reopen),
        1 => Just(Event::Recording),
    ]
}

/// What is known, told plainly.
#[derive(Default)]
struct Plain {
    stays: Vec<(i64, i64)>,
    totals: Vec<i64>,
    proofs: i64,
    marks: Vec<bool>,
    questioned: bool,
    closed: bool,
    last: Option<Verdict>,
}

impl Plain {
    fn said(&self, percent: bool, least: i64, proofs: bool) -> (Verdict, Option<Evidence>) {
        let minutes = counted(&self.stays, &self.totals);
        let enough = if percent { minutes * 100 >= LENGTH * least } else { minutes >= least.min(LENGTH) };
        match self.marks.last() {
            Some(true) => (Verdict::Present, Some(Evidence::Hand)),
            Some(false) => (Verdict::Absent, Some(Evidence::Hand)),
            None if enough => (Verdict::Present, Some(Evidence::Minutes)),
            None if proofs && self.proofs > 1 => (Verdict::Present, Some(Evidence::Proofs)),
            None if self.questioned => (Verdict::Review, None),
            None => (Verdict::Absent, None),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_becomes_known_the_verdict_is_the_models(events in prop::collection::vec(event(), 1..20)) {
        let (mut plain, mut rule) = (Plain::default(), Rule::default());
        let (mut presence, mut facts) = (Presence::default(), Facts::default());
        for event in events {
            match event {
                Event::Stay(from, until) => {
                    plain.stays.push((from, until));
                    presence.stays.push((minute(from), minute(until)));
                }
                Event::Total(minutes) => {
                    plain.totals.push(minutes);
                    presence.totals.push(Span::minutes(minutes));
                }
                Event::Proof => plain.proofs += 1,
                Event::Mark(is_present) => plain.marks.push(is_present),
                Event::Unmark => _ = plain.marks.pop(),
                Event::Question(is) => plain.questioned = is,
                Event::Rule(percent, least, two_proofs) => {
                    rule = Rule { unit: if percent { Unit::Percent } else { Unit::Minutes }, least, two_proofs };
                }
                Event::Close => plain.closed = true,
                Event::Reopen => plain.closed = false,
                Event::Recording => plain.last = Some(Verdict::Archive),
            }
            facts.seconds = presence.seconds(held());
            facts.proofs = plain.proofs;
            facts.mark = plain.marks.last().map(|is_present| if *is_present { Mark::Present } else { Mark::Absent });
            facts.is_questioned = plain.questioned;
            prop_assert_eq!(facts.minutes(), counted(&plain.stays, &plain.totals));
            let said = facts.verdict(rule, held());
            prop_assert_eq!(said, plain.said(rule.unit == Unit::Percent, rule.least, rule.two_proofs));
            let verdict = if plain.last == Some(Verdict::Archive) { Verdict::Archive } else { said.0 };
            let expected = match (plain.closed, verdict) {
                (_, Verdict::Archive) => Status::Decided(Verdict::Archive),
                (true, verdict) => Status::Decided(verdict),
                (false, _) => Status::Undecided,
            };
            prop_assert_eq!(Status::of(Some(verdict), plain.closed), expected);
        }
    }
}
