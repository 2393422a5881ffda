//! In which form a statement is returned (xAPI-Communication 2.1.3.s1, the parameter `format`).

use crate::context::ACTIVITY_KEYS;
use crate::json::Object;
use crate::refusal::{Problem, Refusal};
use crate::{Json, Languages, actor, language_map, object, requirement};

/// The values of the parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// As it was stored.
    #[default]
    Exact,
    /// Agents, activities and verbs by their identifiers alone.
    Ids,
    /// Activities and verbs as the store knows them, in one language.
    Canonical,
}

/// What a store knows of activities and verbs.
pub trait Known {
    /// The definition of an activity, merged from all statements.
    fn definition(&self, activity: &str) -> Option<Object>;
    /// The display of a verb, by language.
    fn display(&self, verb: &str) -> Option<Object>;
}

/// Knows nothing, so that statements keep what they say themselves.
#[derive(Clone, Copy, Debug)]
pub struct NothingKnown;

impl Known for NothingKnown {
    fn definition(&self, _: &str) -> Option<Object> {
        None
    }

    fn display(&self, _: &str) -> Option<Object> {
        None
    }
}

impl Format {
    /// Reads the parameter, to the letter (XAPI-00012).
    pub fn of_parameter(value: &str) -> Result<Self, Refusal> {
        match value {
            "exact" => Ok(Self::Exact),
            "ids" => Ok(Self::Ids),
            "canonical" => Ok(Self::Canonical),
            _ => {
                let problem = Problem::NotOneOf { sent: value.to_owned(), allowed: "exact, ids and canonical" };
                Err(Refusal { requirement: requirement::FORMAT, path: String::new(), problem })
            }
        }
    }

    /// Brings a stored statement into this form.
    pub fn apply(self, statement: &mut Json, known: &impl Known, languages: &Languages) {
        match self {
            Self::Exact => {}
            Self::Ids => visit(statement, &mut ids),
            Self::Canonical => visit(statement, &mut |part, json| canonical(part, json, known, languages)),
        }
    }
}

/// What stands at a place of a statement.
#[derive(Clone, Copy)]
enum Part {
    Actor,
    Verb,
    Activity,
}

/// Shows every actor, verb and activity of a statement and of one within it.
fn visit(statement: &mut Json, change: &mut impl FnMut(Part, &mut Json)) {
    let Json::Object(statement) = statement else { return };
    for (key, value) in statement.iter_mut() {
        match key {
            "actor" | "authority" => change(Part::Actor, value),
            "verb" => change(Part::Verb, value),
            "object" => visit_object(value, change),
            "context" => visit_context(value, change),
            _ => {}
        }
    }
}

fn visit_object(json: &mut Json, change: &mut impl FnMut(Part, &mut Json)) {
    if object::is_activity(json) {
        return change(Part::Activity, json);
    }
    match json.get("objectType").and_then(Json::as_str) {
        Some("SubStatement") => visit(json, change),
        Some("StatementRef") => {}
        _ => change(Part::Actor, json),
    }
}

fn visit_context(json: &mut Json, change: &mut impl FnMut(Part, &mut Json)) {
    let Json::Object(context) = json else { return };
    for (key, value) in context.iter_mut() {
        match (key, value) {
            ("instructor" | "team", actor) => change(Part::Actor, actor),
            ("contextActivities", Json::Object(map)) => {
                for (_, activities) in map.iter_mut().filter(|(key, _)| ACTIVITY_KEYS.contains(key)) {
                    match activities {
                        Json::Array(items) => {
                            for item in items {
                                change(Part::Activity, item);
                            }
                        }
                        one => change(Part::Activity, one),
                    }
                }
            }
            ("contextAgents" | "contextGroups", Json::Array(items)) => {
                for item in items {
                    let Json::Object(item) = item else { continue };
                    for (_, actor) in item.iter_mut().filter(|(key, _)| matches!(*key, "agent" | "group")) {
                        change(Part::Actor, actor);
                    }
                }
            }
            _ => {}
        }
    }
}

fn keep(json: &mut Json, keys: &[&str]) {
    if let Json::Object(object) = json {
        *object = std::mem::take(object).into_iter().filter(|(key, _)| keys.contains(&key.as_str())).collect();
    }
}

fn ids(part: Part, json: &mut Json) {
    match part {
        Part::Verb => keep(json, &["id"]),
        Part::Activity => keep(json, &["objectType", "id"]),
        Part::Actor => {
            let identified = crate::Ifi::of(json).is_some();
            // An anonymous group is told by its members alone; those of an identified one are not part of its identity.
            let keys: &[&str] = if actor::is_group(json) && !identified {
                &["objectType", "member"]
            } else {
                &["objectType", "mbox", "mbox_sha1sum", "openid", "account"]
            };
            keep(json, keys);
            if let Json::Object(group) = json
                && let Some(Json::Array(members)) = group.get_mut("member")
            {
                for member in members {
                    ids(Part::Actor, member);
                }
            }
        }
    }
}

fn canonical(part: Part, json: &mut Json, known: &impl Known, languages: &Languages) {
    let Some(id) = json.get("id").and_then(Json::as_str).map(ToOwned::to_owned) else { return };
    let Json::Object(object) = json else { return };
    match part {
        Part::Actor => {}
        Part::Verb => {
            if let Some(display) = known.display(&id) {
                object.insert("display", display);
            }
            if let Some(display) = object.get_mut("display") {
                language_map::keep_one(display, languages);
            }
        }
        Part::Activity => {
            if let Some(definition) = known.definition(&id) {
                object.insert("definition", definition);
            }
            if let Some(Json::Object(definition)) = object.get_mut("definition") {
                in_one_language(definition, languages);
            }
        }
    }
}

/// Leaves one language in the texts of a definition and of its components.
fn in_one_language(definition: &mut Object, languages: &Languages) {
    for (key, value) in definition.iter_mut() {
        match (key, value) {
            ("name" | "description", texts) => language_map::keep_one(texts, languages),
            ("choices" | "scale" | "source" | "target" | "steps", Json::Array(components)) => {
                for component in components {
                    if let Json::Object(component) = component
                        && let Some(texts) = component.get_mut("description")
                    {
                        language_map::keep_one(texts, languages);
                    }
                }
            }
            _ => {}
        }
    }
}
