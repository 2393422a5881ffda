use web::{Posted, Words};

use crate::content::question::{Given, Kind, Question, number};

/// Reads an answer from a form; or what to mend, in words, with what was filled in.
pub(crate) fn read(question: &Question, posted: &Posted, w: Words) -> Result<Given, (Given, String)> {
    match &question.kind {
        Kind::One(choices) => {
            let given = Given(choices.iter().filter(|choice| posted.get("choice") == choice.id).map(|choice| choice.id.clone()).collect());
            if given.0.is_empty() { Err((given, w.t("learning-choose-one"))) } else { Ok(given) }
        }
        Kind::Several(choices) => some(chosen(posted, choices.iter().map(|choice| choice.id.as_str())), w),
        Kind::Scene(scene) => some(chosen(posted, scene.spots.iter().map(|spot| spot.id.as_str())), w),
        Kind::Order(steps) => {
            let mut placed: Vec<(usize, &str)> = steps
                .iter()
                .filter_map(|step| Some((posted.get(&format!("step-{}", step.id)).parse::<usize>().ok()?, step.id.as_str())))
                .collect();
            placed.sort_unstable();
            let is_once = placed.iter().map(|(place, _)| *place).eq(1..=steps.len());
            // Where one place is given twice, the ids alone would not say which.
            let given = Given(placed.iter().map(|(_, id)| (*id).to_owned()).collect());
            match () {
                () if placed.len() < steps.len() => Err((Given::default(), w.t("learning-order-all"))),
                () if !is_once => Err((Given::default(), w.t("learning-order-twice"))),
                () => Ok(given),
            }
        }
        Kind::Match(pairs) => {
            let known = |id: &str| pairs.iter().any(|pair| pair.id == id);
            let given: Vec<String> = pairs.iter().map(|pair| posted.get(&format!("pair-{}", pair.id)).to_owned()).collect();
            if given.iter().all(|id| known(id)) { Ok(Given(given)) } else { Err((Given(given), w.t("learning-match-all"))) }
        }
        Kind::Fill(_) => {
            let typed: String = posted.get("typed").trim().chars().take(100).collect();
            if typed.is_empty() { Err((Given::default(), w.t("learning-fill-empty"))) } else { Ok(Given(vec![typed])) }
        }
        Kind::Number { .. } => {
            let typed: String = posted.get("typed").trim().chars().take(40).collect();
            if number(&typed).is_some() { Ok(Given(vec![typed])) } else { Err((Given(vec![typed]), w.t("learning-number-none"))) }
        }
    }
}

/// Those of these ids that were ticked.
pub(super) fn chosen<'i>(posted: &Posted, ids: impl Iterator<Item = &'i str>) -> Given {
    Given(ids.filter(|id| posted.all("choice").any(|chosen| chosen == *id)).map(str::to_owned).collect())
}

fn some(given: Given, w: Words) -> Result<Given, (Given, String)> {
    if given.0.is_empty() { Err((given, w.t("learning-choose-some"))) } else { Ok(given) }
}
