//! Verbs (xAPI-Data 2.4.3).

use crate::check::{At, Checked};
use crate::{Json, language_map, requirement};

/// The verb that voids another statement.
pub const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

/// What was done.
#[derive(Clone, Copy, Debug)]
pub struct Verb<'a>(pub(crate) &'a Json);

impl<'a> Verb<'a> {
    /// The IRI, which is all of its meaning.
    pub fn id(self) -> &'a str {
        self.0.get("id").and_then(Json::as_str).expect("a verb was checked to have an id")
    }

    /// What it is called, by language.
    pub fn display(self) -> Option<&'a Json> {
        self.0.get("display")
    }
}

pub(crate) fn check(at: At<'_>) -> Checked {
    at.with_keys(requirement::TYPE, &["id", "display"])?;
    at.need("id", requirement::VERB_ID)?.iri(requirement::VERB_ID)?;
    at.may("display", |display| language_map::check(display, requirement::VERB_DISPLAY))
}
