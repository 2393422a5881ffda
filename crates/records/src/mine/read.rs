use db::{DbResult, Tx};
use kernel::{Lang, Timestamp, Uuid};
use people::persons::{self, PersonId};
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::HashMap;
use web::{PageError, Portal, Visit, Words};
use xapi::{Json, Languages};

use super::store::lines;
use crate::experiences::Who;
use crate::office::Told;
use crate::{Room, known};

/// What a statement says, and the name of whom it is about.
pub(super) type Row = (Told, String);

/// A part of somebody's record.
pub(super) struct Record {
    /// What it says, what happened last first. Parts follow each other by when they were recorded: by that alone the store finds them.
    pub rows: Vec<Row>,
    /// Behind which statement to go on, if there are more.
    pub more: Option<Timestamp>,
    /// Whether several people share the address.
    pub is_shared: bool,
}

/// Who is meant by whoever looks: their account, their address, and everybody who has applied under it.
struct Known {
    agents: Vec<String>,
    names: HashMap<String, String>,
}

impl Known {
    async fn of(tx: &mut Tx<'_>, visit: &Visit, base_url: &str) -> DbResult<Option<Self>> {
        let Some(id) = visit.actor.account() else { return Ok(None) };
        let Some(account) = people::accounts::find(tx, id).await? else { return Ok(None) };
        let people = persons::by_email(tx, account.email.as_str()).await?;
        let mut agents = vec![
            Who::Account(id.uuid()).agent(base_url),
            serde_json::json!({ "objectType": "Agent", "mbox": format!("mailto:{}", account.email) }),
        ];
        agents.extend(people.iter().map(|person| Who::Person(PersonId::uuid(person.id)).agent(base_url)));
        let of_person = |person: &persons::Person| (format!("persons/{}", person.id), person.full_name());
        Ok(Some(Self { agents: agents.iter().map(Value::to_string).collect(), names: people.iter().map(of_person).collect() }))
    }

    /// The name of whom a statement is about, where it is somebody who has applied.
    fn name(&self, statement: &Value) -> String {
        let account = statement["actor"]["account"]["name"].as_str().unwrap_or_default();
        self.names.get(account).cloned().unwrap_or_default()
    }
}

/// The statements about whoever looks, letter by letter.
pub(super) async fn exact(portal: &Portal, visit: &Visit, most: i64) -> Result<Vec<Value>, PageError> {
    let (visit, base_url) = (visit.clone(), portal.site.base_url.clone());
    let found = portal
        .db
        .read(async move |tx| match Known::of(tx, &visit, &base_url).await? {
            Some(known) => lines(tx, &known.agents, None, most).await.map(Some),
            None => Ok(None),
        })
        .await?;
    let lines = found.ok_or(PageError::SignInFirst)?;
    Ok(lines.iter().filter_map(|line| serde_json::from_str(&line.json).ok()).collect())
}

/// The record of whoever looks, in words.
pub(super) async fn record(portal: &Portal, visit: &Visit, behind: Option<Timestamp>, most: i64) -> Result<Record, PageError> {
    let (w, asking, base_url) = (visit.words(), visit.clone(), portal.site.base_url.clone());
    let found = portal
        .db
        .read(async move |tx| {
            let Some(known) = Known::of(tx, &asking, &base_url).await? else { return Ok(None) };
            let mut lines = lines(tx, &known.agents, behind, most + 1).await?;
            let more = (lines.len() > usize::try_from(most).unwrap_or(usize::MAX)).then(|| {
                lines.pop();
                lines.last().map(|line| line.stored)
            });
            let statements: Vec<Json> = lines.iter().filter_map(|line| Json::parse(line.json.as_bytes()).ok()).collect();
            let told = known::told(tx, Room::PORTAL, &statements, &languages(w)).await?;
            Ok(Some((known, told, more.flatten())))
        })
        .await?;
    let (known, statements, more) = found.ok_or(PageError::SignInFirst)?;
    let values = statements.iter().filter_map(|statement| serde_json::from_str::<Value>(&statement.to_string()).ok());
    let mut rows: Vec<Row> = values.map(|value| (Told::of(&value, w), known.name(&value))).collect();
    rows.sort_by_key(|(told, _)| Reverse(told.at));
    Ok(Record { rows, more, is_shared: known.names.len() > 1 })
}

fn languages(w: Words) -> Languages {
    Languages::of_header(match w.lang {
        Lang::Ja => "ja, en;q=0.5",
        Lang::En => "en, ja;q=0.5",
    })
}

/// Where something is on the portal: the page of it that everybody may see, or the file of a certificate, which opens for its owner.
pub(super) fn page_of(id: &str, base_url: &str) -> Option<String> {
    let path = id.strip_prefix(base_url)?.split('#').next()?;
    if let Some(certificate) = path.strip_prefix("/certificates/") {
        return certificate.parse::<Uuid>().ok().map(|id| format!("/certificates/{id}.pdf"));
    }
    ["/courses/", "/trainings/"].iter().any(|start| path.starts_with(start)).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn only_what_everybody_may_see_and_ones_own_certificate_is_a_link() {
        let at = |id| page_of(id, "https://mist.example.jp");
        assert_eq!(at("https://mist.example.jp/courses/beginner#test").as_deref(), Some("/courses/beginner"));
        assert_eq!(
            at("https://mist.example.jp/certificates/0190c8a0-0000-7000-8000-000000000001").as_deref(),
            Some("/certificates/0190c8a0-0000-7000-8000-000000000001.pdf")
        );
        assert_eq!(at("https://mist.example.jp/certificates/../staff"), None);
        assert_eq!(at("https://mist.example.jp/packages/1/units/2"), None);
        assert_eq!(at("https://mist.example.jp.evil.example/courses/x"), None);
        assert_eq!(at("https://other.example.jp/courses/x"), None);
    }
}
