use proptest::prelude::*;
use proptest::sample::Index;

use super::{AROUND, LENGTH};

/// Applicants of a sequence. The last two have one name and one workplace, so that a name means either.
pub const SEATS: usize = 4;

/// Whom a row of a file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// An applicant, by receipt number.
    Applicant(usize),
    /// One of the two who have one name.
    Either,
    /// Nobody who applied.
    Stranger,
}

/// A participant of a file: whom it is about, and from which minute until which.
pub type Participant = (Who, i64, i64);

/// What is done, as it is drawn. What it is done to is chosen among what there is by then.
#[derive(Clone, Debug)]
pub enum Deed {
    Import(Vec<Participant>),
    ImportAgain(Index),
    Withdraw(Index),
    Settle(Index, Option<usize>),
    Reconsider(Index),
    Mark(usize, bool),
    Unmark(Index),
    Stay(usize, i64, i64),
    Prove(usize, usize),
    Rule(bool, i64, bool, bool),
    Close,
    Reopen(bool),
    /// To this minute of the session, or to where it stands if that is over.
    Clock(i64),
}

fn stretch() -> impl Strategy<Value = (i64, i64)> {
    (-AROUND..LENGTH + AROUND, 0..70_i64).prop_map(|(from, length)| (from, (from + length).min(LENGTH + AROUND)))
}

fn participant() -> impl Strategy<Value = Participant> {
    let who = prop_oneof![4 => (0..SEATS).prop_map(Who::Applicant), 2 => Just(Who::Either), 1 => Just(Who::Stranger)];
    (who, stretch()).prop_map(|(who, (from, until))| (who, from, until))
}

pub fn deed() -> impl Strategy<Value = Deed> {
    let which = any::<Index>;
    prop_oneof![
        4 => prop::collection::vec(participant(), 1..4).prop_map(Deed::Import),
        1 => which().prop_map(Deed::ImportAgain),
        1 => which().prop_map(Deed::Withdraw),
        4 => (which(), prop::option::of(0..=SEATS)).prop_map(|(which, whose)| Deed::Settle(which, whose)),
        1 => which().prop_map(Deed::Reconsider),
        3 => (0..=SEATS, any::<bool>()).prop_map(|(who, is_present)| Deed::Mark(who, is_present)),
        2 => which().prop_map(Deed::Unmark),
        3 => (0..=SEATS, stretch()).prop_map(|(who, (from, until))| Deed::Stay(who, from, until)),
        2 => (0..=SEATS, 0..3_usize).prop_map(|(who, proof)| Deed::Prove(who, proof)),
        1 => (any::<bool>(), 0..101_i64, any::<bool>(), any::<bool>()).prop_map(|(unit, least, proofs, why)| Deed::Rule(unit, least, proofs, why)),
        4 => Just(Deed::Close),
        2 => any::<bool>().prop_map(Deed::Reopen),
        4 => prop_oneof![-10..0_i64, 0..LENGTH, Just(LENGTH), Just(LENGTH + 5)].prop_map(Deed::Clock),
    ]
}
