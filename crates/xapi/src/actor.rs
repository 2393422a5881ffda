//! Agents and groups (xAPI-Data 2.4.2).

use crate::check::{At, Checked};
use crate::ifi::{self, Ifi};
use crate::refusal::{Problem, Refusal};
use crate::requirement::{self, Requirement};
use crate::{Json, Version};

const AGENT_KEYS: &[&str] = &["objectType", "name", "mbox", "mbox_sha1sum", "openid", "account"];
const GROUP_KEYS: &[&str] = &["objectType", "name", "mbox", "mbox_sha1sum", "openid", "account", "member"];

/// Who did something, or to whom it was done.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// Somebody, or a system.
    Agent(Agent<'a>),
    /// Several together.
    Group(Group<'a>),
}

/// A person or a system.
#[derive(Clone, Copy, Debug)]
pub struct Agent<'a>(&'a Json);

/// A group: identified, or anonymous and told by its members alone.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a>(&'a Json);

impl<'a> Actor<'a> {
    /// Checks the value of a parameter such as `agent` (xAPI-Data 2.2.s4.b4).
    pub fn of(json: &'a Json, version: Version) -> Result<Self, Refusal> {
        check(At::top(json, version), requirement::ACTOR_TYPE)?;
        Ok(Self::checked(json))
    }

    /// The actor is part of something that was checked.
    pub(crate) fn checked(json: &'a Json) -> Self {
        if is_group(json) { Self::Group(Group(json)) } else { Self::Agent(Agent(json)) }
    }

    /// What identifies it; nothing for an anonymous group.
    pub fn ifi(self) -> Option<Ifi<'a>> {
        match self {
            Self::Agent(Agent(json)) | Self::Group(Group(json)) => Ifi::of(json),
        }
    }

    /// Its members; none for an agent.
    pub fn members(self) -> impl Iterator<Item = Agent<'a>> {
        let members = match self {
            Self::Agent(_) => None,
            Self::Group(Group(json)) => json.get("member").and_then(Json::as_array),
        };
        members.unwrap_or_default().iter().map(Agent)
    }

    /// What it is called.
    pub fn name(self) -> Option<&'a str> {
        self.json().get("name")?.as_str()
    }

    /// As it was sent.
    pub const fn json(self) -> &'a Json {
        match self {
            Self::Agent(Agent(json)) | Self::Group(Group(json)) => json,
        }
    }
}

/// The key ([`Ifi::key`]) of the agent or identified group in a parameter, which is JSON (xAPI-Communication 2.1.3.s1).
pub fn agent_key(parameter: &str, version: Version) -> Result<String, Refusal> {
    let json = Json::parse(parameter.as_bytes())?;
    let at = At::top(&json, version);
    check(at, requirement::ACTOR_TYPE)?;
    let key = Ifi::of(&json).map(Ifi::key);
    key.ok_or_else(|| at.refuse(requirement::GROUP_IFI, Problem::Anonymous))
}

impl<'a> Agent<'a> {
    /// What identifies the agent.
    pub fn ifi(self) -> Option<Ifi<'a>> {
        Ifi::of(self.0)
    }

    /// As it was sent.
    pub const fn json(self) -> &'a Json {
        self.0
    }
}

pub(crate) fn is_group(json: &Json) -> bool {
    json.get("objectType").and_then(Json::as_str) == Some("Group")
}

/// An agent or a group. `requirement` is that of the place where it stands.
pub(crate) fn check(at: At<'_>, requirement: Requirement) -> Checked {
    at.object(requirement)?;
    match object_type(at)? {
        None | Some("Agent") => check_agent(at, requirement),
        Some("Group") => check_group(at, requirement),
        Some(other) => {
            let problem = Problem::NotOneOf { sent: other.to_owned(), allowed: "Agent and Group" };
            Err(at.key("objectType").unwrap_or(at).refuse(requirement::ACTOR_TYPE, problem))
        }
    }
}

fn object_type(at: At<'_>) -> Checked<Option<&str>> {
    let Some(json) = at.json.get("objectType") else { return Ok(None) };
    at.below("objectType", json).string(requirement::OBJECT_TYPE_STRING)?;
    Ok(json.as_str())
}

fn check_agent(at: At<'_>, requirement: Requirement) -> Checked {
    if let Some(member) = at.key("member") {
        return Err(member.refuse(requirement::MEMBER_OF_GROUP, Problem::Misplaced("member")));
    }
    at.with_keys(requirement, AGENT_KEYS)?;
    at.may("name", |name| name.string(requirement::ACTOR_NAME).map(|_| ()))?;
    match ifi::check(at)? {
        1 => Ok(()),
        count => Err(at.refuse(requirement::AGENT_IFI, Problem::Identifiers(count))),
    }
}

/// A group, and nothing else: a team, the group of a context group.
pub(crate) fn check_only_group(at: At<'_>, requirement: Requirement) -> Checked {
    at.object(requirement)?;
    if !is_group(at.json) {
        object_type(at)?;
        let sent = at.json.get("objectType").and_then(Json::as_str).unwrap_or("Agent").to_owned();
        return Err(at.key("objectType").unwrap_or(at).refuse(requirement, Problem::NotOneOf { sent, allowed: "Group" }));
    }
    check_group(at, requirement)
}

/// An agent, and nothing else: a member, the agent of a context agent.
pub(crate) fn check_only_agent(at: At<'_>, requirement: Requirement) -> Checked {
    at.object(requirement)?;
    if is_group(at.json) {
        return Err(at.refuse(requirement, Problem::Nested("a group")));
    }
    check(at, requirement)
}

fn check_group(at: At<'_>, requirement: Requirement) -> Checked {
    at.with_keys(requirement, GROUP_KEYS)?;
    at.may("name", |name| name.string(requirement::ACTOR_NAME).map(|_| ()))?;
    let mut members = None;
    at.may("member", |list| {
        members = Some(list.each(requirement::MEMBER, |member| check_only_agent(member, requirement::MEMBER))?);
        Ok(())
    })?;
    match (ifi::check(at)?, members) {
        (1, _) | (0, Some(1..)) => Ok(()),
        (0, None) => Err(at.refuse(requirement::MEMBER_OF_GROUP, Problem::Missing("member"))),
        (0, Some(_)) => Err(at.key("member").unwrap_or(at).refuse(requirement::MEMBER_OF_GROUP, Problem::Empty)),
        (count, _) => Err(at.refuse(requirement::GROUP_IFI, Problem::Identifiers(count))),
    }
}

/// An agent, or an anonymous group of the two of three-legged OAuth (xAPI-Data 2.4.9).
pub(crate) fn check_authority(at: At<'_>) -> Checked {
    check(at, requirement::AUTHORITY)?;
    if !is_group(at.json) {
        return Ok(());
    }
    if Ifi::of(at.json).is_some() {
        return Err(at.refuse(requirement::AUTHORITY_GROUP, Problem::Identifiers(1)));
    }
    match at.json.get("member").and_then(Json::as_array).map(<[Json]>::len) {
        Some(2) => Ok(()),
        _ => Err(at.key("member").unwrap_or(at).refuse(requirement::AUTHORITY_GROUP, Problem::OutOfRange("two agents"))),
    }
}
