//! The verbs of trainings and of the office, in any order, against a plain model in memory.

mod act;
mod at_once;
mod ledger;
mod model;
mod nouns;
mod one_by_one;
mod stage;

pub use stage::programme_with;

/// Where the dice start: `PROPTEST_RNG_SEED`, or anywhere.
pub fn seed() -> u64 {
    match proptest::test_runner::Config::default().rng_seed {
        proptest::test_runner::RngSeed::Fixed(seed) => seed,
        proptest::test_runner::RngSeed::Random => rand::random(),
    }
}
