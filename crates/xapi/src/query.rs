//! The parameters of a GET of statements, and which statements they ask for (xAPI-Communication 2.1.3).

use ::uuid::Uuid;
use jiff::Timestamp as Instant;

use crate::actor::agent_key;
use crate::refusal::{Problem, Refusal};
use crate::requirement::{self, Requirement};
use crate::{ActivityEntry, AgentEntry, Format, Index, Timestamp, Version, iri, uuid};

const NAMES: &[&str] = &[
    "statementId",
    "voidedStatementId",
    "agent",
    "verb",
    "activity",
    "registration",
    "related_activities",
    "related_agents",
    "since",
    "until",
    "limit",
    "format",
    "attachments",
    "ascending",
];

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Which statements.
    pub which: Which,
    /// In which form.
    pub format: Format,
    /// Whether with what hangs on them.
    pub attachments: bool,
}

/// Which statements are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one with this id, if it is not voided.
    One(Uuid),
    /// The one with this id, if it is voided.
    Voided(Uuid),
    /// All that suit.
    Many(Filter),
}

/// What statements have to suit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The key of an agent or an identified group.
    pub agent: Option<String>,
    /// Whether that may stand anywhere.
    pub related_agents: bool,
    /// The IRI of a verb.
    pub verb: Option<String>,
    /// The IRI of an activity.
    pub activity: Option<String>,
    /// Whether that may stand anywhere.
    pub related_activities: bool,
    /// A registration.
    pub registration: Option<Uuid>,
    /// Stored after this moment.
    pub since: Option<Instant>,
    /// Stored at this moment or before it.
    pub until: Option<Instant>,
    /// At most so many; 0 for as many as the store gives.
    pub limit: u64,
    /// The first stored first.
    pub ascending: bool,
}

impl Query {
    /// Reads the parameters, decoded. Names are those of the specification to the letter, each once; a parameter that does not
    /// go with another is refused (XAPI-00150, XAPI-00151). A refusal says where by `?` and the name.
    pub fn of_parameters<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>, version: Version) -> Result<Self, Refusal> {
        let mut filter = Filter::default();
        let (mut one, mut voided, mut format, mut attachments) = (None, None, Format::default(), false);
        let mut seen: Vec<&'static str> = Vec::new();
        for (name, value) in parameters {
            let name = known(name)?;
            if seen.contains(&name) {
                return Err(refused(name, requirement::PARAMETER_VALUE, Problem::Repeated(name)));
            }
            seen.push(name);
            match name {
                "statementId" => one = Some(id(name, value)?),
                "voidedStatementId" => voided = Some(id(name, value)?),
                "agent" => filter.agent = Some(agent_key(value, version).map_err(|wrong| within(name, wrong))?),
                "verb" => filter.verb = Some(iri_of(name, value)?),
                "activity" => filter.activity = Some(iri_of(name, value)?),
                "registration" => filter.registration = Some(id(name, value)?),
                "related_activities" => filter.related_activities = flag(name, value)?,
                "related_agents" => filter.related_agents = flag(name, value)?,
                "since" => filter.since = Some(moment(name, value, version)?),
                "until" => filter.until = Some(moment(name, value, version)?),
                "limit" => filter.limit = limit(value)?,
                "format" => format = Format::of_parameter(value).map_err(|wrong| within(name, wrong))?,
                "attachments" => attachments = flag(name, value)?,
                _ => filter.ascending = flag(name, value)?,
            }
        }
        let which = match (one, voided) {
            (Some(id), _) => alone(&seen, "statementId", requirement::ONE_STATEMENT, Which::One(id))?,
            (None, Some(id)) => alone(&seen, "voidedStatementId", requirement::VOIDED_STATEMENT, Which::Voided(id))?,
            (None, None) => Which::Many(filter),
        };
        Ok(Self { which, format, attachments })
    }
}

impl Filter {
    /// Whether a statement suits by itself, if it was stored at this moment. One that does not is still asked for when it refers
    /// to one that does, which only a store can see.
    pub fn suits(&self, index: &Index, stored: Instant) -> bool {
        let agent = |entry: &AgentEntry, key: &str| entry.key == key && (self.related_agents || entry.is_direct());
        let activity = |entry: &ActivityEntry, id: &str| entry.id == id && (self.related_activities || entry.is_direct());
        self.agent.as_deref().is_none_or(|key| index.agents.iter().any(|entry| agent(entry, key)))
            && self.activity.as_deref().is_none_or(|id| index.activities.iter().any(|entry| activity(entry, id)))
            && self.verb.as_deref().is_none_or(|verb| index.verb == verb)
            && self.registration.is_none_or(|registration| index.registration == Some(registration))
            && self.since.is_none_or(|since| stored > since)
            && self.until.is_none_or(|until| stored <= until)
    }
}

fn refused(name: &str, requirement: Requirement, problem: Problem) -> Refusal {
    Refusal { requirement, path: format!("?{name}"), problem }
}

fn within(name: &str, wrong: Refusal) -> Refusal {
    Refusal { path: format!("?{name}{}", wrong.path), ..wrong }
}

fn known(name: &str) -> Result<&'static str, Refusal> {
    if let Some(known) = NAMES.iter().find(|known| **known == name) {
        return Ok(known);
    }
    Err(match NAMES.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        Some(wanted) => refused(name, requirement::PARAMETER_CASE, Problem::KeyCase { sent: name.to_owned(), wanted }),
        None => refused(name, requirement::PARAMETER, Problem::UnknownKey(name.to_owned())),
    })
}

/// An id goes with the form and the attachments alone.
fn alone(seen: &[&'static str], name: &'static str, requirement: Requirement, which: Which) -> Result<Which, Refusal> {
    match seen.iter().find(|other| ![name, "format", "attachments"].contains(other)) {
        Some(other) => Err(refused(other, requirement, Problem::Misplaced(other))),
        None => Ok(which),
    }
}

fn id(name: &str, value: &str) -> Result<Uuid, Refusal> {
    uuid::parse(value).ok_or_else(|| refused(name, requirement::PARAMETER_VALUE, Problem::NotAUuid))
}

fn iri_of(name: &str, value: &str) -> Result<String, Refusal> {
    iri::check(value).map_err(|wrong| refused(name, requirement::PARAMETER_VALUE, wrong.into()))?;
    Ok(value.to_owned())
}

fn moment(name: &str, value: &str, version: Version) -> Result<Instant, Refusal> {
    let moment = Timestamp::parse(value, version).map_err(|wrong| refused(name, requirement::PARAMETER_VALUE, wrong.into()))?;
    Ok(moment.instant())
}

fn flag(name: &str, value: &str) -> Result<bool, Refusal> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(refused(name, requirement::PARAMETER_VALUE, Problem::WrongType("true or false"))),
    }
}

fn limit(value: &str) -> Result<u64, Refusal> {
    let number = value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.parse().ok()).flatten();
    number.ok_or_else(|| refused("limit", requirement::PARAMETER_VALUE, Problem::OutOfRange("a whole number from 0 on")))
}
