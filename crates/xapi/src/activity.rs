//! Activities and their definitions (xAPI-Data 2.4.4.1).

use crate::check::{At, Checked};
use crate::json::Object;
use crate::requirement::{self, Requirement};
use crate::{Json, extensions, interaction, language_map};

const DEFINITION_KEYS: &[&str] = &[
    "name",
    "description",
    "type",
    "moreInfo",
    "extensions",
    "interactionType",
    "correctResponsesPattern",
    "choices",
    "scale",
    "source",
    "target",
    "steps",
];

/// What somebody worked with.
#[derive(Clone, Copy, Debug)]
pub struct Activity<'a>(pub(crate) &'a Json);

impl<'a> Activity<'a> {
    /// The IRI of the activity.
    pub fn id(self) -> &'a str {
        self.0.get("id").and_then(Json::as_str).expect("an activity was checked to have an id")
    }

    /// What the statement says about it.
    pub fn definition(self) -> Option<&'a Object> {
        self.0.get("definition")?.as_object()
    }
}

pub(crate) fn check(at: At<'_>, requirement: Requirement) -> Checked {
    at.with_keys(requirement, &["objectType", "id", "definition"])?;
    at.need("id", requirement::ACTIVITY_ID)?.iri(requirement::ACTIVITY_ID)?;
    at.may("definition", check_definition)
}

fn check_definition(at: At<'_>) -> Checked {
    at.with_keys(requirement::DEFINITION, DEFINITION_KEYS)?;
    at.may("name", |name| language_map::check(name, requirement::DEFINITION_NAME))?;
    at.may("description", |text| language_map::check(text, requirement::DEFINITION_DESCRIPTION))?;
    at.may("type", |iri| iri.iri(requirement::DEFINITION_TYPE))?;
    at.may("moreInfo", |irl| irl.iri(requirement::MORE_INFO))?;
    at.may("extensions", |map| extensions::check(map, requirement::DEFINITION_EXTENSIONS))?;
    interaction::check(at)
}

/// Adds what a later statement says to what was known of an activity: texts are added by language, extensions by key, and
/// everything else is replaced (xAPI-Communication 2.5.s2; XAPI-00254).
///
/// Both are definitions that were checked. Interactions are replaced as a whole: the choices of one with the right answers of
/// another would be a question that nobody asked.
pub fn merge_definition(known: &mut Object, later: &Object) {
    if later.has("interactionType") {
        for key in interaction::KEYS {
            known.remove(key);
        }
    }
    for (key, value) in later.iter() {
        match (key, known.get_mut(key), value) {
            ("name" | "description" | "extensions", Some(Json::Object(there)), Json::Object(new)) => language_map::merge(there, new),
            _ => known.insert(key, value.clone()),
        }
    }
}
