//! The parameters of a request: each known by name, each once.

use kernel::{Timestamp, Uuid};
use xapi::{Problem, Refusal, Requirement, requirement};

use super::asked::Asked;

/// Parameters that a resource has.
pub(super) struct Parameters<'a> {
    asked: &'a Asked,
}

impl<'a> Parameters<'a> {
    /// Refuses what the resource does not have, what is written otherwise, and what comes twice.
    pub fn of(asked: &'a Asked, known: &[&'static str]) -> Result<Self, Refusal> {
        let mut seen: Vec<&str> = Vec::new();
        for (name, _) in &asked.parameters {
            let Some(known) = known.iter().find(|known| *known == name) else {
                return Err(match known.iter().find(|known| known.eq_ignore_ascii_case(name)) {
                    Some(wanted) => refused(name, requirement::PARAMETER_CASE, Problem::KeyCase { sent: name.clone(), wanted }),
                    None => refused(name, requirement::PARAMETER, Problem::UnknownKey(name.clone())),
                });
            };
            if seen.contains(known) {
                return Err(refused(name, requirement::PARAMETER_VALUE, Problem::Repeated(known)));
            }
            seen.push(known);
        }
        Ok(Self { asked })
    }

    /// A parameter of a request, whatever its resource has.
    pub fn any(asked: &'a Asked, name: &str) -> Option<&'a str> {
        asked.parameters.iter().find(|(there, _)| there == name).map(|(_, value)| value.as_str())
    }

    /// A parameter that may be there.
    pub fn may(&self, name: &str) -> Option<&'a str> {
        Self::any(self.asked, name)
    }

    /// A parameter that has to be there, with something in it.
    pub fn need(&self, name: &'static str) -> Result<&'a str, Refusal> {
        let value = self.may(name).ok_or_else(|| refused(name, requirement::PARAMETER_VALUE, Problem::Missing(name)))?;
        if value.is_empty() { Err(refused(name, requirement::PARAMETER_VALUE, Problem::Empty)) } else { Ok(value) }
    }

    /// The IRI of an activity.
    pub fn activity(&self) -> Result<&'a str, Refusal> {
        let id = self.need("activityId")?;
        match xapi::check_iri(id) {
            Ok(()) => Ok(id),
            Err(wrong) => Err(refused("activityId", requirement::PARAMETER_VALUE, Problem::NotAnIri(wrong))),
        }
    }

    /// The key of an agent.
    pub fn agent(&self) -> Result<String, Refusal> {
        let agent = self.need("agent")?;
        xapi::agent_key(agent, self.asked.version).map_err(|wrong| Refusal { path: format!("?agent{}", wrong.path), ..wrong })
    }

    /// A UUID that may be there.
    pub fn uuid(&self, name: &'static str) -> Result<Option<Uuid>, Refusal> {
        let read = |value| xapi::parse_uuid(value).ok_or_else(|| refused(name, requirement::PARAMETER_VALUE, Problem::NotAUuid));
        self.may(name).map(read).transpose()
    }

    /// The moment after which something was stored.
    pub fn since(&self) -> Result<Option<Timestamp>, Refusal> {
        let read = |value| match xapi::Timestamp::parse(value, self.asked.version) {
            Ok(moment) => Ok(Timestamp::from_micros(moment.instant().as_microsecond())),
            Err(wrong) => Err(refused("since", requirement::PARAMETER_VALUE, Problem::NotATimestamp(wrong))),
        };
        self.may("since").map(read).transpose()
    }
}

/// A refusal of a parameter.
pub(super) fn refused(name: &str, requirement: Requirement, problem: Problem) -> Refusal {
    Refusal { requirement, path: format!("?{name}"), problem }
}
