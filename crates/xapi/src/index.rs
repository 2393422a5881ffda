//! What a store keeps beside a statement to find it again (xAPI-Communication 2.1.3: the filters of GET).

use ::uuid::Uuid;

use crate::{Actor, Context, Json, Statement, StatementObject};

/// All that the filters of a store ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Agents and identified groups, each once for each role.
    pub agents: Vec<AgentEntry>,
    /// Activities, each once for each role.
    pub activities: Vec<ActivityEntry>,
    /// The IRI of the verb.
    pub verb: String,
    /// The registration.
    pub registration: Option<Uuid>,
    /// The statement that is the object; what is found by a filter brings those that refer to it with it.
    pub refers_to: Option<Uuid>,
    /// The statement that this one voids.
    pub voids: Option<Uuid>,
    /// When it happened.
    pub timestamp: Option<jiff::Timestamp>,
}

/// An agent that a statement is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgentEntry {
    /// The key of its identifier: [`crate::Ifi::key`].
    pub key: String,
    /// Where it stands.
    pub role: AgentRole,
    /// Whether it stands in a statement within the statement.
    pub within: bool,
}

/// Where an agent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgentRole {
    /// Who did it.
    Actor,
    /// To whom it was done.
    Object,
    /// Who vouches for the statement.
    Authority,
    /// Who taught.
    Instructor,
    /// With whom it was done.
    Team,
    /// Named around it (2.0.0: `contextAgents`, `contextGroups`).
    Context,
}

/// An activity that a statement is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActivityEntry {
    /// Its IRI.
    pub id: String,
    /// Where it stands.
    pub role: ActivityRole,
    /// Whether it stands in a statement within the statement.
    pub within: bool,
}

/// Where an activity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityRole {
    /// What was worked with.
    Object,
    /// What that is a part of.
    Parent,
    /// What that belongs to.
    Grouping,
    /// What kind it is of, such as a profile.
    Category,
    /// Something else around it.
    Other,
}

impl AgentEntry {
    /// Whether the filter `agent` finds the statement by this, without `related_agents`.
    pub fn is_direct(&self) -> bool {
        !self.within && matches!(self.role, AgentRole::Actor | AgentRole::Object)
    }
}

impl ActivityEntry {
    /// Whether the filter `activity` finds the statement by this, without `related_activities`.
    pub fn is_direct(&self) -> bool {
        !self.within && self.role == ActivityRole::Object
    }
}

impl Index {
    /// What the statement is found by.
    pub fn of(statement: &Statement) -> Self {
        let mut index = Self {
            agents: Vec::new(),
            activities: Vec::new(),
            verb: statement.verb().id().to_owned(),
            registration: statement.context().and_then(Context::registration),
            refers_to: None,
            voids: statement.voids(),
            timestamp: statement.timestamp().map(crate::Timestamp::instant),
        };
        index.actor(statement.actor(), AgentRole::Actor, false);
        if let Some(authority) = statement.authority() {
            index.actor(authority, AgentRole::Authority, false);
        }
        if let Some(context) = statement.context() {
            index.context(context, false);
        }
        match statement.object() {
            StatementObject::StatementRef(id) => index.refers_to = Some(id),
            StatementObject::SubStatement(sub) => {
                index.actor(sub.actor(), AgentRole::Actor, true);
                index.object(sub.object(), true);
                if let Some(context) = sub.context() {
                    index.context(context, true);
                }
            }
            other => index.object(other, false),
        }
        index.agents.sort();
        index.agents.dedup();
        index.activities.sort();
        index.activities.dedup();
        index
    }

    fn object(&mut self, object: StatementObject<'_>, within: bool) {
        match object {
            StatementObject::Activity(activity) => self.activity(activity.id(), ActivityRole::Object, within),
            StatementObject::Actor(actor) => self.actor(actor, AgentRole::Object, within),
            // A reference inside a substatement is a plan about a statement, not one that takes part in what is found.
            StatementObject::StatementRef(_) | StatementObject::SubStatement(_) => {}
        }
    }

    fn context(&mut self, context: Context<'_>, within: bool) {
        for (role, actor) in [(AgentRole::Instructor, context.instructor()), (AgentRole::Team, context.team())] {
            if let Some(actor) = actor {
                self.actor(actor, role, within);
            }
        }
        for actor in context.actors() {
            self.actor(actor, AgentRole::Context, within);
        }
        for (key, activity) in context.activities() {
            let role = match key {
                "parent" => ActivityRole::Parent,
                "grouping" => ActivityRole::Grouping,
                "category" => ActivityRole::Category,
                _ => ActivityRole::Other,
            };
            self.activity(activity.id(), role, within);
        }
    }

    fn activity(&mut self, id: &str, role: ActivityRole, within: bool) {
        self.activities.push(ActivityEntry { id: id.to_owned(), role, within });
    }

    /// A group is found by itself and by each of its members.
    fn actor(&mut self, actor: Actor<'_>, role: AgentRole, within: bool) {
        let keys = actor.ifi().into_iter().chain(actor.members().filter_map(crate::Agent::ifi));
        self.agents.extend(keys.map(|ifi| AgentEntry { key: ifi.key(), role, within }));
    }
}

/// The activities with definitions that a statement speaks of, for [`crate::merge_definition`].
pub fn definitions(statement: &Statement) -> impl Iterator<Item = (&str, &crate::json::Object)> {
    let (object, context) = match statement.object() {
        StatementObject::SubStatement(sub) => (sub.object(), sub.context()),
        object => (object, None),
    };
    let object = match object {
        StatementObject::Activity(activity) => Some(activity),
        _ => None,
    };
    let around = statement.context().into_iter().chain(context).flat_map(Context::activities).map(|(_, activity)| activity);
    object.into_iter().chain(around).filter_map(|activity| Some((activity.id(), activity.definition()?)))
}

/// The verbs with a display that a statement speaks of: its own, and that of a statement within it.
pub fn displays(statement: &Statement) -> impl Iterator<Item = (&str, &crate::json::Object)> {
    let within = match statement.object() {
        StatementObject::SubStatement(sub) => Some(sub.verb()),
        _ => None,
    };
    let verbs = std::iter::once(statement.verb()).chain(within);
    verbs.filter_map(|verb| Some((verb.id(), verb.display().and_then(Json::as_object)?)))
}
