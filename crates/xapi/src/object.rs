//! What a statement is about (xAPI-Data 2.4.4).

use ::uuid::Uuid;

use crate::activity::{self, Activity};
use crate::actor::{self, Actor};
use crate::check::{At, Checked};
use crate::refusal::Problem;
use crate::requirement::{self, Requirement};
use crate::statement::{self, SubStatement};
use crate::{Json, uuid};

/// The object of a statement.
#[derive(Clone, Copy, Debug)]
pub enum StatementObject<'a> {
    /// Something that one works with.
    Activity(Activity<'a>),
    /// Somebody, or a group.
    Actor(Actor<'a>),
    /// Another statement, by its id.
    StatementRef(Uuid),
    /// A statement that is not made by itself, such as a plan.
    SubStatement(SubStatement<'a>),
}

impl<'a> StatementObject<'a> {
    /// The object is part of something that was checked.
    pub(crate) fn checked(json: &'a Json) -> Self {
        match json.get("objectType").and_then(Json::as_str) {
            Some("Agent" | "Group") => Self::Actor(Actor::checked(json)),
            Some("StatementRef") => Self::StatementRef(referred(json).expect("a reference was checked to have an id")),
            Some("SubStatement") => Self::SubStatement(SubStatement(json)),
            _ => Self::Activity(Activity(json)),
        }
    }
}

pub(crate) fn referred(json: &Json) -> Option<Uuid> {
    uuid::parse(json.get("id")?.as_str()?)
}

pub(crate) fn is_activity(json: &Json) -> bool {
    matches!(json.get("objectType").and_then(Json::as_str), None | Some("Activity"))
}

/// The object of a statement, or, with `within`, of a substatement.
pub(crate) fn check(at: At<'_>, within: bool) -> Checked {
    at.object(requirement::TYPE)?;
    let kind = match at.key("objectType") {
        Some(kind) => kind.string(requirement::OBJECT_TYPE_STRING)?.to_owned(),
        None => "Activity".to_owned(),
    };
    match kind.as_str() {
        "Activity" => activity::check(at, requirement::OBJECT_TYPE),
        "Agent" | "Group" => actor::check(at, requirement::OBJECT_TYPE),
        "StatementRef" => check_reference(at, requirement::REFERENCE_ID),
        "SubStatement" if within => Err(at.refuse(requirement::SUB_NESTED, Problem::Nested("a substatement"))),
        "SubStatement" => statement::check_sub(at),
        other => {
            let allowed = "Activity, Agent, Group, StatementRef and SubStatement";
            let problem = Problem::NotOneOf { sent: other.to_owned(), allowed };
            Err(at.key("objectType").unwrap_or(at).refuse(requirement::OBJECT_TYPE, problem))
        }
    }
}

/// A reference to a statement: as an object, or in a context.
pub(crate) fn check_reference(at: At<'_>, requirement: Requirement) -> Checked {
    at.with_keys(requirement, &["objectType", "id"])?;
    let kind = at.need("objectType", requirement::REFERENCE_TYPE)?;
    let sent = kind.string(requirement::REFERENCE_TYPE)?;
    if sent != "StatementRef" {
        return Err(kind.refuse(requirement::REFERENCE_TYPE, Problem::NotOneOf { sent: sent.to_owned(), allowed: "StatementRef" }));
    }
    at.need("id", requirement::REFERENCE_ID)?.uuid(requirement::REFERENCE_ID).map(|_| ())
}
