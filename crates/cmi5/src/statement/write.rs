//! What the system says itself: Launched, Abandoned, Waived, Satisfied (cmi5 section 9.3).

use serde_json::{Value, json};
use uuid::Uuid;
use xapi::{Statement, Version};

use crate::Reason;
use crate::launch::{Launch, number};
use crate::structure::{Block, Course, Texts, Unit};
use crate::vocabulary as words;

/// Of whom and when the system speaks.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The id of the statement.
    pub id: Uuid,
    /// When it happens.
    pub at: jiff::Timestamp,
    /// The learner: an agent, as JSON.
    pub actor: &'a str,
    /// The registration.
    pub registration: Uuid,
    /// The session; one of its own where none is open.
    pub session: Uuid,
}

/// A unit is launched (section 9.3.1).
pub fn launched(about: &About<'_>, launch: &Launch<'_>) -> Statement {
    let mut extensions = json!({
        words::LAUNCH_MODE: launch.mode.id(),
        words::LAUNCH_URL: launch.url(),
        words::MOVE_ON: launch.unit.move_on.id(),
    });
    if let Some(score) = &launch.unit.mastery_score {
        extensions[words::MASTERY_SCORE] = number(score);
    }
    if let Some(parameters) = &launch.unit.launch_parameters {
        extensions[words::LAUNCH_PARAMETERS] = parameters.as_str().into();
    }
    statement(about, (words::LAUNCHED, "launched"), of_unit(launch.unit, launch.activity), &launch.unit.id, None, extensions)
}

/// A session ends out of order, after so long (section 9.3.6).
pub fn abandoned(about: &About<'_>, (unit, activity): (&Unit, &str), micros: i64) -> Statement {
    let duration = jiff::SignedDuration::from_micros(micros.max(0));
    let result = json!({ "duration": written(duration) });
    statement(about, (words::ABANDONED, "abandoned"), of_unit(unit, activity), &unit.id, Some(result), json!({}))
}

/// A unit counts as done by other means (section 9.3.7).
pub fn waived(about: &About<'_>, (unit, activity): (&Unit, &str), reason: Reason) -> Statement {
    let result = json!({ "success": true, "completion": true, "extensions": { words::REASON: reason.id() } });
    statement(about, (words::WAIVED, "waived"), of_unit(unit, activity), &unit.id, Some(result), json!({}))
}

/// A block is done (section 9.3.9). `activity` is the id that the system gives it.
pub fn satisfied_block(about: &About<'_>, block: &Block, activity: &str) -> Statement {
    let object = activity_of(activity, Some(words::BLOCK), &block.title, &block.description);
    statement(about, (words::SATISFIED, "satisfied"), object, &block.id, None, json!({}))
}

/// The course is done (section 9.3.9). `activity` is the id that the system gives it.
pub fn satisfied_course(about: &About<'_>, course: &Course, activity: &str) -> Statement {
    let object = activity_of(activity, Some(words::COURSE), &course.title, &course.description);
    statement(about, (words::SATISFIED, "satisfied"), object, &course.id, None, json!({}))
}

fn of_unit(unit: &Unit, activity: &str) -> Value {
    activity_of(activity, unit.activity_type.as_deref(), &unit.title, &unit.description)
}

fn activity_of(id: &str, kind: Option<&str>, title: &Texts, description: &Texts) -> Value {
    let mut definition = serde_json::Map::new();
    if let Some(kind) = kind {
        definition.insert("type".to_owned(), kind.into());
    }
    for (key, texts) in [("name", title), ("description", description)] {
        let map = texts.map();
        if !map.is_empty() {
            definition.insert(key.to_owned(), map.into());
        }
    }
    json!({ "objectType": "Activity", "id": id, "definition": definition })
}

fn statement(
    about: &About<'_>,
    (verb, name): (&str, &str),
    object: Value,
    publisher: &str,
    result: Option<Value>,
    mut extensions: Value,
) -> Statement {
    extensions[words::SESSION_ID] = json!(about.session);
    let mut category = vec![json!({ "objectType": "Activity", "id": words::CATEGORY })];
    if result.as_ref().is_some_and(|result| result.get("success").is_some() || result.get("completion").is_some()) {
        category.push(json!({ "objectType": "Activity", "id": words::CATEGORY_MOVE_ON }));
    }
    let actor: Value = serde_json::from_str(about.actor).unwrap_or_default();
    let mut statement = json!({
        "id": about.id,
        "timestamp": xapi::Timestamp::write(about.at),
        "actor": actor,
        "verb": { "id": verb, "display": { "en": name } },
        "object": object,
        "context": {
            "registration": about.registration,
            "contextActivities": {
                "category": category,
                "grouping": [{ "objectType": "Activity", "id": publisher }],
            },
            "extensions": extensions,
        },
    });
    if let Some(result) = result {
        statement["result"] = result;
    }
    Statement::parse(statement.to_string().as_bytes(), Version::V1_0_3).expect("it is made of a checked course and a checked agent")
}

/// As ISO 8601 writes it, to the hundredth of a second.
fn written(duration: jiff::SignedDuration) -> String {
    let hundredths = duration.as_millis() / 10;
    format!("PT{}.{:02}S", hundredths / 100, hundredths % 100)
}
