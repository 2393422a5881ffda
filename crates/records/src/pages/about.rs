//! What is told of the store itself, of an agent and of an activity.

use xapi::json::Object;
use xapi::{Actor, Json, Version, person as person_of};

use super::answer::{Answer, Refused};
use super::asked::Asked;
use super::parameters::Parameters;
use crate::known;

/// Which versions are spoken. Anybody may ask.
pub(super) fn about() -> Answer {
    let versions: Vec<Json> = [Version::V1_0_3, Version::V2_0_0].map(|version| Json::from(version.header())).to_vec();
    let mut about = Object::new();
    about.insert("version", versions);
    Answer::json(Json::Object(about))
}

/// An activity with all that statements say about it.
pub(super) async fn activity(asked: &Asked) -> Result<Answer, Refused> {
    let id = Parameters::of(asked, &["activityId"])?.activity()?.to_owned();
    let (room, wanted) = (asked.guest.room, id.clone());
    let definition = asked.portal.db.read(async move |tx| known::definition(tx, room, &wanted).await).await?;
    let mut activity = Object::new();
    activity.insert("objectType", "Activity");
    activity.insert("id", id);
    if let Some(definition) = definition {
        activity.insert("definition", definition);
    }
    Ok(Answer::json(Json::Object(activity)))
}

/// All that is known of an agent.
pub(super) async fn person(asked: &Asked) -> Result<Answer, Refused> {
    let parameters = Parameters::of(asked, &["agent"])?;
    let key = parameters.agent()?;
    let room = asked.guest.room;
    let names = asked.portal.db.read(async move |tx| known::names(tx, room, &key).await).await?;
    // The same agent under each of its names.
    let agent = Json::parse(parameters.need("agent")?.as_bytes()).map_err(xapi::Refusal::from)?;
    let named: Vec<Json> = names
        .into_iter()
        .filter_map(|name| {
            let mut named = agent.as_object()?.clone();
            named.insert("name", name);
            Some(Json::Object(named))
        })
        .collect();
    let known = named.iter().map(|json| Actor::of(json, asked.version)).collect::<Result<Vec<_>, _>>()?;
    Ok(Answer::json(person_of(Actor::of(&agent, asked.version)?, known)))
}
