use both_engines::both_engines;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestError, TestRunner};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::act::{Deed, deed};
use super::model::Model;
use super::stage::Stage;
use crate::models::seed;

/// Deeds in a sequence.
const DEEDS: usize = 30;

async fn goes_as_foretold(stage: &Stage, deeds: &[Deed]) -> Result<(), TestCaseError> {
    let mut play = stage.begin().await;
    let mut model = Model::new();
    for (step, deed) in deeds.iter().enumerate() {
        let (attendees, marks) = (model.attendees(), model.marks());
        let foretold = model.act(deed);
        let answer = play.act(deed, attendees, marks).await;
        prop_assert_eq!(answer, foretold, "the answer to step {}: {:?}", step, deed);
        if !matches!(deed, Deed::Clock(_)) {
            prop_assert_eq!(play.ledger().await, model.ledger(), "after step {}: {:?}", step, deed);
        }
    }
    Ok(())
}

fn many(stage: &Stage, sequences: u32) {
    let seed = seed();
    let config =
        ProptestConfig { cases: sequences, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..ProptestConfig::default() };
    let outcome = block_in_place(|| {
        TestRunner::new(config)
            .run(&prop::collection::vec(deed(), DEEDS), |deeds| Handle::current().block_on(goes_as_foretold(stage, &deeds)))
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, deeds)) => {
            panic!("PROPTEST_RNG_SEED={seed} finds it again\n{why}\nthe shortest way there: {deeds:#?}")
        }
        Err(other) => panic!("PROPTEST_RNG_SEED={seed}: {other}"),
    }
}

#[both_engines]
async fn whatever_happens_to_attendance_goes_as_the_model_foretells(stage: Stage) {
    many(&stage, 300);
}

#[both_engines]
#[ignore = "ten thousand sequences take minutes: ./test long"]
async fn whatever_happens_to_attendance_ten_thousand_times_goes_as_the_model_foretells(stage: Stage) {
    many(&stage, 10_000);
}
