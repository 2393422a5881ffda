//! In what circumstances (xAPI-Data 2.4.6; IEEE 9274.1.1 section 4.2.2.5).

use ::uuid::Uuid;

use crate::activity::{self, Activity};
use crate::actor::{self, Actor};
use crate::check::{At, Checked};
use crate::object;
use crate::refusal::Problem;
use crate::requirement::{self, Requirement};
use crate::{Json, Version, extensions, uuid};

const KEYS_1: &[&str] =
    &["registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement", "extensions"];
const KEYS_2: &[&str] = &[
    "registration",
    "instructor",
    "team",
    "contextActivities",
    "revision",
    "platform",
    "language",
    "statement",
    "extensions",
    "contextAgents",
    "contextGroups",
];

/// How an activity belongs to a statement, as the key of `contextActivities` says.
pub const ACTIVITY_KEYS: &[&str] = &["parent", "grouping", "category", "other"];

/// The circumstances of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a>(pub(crate) &'a Json);

impl<'a> Context<'a> {
    /// The registration that the statement belongs to.
    pub fn registration(self) -> Option<Uuid> {
        uuid::parse(self.0.get("registration")?.as_str()?)
    }

    /// Who taught.
    pub fn instructor(self) -> Option<Actor<'a>> {
        self.0.get("instructor").map(Actor::checked)
    }

    /// With whom.
    pub fn team(self) -> Option<Actor<'a>> {
        self.0.get("team").map(Actor::checked)
    }

    /// The statement that this one belongs to.
    pub fn statement(self) -> Option<Uuid> {
        object::referred(self.0.get("statement")?)
    }

    /// The activities around it, each with its key: `parent`, `grouping`, `category` or `other`.
    pub fn activities(self) -> impl Iterator<Item = (&'static str, Activity<'a>)> {
        ACTIVITY_KEYS.iter().flat_map(move |key| {
            let value = self.0.get("contextActivities").and_then(|map| map.get(key));
            let items = match value {
                Some(Json::Array(items)) => items.as_slice(),
                Some(one) => std::slice::from_ref(one),
                None => &[],
            };
            items.iter().map(move |item| (*key, Activity(item)))
        })
    }

    /// Further agents and groups around it (2.0.0).
    pub fn actors(self) -> impl Iterator<Item = Actor<'a>> {
        [("contextAgents", "agent"), ("contextGroups", "group")].into_iter().flat_map(move |(list, key)| {
            let items = self.0.get(list).and_then(Json::as_array).unwrap_or_default();
            items.iter().filter_map(move |item| item.get(key)).map(Actor::checked)
        })
    }
}

/// `of_activity`: whether the statement's object is an activity, for only then a revision or a platform says something.
pub(crate) fn check(at: At<'_>, of_activity: bool) -> Checked {
    at.with_keys(requirement::TYPE, if at.version == Version::V1_0_3 { KEYS_1 } else { KEYS_2 })?;
    at.may("registration", |id| id.uuid(requirement::REGISTRATION).map(|_| ()))?;
    at.may("instructor", |actor| actor::check(actor, requirement::INSTRUCTOR))?;
    at.may("team", |team| actor::check_only_group(team, requirement::TEAM))?;
    at.may("contextActivities", check_activities)?;
    for (key, text, of) in [
        ("revision", requirement::REVISION, requirement::REVISION_OF_ACTIVITY),
        ("platform", requirement::PLATFORM, requirement::PLATFORM_OF_ACTIVITY),
    ] {
        at.may(key, |value| {
            value.string(text)?;
            if of_activity { Ok(()) } else { Err(value.refuse(of, Problem::Misplaced(key))) }
        })?;
    }
    at.may("language", |tag| tag.language(requirement::LANGUAGE))?;
    at.may("statement", |reference| object::check_reference(reference, requirement::CONTEXT_STATEMENT))?;
    at.may("extensions", |map| extensions::check(map, requirement::CONTEXT_EXTENSIONS))?;
    at.may("contextAgents", |list| {
        check_related(list, requirement::CONTEXT_AGENTS, "contextAgent", requirement::CONTEXT_AGENT_TYPE, "agent", |agent| {
            actor::check_only_agent(agent, requirement::CONTEXT_AGENT)
        })
    })?;
    at.may("contextGroups", |list| {
        check_related(list, requirement::CONTEXT_GROUPS, "contextGroup", requirement::CONTEXT_GROUP_TYPE, "group", |group| {
            actor::check_only_group(group, requirement::CONTEXT_GROUP)
        })
    })
}

fn check_activities(at: At<'_>) -> Checked {
    if at.object(requirement::CONTEXT_ACTIVITIES)?.is_empty() {
        return Err(at.refuse(requirement::CONTEXT_ACTIVITIES_EMPTY, Problem::Empty));
    }
    at.each_key(requirement::CONTEXT_ACTIVITIES, |key, value| {
        if !ACTIVITY_KEYS.contains(&key) {
            return Err(value.refuse(requirement::CONTEXT_ACTIVITY_KEY, Problem::UnknownKey(key.to_owned())));
        }
        match value.json {
            Json::Array(_) => value.each(requirement::CONTEXT_ACTIVITY, check_activity).map(|_| ()),
            _ => check_activity(value),
        }
    })
}

fn check_activity(at: At<'_>) -> Checked {
    at.object(requirement::CONTEXT_ACTIVITY)?;
    if !object::is_activity(at.json) {
        let sent = at.json.get("objectType").map(ToString::to_string).unwrap_or_default();
        let problem = Problem::NotOneOf { sent, allowed: "Activity" };
        return Err(at.key("objectType").unwrap_or(at).refuse(requirement::CONTEXT_ACTIVITY, problem));
    }
    at.may("objectType", |kind| kind.string(requirement::OBJECT_TYPE_STRING).map(|_| ()))?;
    activity::check(at, requirement::CONTEXT_ACTIVITY)
}

/// A list of `{"objectType": …, "agent" or "group": …, "relevantTypes": […]}`.
fn check_related(
    list: At<'_>,
    requirement: Requirement,
    kind: &'static str,
    kind_requirement: Requirement,
    key: &'static str,
    check: impl Fn(At<'_>) -> Checked,
) -> Checked {
    list.each(requirement, |item| {
        item.with_keys(requirement, &["objectType", key, "relevantTypes"])?;
        let object_type = item.need("objectType", kind_requirement)?;
        let sent = object_type.string(kind_requirement)?;
        if sent != kind {
            return Err(object_type.refuse(kind_requirement, Problem::NotOneOf { sent: sent.to_owned(), allowed: kind }));
        }
        check(item.need(key, requirement)?)?;
        item.may("relevantTypes", |types| {
            if types.each(requirement::RELEVANT_TYPES, |iri| iri.iri(requirement::RELEVANT_TYPES))? == 0 {
                return Err(types.refuse(requirement::RELEVANT_TYPES, Problem::Empty));
            }
            Ok(())
        })
    })
    .map(|_| ())
}

/// Every value of `contextActivities` becomes a list, as a store has to return it (xAPI-Data 2.4.6.2.s4.b3).
pub(crate) fn normalize(context: &mut Json) {
    let Json::Object(context) = context else { return };
    let Some(Json::Object(activities)) = context.get_mut("contextActivities") else { return };
    for (_, value) in activities.iter_mut() {
        if let Json::Object(_) = value {
            let one = std::mem::replace(value, Json::Null);
            *value = Json::Array(vec![one]);
        }
    }
}
