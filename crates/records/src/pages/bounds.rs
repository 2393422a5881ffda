//! What a session of a course package may ask for: what is its learner's, in its registration, about its activity.

use cmi5::vocabulary::{LAUNCH_DATA, PREFERENCES};
use cmi5::{Requirement, requirement as need};

use super::Resource;
use super::answer::Refused;
use super::asked::Asked;
use super::parameters::Parameters;
use crate::sessions::{Forbidden, Pass, Reading};

/// Refuses what lies beyond the session; without one everything goes on.
pub(super) fn check(asked: &Asked) -> Result<(), Refused> {
    let Some(pass) = &asked.guest.pass else { return Ok(()) };
    // cmi5 has a token last as long as its session (8.1.2). What is sent once more changes nothing (xAPI-Communication 2.1.1): whether it
    // is that, is looked at where statements are taken.
    if pass.is_over && (asked.resource != Resource::Statements || asked.method.is_safe()) {
        return Err(Refused::NoCredentials);
    }
    match asked.resource {
        // What statements say is looked at where they are taken or found.
        Resource::About | Resource::Statements => Ok(()),
        Resource::Activities | Resource::ActivityProfiles => check_activity(asked, pass),
        Resource::Agents => check_agent(asked, pass, need::ACTOR),
        Resource::States => check_state(asked, pass),
        Resource::AgentProfiles => check_profile(asked, pass),
    }
}

/// Which statements are asked for: those of the registration. Alone by its id one is looked at when it is found.
pub(super) fn check_search(pass: &Pass, parameters: &[(String, String)]) -> Result<(), Refused> {
    let value = |name: &str| parameters.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let is_one = value("statementId").is_some() || value("voidedStatementId").is_some();
    let is_own = value("registration").and_then(xapi::parse_uuid) == Some(pass.registration);
    if is_one || is_own { Ok(()) } else { Err(forbidden(need::REGISTRATION_USED, "a session sees the statements of its registration")) }
}

/// Whether a statement belongs to the registration.
pub(super) fn is_own(pass: &Pass, json: &str) -> bool {
    let statement = xapi::Json::parse(json.as_bytes()).ok();
    let registration = statement.as_ref().and_then(|json| json.get("context")?.get("registration")?.as_str()).and_then(xapi::parse_uuid);
    registration == Some(pass.registration)
}

/// What the unit learns by this request, if it is one of the two things that it has to read.
pub(super) fn reading(asked: &Asked) -> Option<Reading> {
    let names = |name: &str, value: &str| asked.parameters.iter().any(|(own, said)| own == name && said == value);
    match asked.resource {
        Resource::States if names("stateId", LAUNCH_DATA) => Some(Reading::LaunchData),
        Resource::AgentProfiles if names("profileId", PREFERENCES) => Some(Reading::Preferences),
        _ => None,
    }
}

fn check_state(asked: &Asked, pass: &Pass) -> Result<(), Refused> {
    check_activity(asked, pass)?;
    check_agent(asked, pass, need::ACTOR)?;
    if said(asked, "registration").and_then(xapi::parse_uuid) != Some(pass.registration) {
        return Err(forbidden(need::REGISTRATION_USED, "the registration is not the one of the launch"));
    }
    let keeps = asked.method.is_safe() || said(asked, "stateId").is_some_and(|name| name != LAUNCH_DATA);
    if keeps { Ok(()) } else { Err(forbidden(need::LAUNCH_DATA_KEPT, "a unit does not change its launch data")) }
}

fn check_profile(asked: &Asked, pass: &Pass) -> Result<(), Refused> {
    check_agent(asked, pass, need::PROFILE_AGENT)?;
    if asked.method.is_safe() {
        return Ok(());
    }
    if said(asked, "profileId") != Some(PREFERENCES) || asked.method == axum::http::Method::DELETE {
        return Err(forbidden(need::PREFERENCES_NAME, "a unit changes the preferences of its learner and nothing else"));
    }
    let content_type = asked.header(&axum::http::header::CONTENT_TYPE).unwrap_or_default();
    cmi5::preferences(content_type, &asked.body).map_err(|refused| forbidden(refused.requirement, refused.what))
}

fn check_activity(asked: &Asked, pass: &Pass) -> Result<(), Refused> {
    if said(asked, "activityId") == Some(&pass.activity) {
        Ok(())
    } else {
        Err(forbidden(need::ACTIVITY, "the activity is not the one of the launch"))
    }
}

fn check_agent(asked: &Asked, pass: &Pass, requirement: Requirement) -> Result<(), Refused> {
    let agent = said(asked, "agent").and_then(|agent| xapi::agent_key(agent, asked.version).ok());
    if agent.as_ref() == Some(&pass.actor) { Ok(()) } else { Err(forbidden(requirement, "the agent is not the learner of the launch")) }
}

fn said<'a>(asked: &'a Asked, name: &str) -> Option<&'a str> {
    Parameters::any(asked, name)
}

fn forbidden(requirement: Requirement, why: &str) -> Refused {
    Refused::Forbidden(Forbidden { requirement: requirement.id().to_owned(), why: why.to_owned() })
}
