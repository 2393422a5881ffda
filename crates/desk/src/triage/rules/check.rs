//! What is checked when the rules are read: every combination has exactly one, every word is there.

use std::collections::BTreeSet;

use super::{FILE, QUESTIONS, Rule, Rules};
use crate::cases::{Backup, CareImpact, DataExit, Path, Product, Spread};
use crate::contents::{self, ContentFault};
use crate::triage::grade::{Stage, Urgency};

impl Rules {
    pub(super) fn check_words(&self, text: &str) -> Result<(), ContentFault> {
        let fault = |id: &str, what: String| contents::fault(FILE, text, id, what);
        let axes = [
            ("spread", ids(Spread::ANSWERS, Spread::id)),
            ("backup", ids(Backup::ANSWERS, Backup::id)),
            ("product", ids(Product::ANSWERS, Product::id)),
            ("care_impact", ids(CareImpact::ANSWERS, CareImpact::id)),
            ("data_exit", ids(DataExit::ANSWERS, DataExit::id)),
            ("path", ids(Path::ANSWERS, Path::id)),
        ];
        for (name, answers) in axes {
            let written =
                self.axes.get(name).map_or_else(BTreeSet::new, |axis| axis.values.iter().map(|value| value.id.as_str()).collect());
            if written != answers {
                return Err(fault(name, format!("the answers of {name} are {}", Vec::from_iter(answers).join(", "))));
            }
        }
        match Stage::ALL.into_iter().find(|stage| !self.stages.iter().any(|words| words.id == *stage)) {
            Some(stage) => Err(fault("stage", format!("stage {} has no words", stage.number()))),
            None => Ok(()),
        }
    }

    /// Every combination has exactly one rule.
    pub(super) fn check_rules(&self, text: &str) -> Result<(), ContentFault> {
        for spread in Spread::ANSWERS {
            for backup in Backup::ANSWERS {
                for product in Product::ANSWERS {
                    let met: Vec<&Rule> = self.all.iter().filter(|rule| rule.covers(*spread, *backup, *product)).collect();
                    let combination = format!("spread {}, backup {}, product {}", spread.id(), backup.id(), product.id());
                    match met.as_slice() {
                        [_] => {}
                        [] => return Err(contents::fault(FILE, text, "", format!("no rule for {combination}"))),
                        [first, second, ..] => {
                            return Err(contents::fault(FILE, text, &second.id, format!("meets {} in {combination}", first.id)));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn check_urgencies(&self, stages: &str, questions: &str) -> Result<(), ContentFault> {
        let fault = |id: &str, what: String| contents::fault(FILE, stages, id, what);
        for care in CareImpact::ANSWERS {
            let met = self.urgencies.iter().filter(|urgency| urgency.care_impact.contains(care)).count();
            if met != 1 {
                return Err(fault("highest", format!("care impact {} has {met} urgencies", care.id())));
            }
        }
        if let Some(rank) = Urgency::ALL.into_iter().find(|rank| !self.urgencies.iter().any(|urgency| urgency.rank == *rank)) {
            return Err(fault("highest", format!("urgency {} has no words", rank.rank())));
        }
        let floors = self.floors.iter().map(|floor| (FILE, stages, floor.urgency.as_str()));
        let of_events = self.events.iter().filter_map(|event| Some((QUESTIONS, questions, event.floor.as_deref()?)));
        for (file, text, id) in floors.chain(of_events) {
            if self.urgency_of(id).is_none() {
                return Err(contents::fault(file, text, id, format!("{id} is no urgency")));
            }
        }
        for id in &self.applies.events {
            if !self.event(id).is_some_and(|event| event.malware) {
                return Err(fault(id, format!("{id} is no malware of {QUESTIONS}")));
            }
        }
        match self.events.iter().find(|event| event.malware && !self.applies.events.contains(&event.id)) {
            Some(event) => Err(contents::fault(QUESTIONS, questions, &event.id, format!("{} has no stage in {FILE}", event.id))),
            None => Ok(()),
        }
    }
}

fn ids<T: Copy>(values: &[T], id: fn(T) -> &'static str) -> BTreeSet<&'static str> {
    values.iter().map(|value| id(*value)).collect()
}
