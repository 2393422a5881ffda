use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::Uuid;
use serde::Deserialize;
use serde_json::Value;
use web::{Frame, Page, PageError, Portal, Visit};

use super::who::Whose;
use super::{PATH, Told, frame, reaches, whose};
use crate::Room;
use crate::statements;

/// In which room, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    organization: String,
}

#[derive(Template)]
#[template(path = "office/show.html")]
struct ShowPage {
    frame: Frame,
    back: String,
    told: Told,
    is_voided: bool,
    whose: String,
    json: String,
}

/// A statement: in words, and letter by letter.
pub(super) async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    reaches(&visit)?;
    let id: Uuid = id.parse().map_err(|_| PageError::NotFound)?;
    let (code, people) = (asked.organization.clone(), Whose::of(&portal, &visit));
    let asking = people.clone();
    let found = portal
        .db
        .read(async move |tx| {
            let Some((organization, name)) = whose(tx, &code).await? else { return Ok(None) };
            let room = Room::of(organization);
            let valid = statements::one(tx, room, id, false).await?.statements.pop();
            let voided = if valid.is_none() { statements::one(tx, room, id, true).await?.statements.pop() } else { None };
            let is_voided = valid.is_none();
            let json: Option<Value> = valid.or(voided).and_then(|found| serde_json::from_str(&found.json).ok());
            let Some(json) = json else { return Ok(None) };
            let names = asking.names(tx, std::slice::from_ref(&json)).await?;
            Ok(Some((name, is_voided, json, names)))
        })
        .await?;
    let (name, is_voided, json, names) = found.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let query = serde_urlencoded::to_string([("organization", &asked.organization)]).unwrap_or_default();
    let back = if asked.organization.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") };
    Page::html(&ShowPage {
        frame: frame(&portal, &visit, w.t("records-statement")).crumb(w.t("records-title"), PATH).here(),
        back: visit.to(&back),
        told: Told::of(&json, w).by(people.name(&json, &names)),
        is_voided,
        whose: if name.is_empty() { w.t("records-of-portal") } else { name },
        json: serde_json::to_string_pretty(&json).unwrap_or_default(),
    })
}
