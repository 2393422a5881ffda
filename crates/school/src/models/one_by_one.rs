//! One act after the other: the model foretells every answer, every place and every mail.

use both_engines::both_engines;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestError, TestRunner};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::act::{Act, Beginning, Deed, beginnings, deed};
use super::model::Model;
use super::seed;
use super::stage::Stage;

/// Acts in a sequence.
const ACTS: usize = 30;

async fn goes_as_foretold(stage: &Stage, beginnings: &[Beginning], deeds: &[Deed]) -> Result<(), TestCaseError> {
    let mut play = stage.begin(beginnings).await;
    let mut model = Model::new(beginnings, stage.clock.now());
    let mut sequences = Vec::new();
    // What was left for later is done at the end.
    let end = [Deed::ClockOn(10), Deed::Jobs];
    for (step, deed) in deeds.iter().chain(&end).enumerate() {
        let act = deed.among(&model.around());
        let foretold = model.act(&act);
        let answer = play.act(&act).await;
        prop_assert_eq!(&answer, &foretold, "the answer to step {}: {:?}", step, act);
        if matches!(act, Act::Clock(_)) {
            continue;
        }
        let (ledger, limits, shown) = play.ledger().await;
        prop_assert_eq!(&ledger, &model.ledger(), "after step {}: {:?}", step, act);
        let sound = ledger.is_sound(&limits).and_then(|()| ledger.rises(&shown, &mut sequences));
        sound.map_err(|why| TestCaseError::fail(format!("after step {step}, {act:?}: {why}")))?;
    }
    Ok(())
}

fn many(stage: &Stage, sequences: u32) {
    let seed = seed();
    let config =
        ProptestConfig { cases: sequences, failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..ProptestConfig::default() };
    let sequences = (beginnings(), prop::collection::vec(deed(), ACTS));
    let outcome = block_in_place(|| {
        TestRunner::new(config)
            .run(&sequences, |(beginnings, deeds)| Handle::current().block_on(goes_as_foretold(stage, &beginnings, &deeds)))
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, (beginnings, deeds))) => {
            panic!("PROPTEST_RNG_SEED={seed} finds it again\n{why}\nbegun with {beginnings:#?}\nthe shortest way there: {deeds:#?}")
        }
        Err(other) => panic!("PROPTEST_RNG_SEED={seed}: {other}"),
    }
}

#[both_engines]
async fn whatever_people_do_with_their_applications_goes_as_the_model_foretells(stage: Stage) {
    many(&stage, 300);
}

#[both_engines]
#[ignore = "ten thousand sequences take minutes: ./test long"]
async fn whatever_people_do_ten_thousand_times_goes_as_the_model_foretells(stage: Stage) {
    many(&stage, 10_000);
}
