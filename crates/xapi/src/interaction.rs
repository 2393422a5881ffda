//! Interaction activities: questions as SCORM 2004 knows them (xAPI-Data 2.4.4.1.s8).

use std::collections::HashSet;

use crate::check::{At, Checked};
use crate::refusal::Problem;
use crate::requirement::{self, Requirement};
use crate::{Json, language_map};

const TYPES: &[&str] =
    &["true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric", "other"];

/// The lists of components, what each is asked for by, and the interactions that have it.
const LISTS: &[(&str, Requirement, &[&str])] = &[
    ("choices", requirement::CHOICES, &["choice", "sequencing"]),
    ("scale", requirement::SCALE, &["likert"]),
    ("source", requirement::SOURCE, &["matching"]),
    ("target", requirement::TARGET, &["matching"]),
    ("steps", requirement::STEPS, &["performance"]),
];

/// The keys of a definition that belong to an interaction.
pub(crate) const KEYS: &[&str] = &["interactionType", "correctResponsesPattern", "choices", "scale", "source", "target", "steps"];

/// Checks what belongs to an interaction in a definition.
pub(crate) fn check(definition: At<'_>) -> Checked {
    let Some(interaction) = definition.key("interactionType") else {
        return match KEYS.iter().find(|key| definition.json.get(key).is_some()) {
            Some(_) => Err(definition.refuse(requirement::INTERACTION_TYPE_MISSING, Problem::Missing("interactionType"))),
            None => Ok(()),
        };
    };
    let kind = interaction.string(requirement::INTERACTION_TYPE)?;
    if !TYPES.contains(&kind) {
        let problem = Problem::NotOneOf { sent: kind.to_owned(), allowed: "the ten interaction types" };
        return Err(interaction.refuse(requirement::INTERACTION_TYPE, problem));
    }
    definition.may("correctResponsesPattern", |patterns| {
        patterns.each(requirement::CORRECT_RESPONSES, |pattern| pattern.string(requirement::CORRECT_RESPONSES).map(|_| ())).map(|_| ())
    })?;
    for (list, requirement, kinds) in LISTS {
        definition.may(list, |components| {
            check_components(components, *requirement)?;
            if kinds.contains(&kind) {
                return Ok(());
            }
            Err(components.refuse(*requirement, Problem::OfAnotherInteraction(kind.to_owned())))
        })?;
    }
    Ok(())
}

fn check_components(at: At<'_>, requirement: Requirement) -> Checked {
    let mut ids: HashSet<&str> = HashSet::new();
    at.each(requirement, |component| {
        component.with_keys(requirement::COMPONENT, &["id", "description"])?;
        component.need("id", requirement::COMPONENT_ID)?.string(requirement::COMPONENT_ID)?;
        component.may("description", |text| language_map::check(text, requirement::COMPONENT_DESCRIPTION))
    })?;
    for (n, component) in at.json.as_array().unwrap_or_default().iter().enumerate() {
        let id = component.get("id").and_then(Json::as_str).unwrap_or_default();
        if !ids.insert(id) {
            let there = at.item(n, component);
            return Err(there.refuse(requirement::COMPONENT_ID, Problem::DuplicateId(id.to_owned())));
        }
    }
    Ok(())
}
