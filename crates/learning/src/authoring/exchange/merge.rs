use serde::{Deserialize, Serialize};
use std::collections::HashMap;

use crate::content::file::QuestionFile;

/// What became of the questions of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// So many are new.
    pub new: usize,
    /// So many took the place of one with their id.
    pub changed: usize,
    /// So many were there already.
    pub same: usize,
}

/// Puts questions among those that are there: one with an id that is there takes its place, the others come behind.
pub fn merge(there: &mut Vec<QuestionFile>, coming: Vec<QuestionFile>) -> Counts {
    let mut places: HashMap<String, usize> = there.iter().enumerate().map(|(place, question)| (question.id().clone(), place)).collect();
    let mut counts = Counts::default();
    for question in coming {
        match places.get(question.id()) {
            Some(place) if there[*place] == question => counts.same += 1,
            Some(place) => {
                there[*place] = question;
                counts.changed += 1;
            }
            None => {
                places.insert(question.id().clone(), there.len());
                there.push(question);
                counts.new += 1;
            }
        }
    }
    counts
}
