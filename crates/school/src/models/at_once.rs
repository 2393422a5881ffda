//! Several acts at once, in whatever order the database puts them: nothing is lost, nothing is given twice.

use both_engines::both_engines;
use futures_util::future::join_all;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};

use super::act::{Act, Deed, beginnings, deed};
use super::seed;
use super::stage::{Play, Stage};

/// Rounds of a sequence, and deeds of a round.
const ROUNDS: usize = 6;
const AT_ONCE: usize = 8;

async fn crowd(stage: &Stage, sequences: usize) {
    let seed = seed();
    let mut dice = TestRunner::new(ProptestConfig { rng_seed: RngSeed::Fixed(seed), ..ProptestConfig::default() });
    let rounds = prop::collection::vec(prop::collection::vec(deed(), AT_ONCE), ROUNDS);
    for sequence in 0..sequences {
        let (beginnings, rounds) = (beginnings(), &rounds).new_tree(&mut dice).expect("they can be drawn").current();
        let mut play = stage.begin(&beginnings).await;
        let mut sequences = Vec::new();
        for round in rounds.into_iter().chain([vec![Deed::ClockOn(10)], vec![Deed::Jobs]]) {
            let acts = all_at_once(&mut play, &round).await;
            let (ledger, limits, shown) = play.ledger().await;
            let sound = ledger.is_sound(&limits).and_then(|()| ledger.rises(&shown, &mut sequences));
            if let Err(why) = sound {
                panic!("PROPTEST_RNG_SEED={seed}, sequence {sequence}: {why}\nafter {acts:#?}\nbegun with {beginnings:#?}\n{ledger:#?}");
            }
            assert_eq!(ledger.applications.len(), play.applications.len(), "whoever was answered has an application");
        }
    }
}

/// Sets the clock, then does all the rest at once.
async fn all_at_once(play: &mut Play<'_>, round: &[Deed]) -> Vec<Act> {
    let known = play.around().requests;
    let mut acts = Vec::new();
    for deed in round {
        match deed.among(&play.around()) {
            // Whoever misuses the key of a form before the form itself arrives owns it: a browser's form has been sent first.
            Act::Misuse(form, _) if form >= known => {}
            act @ Act::Clock(_) => _ = play.act(&act).await,
            act => {
                play.prepare(&act);
                acts.push(act);
            }
        }
    }
    let answers = join_all(acts.iter().map(|act| play.done(act))).await;
    for answer in answers {
        play.understood(answer.expect("the database answers"));
    }
    acts
}

#[both_engines]
async fn whatever_people_do_at_once_nobody_is_lost_and_nothing_is_given_twice(stage: Stage) {
    crowd(&stage, 60).await;
}

#[both_engines]
#[ignore = "many rounds take minutes: ./test long"]
async fn whatever_people_do_at_once_in_many_rounds_nobody_is_lost_and_nothing_is_given_twice(stage: Stage) {
    crowd(&stage, 2_000).await;
}
