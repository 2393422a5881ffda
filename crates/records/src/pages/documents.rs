//! States and profiles.

use axum::http::{StatusCode, header};
use db::Lane;
use xapi::{Json, Version, document};

use super::Resource;
use super::answer::{Answer, Refused};
use super::asked::Asked;
use super::parameters::Parameters;
use crate::documents::{self, Conditions, How, Place, Sent};

/// A document keeps its type and is never shown by a browser: it may say of itself that it is a page.
const POLICY: &str = "default-src 'none'; sandbox";

/// The parameter that names a document, and all that the resource has; the last one goes with many documents alone.
const fn names(resource: Resource) -> (&'static str, &'static [&'static str]) {
    match resource {
        Resource::States => ("stateId", &["activityId", "agent", "registration", "stateId", "since"]),
        Resource::ActivityProfiles => ("profileId", &["activityId", "profileId", "since"]),
        _ => ("profileId", &["agent", "profileId", "since"]),
    }
}

fn place(asked: &Asked, parameters: &Parameters<'_>) -> Result<Place, Refused> {
    let room = asked.guest.room;
    Ok(match asked.resource {
        Resource::States => Place::of_states(room, parameters.activity()?, &parameters.agent()?, parameters.uuid("registration")?),
        Resource::ActivityProfiles => Place::of_activity(room, parameters.activity()?),
        _ => Place::of_agent(room, &parameters.agent()?),
    })
}

fn conditions(asked: &Asked) -> Conditions {
    let header = |name| asked.header(&name).map(str::to_owned);
    Conditions { if_match: header(header::IF_MATCH), if_none_match: header(header::IF_NONE_MATCH) }
}

/// One document, or the ids of all.
pub(super) async fn get(asked: &Asked) -> Result<Answer, Refused> {
    let (name, known) = names(asked.resource);
    let parameters = Parameters::of(asked, known)?;
    let (place, since) = (place(asked, &parameters)?, parameters.since()?);
    if parameters.may(name).is_none() {
        let ids = asked.portal.db.read(async move |tx| documents::list(tx, place, since).await).await?;
        return Ok(Answer::json(Json::Array(ids.into_iter().map(Json::from).collect())));
    }
    let id = parameters.need(name)?.to_owned();
    let found = asked.portal.db.read(async move |tx| documents::find(tx, place, &id).await).await?.ok_or(Refused::Missing)?;
    let told = |answer: Answer| answer.with(header::ETAG, &found.etag).last_modified(found.changed_at);
    let conditions = conditions(asked);
    if conditions.if_none_match.is_some() && !conditions.hold(Some(&found.etag)) {
        return Ok(told(Answer::done().status(StatusCode::NOT_MODIFIED)));
    }
    Ok(told(Answer::of(&found.content_type, found.content.clone()))
        .with(header::CONTENT_DISPOSITION, "attachment")
        .with(header::CONTENT_SECURITY_POLICY, POLICY))
}

/// Stores a document: in the place of the one that is there, or merged with it.
pub(super) async fn put(asked: &Asked) -> Result<Answer, Refused> {
    let (name, known) = names(asked.resource);
    let parameters = Parameters::of(asked, &known[..known.len() - 1])?;
    let (place, id) = (place(asked, &parameters)?, parameters.need(name)?.to_owned());
    let content_type = asked.header(&header::CONTENT_TYPE).unwrap_or("application/octet-stream").to_owned();
    document::check(&content_type, &asked.body)?;
    let sent = Sent { content_type, content: asked.body.to_vec() };
    // 1.0.3 leaves it to clients whether they look at a state before they write it; 2.0.0 does not.
    let how = match (asked.method.as_str(), asked.resource, asked.version) {
        ("POST", ..) => How::Merged,
        (_, Resource::States, Version::V1_0_3) => How::Replaced,
        _ => How::ReplacedKnowingly,
    };
    let (conditions, client) = (conditions(asked), asked.guest.label().to_owned());
    let put = async move |tx: &mut db::Tx<'_>, now| documents::put(tx, place, &id, &sent, how, &conditions, &client, now).await;
    asked.portal.db.write(Lane::Public, None, put).await??;
    Ok(Answer::done())
}

/// Removes one document, or all states of a place.
pub(super) async fn delete(asked: &Asked) -> Result<Answer, Refused> {
    let (name, known) = names(asked.resource);
    let parameters = Parameters::of(asked, known)?;
    let (place, since, conditions) = (place(asked, &parameters)?, parameters.since()?, conditions(asked));
    if asked.resource == Resource::States && parameters.may(name).is_none() {
        asked.portal.db.write(Lane::Public, None, async move |tx, _| documents::remove_all(tx, place, since).await).await?;
        return Ok(Answer::done());
    }
    let id = parameters.need(name)?.to_owned();
    asked.portal.db.write(Lane::Public, None, async move |tx, _| documents::remove(tx, place, &id, &conditions).await).await??;
    Ok(Answer::done())
}
