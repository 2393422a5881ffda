use db::{DbResult, Tx, sql};
use kernel::{Lang, Timestamp};
use people::persons::{self, PersonId};
use serde_json::Value;
use std::collections::HashMap;
use web::{PageError, Portal, Visit, Words};
use xapi::{Json, Languages, Version};

use crate::engines::{list, one_of};
use crate::experiences::{Did, Who};
use crate::office::Told;
use crate::statements::signs;
use crate::{Room, known};

/// What a system for learning says about a course as a whole (cmi5).
const ABOUT_COURSES: [&str; 2] = ["https://w3id.org/xapi/adl/verbs/satisfied", "https://w3id.org/xapi/adl/verbs/waived"];

db::row! {
    /// A statement as it is stored.
    #[derive(Clone, Debug)]
    pub(super) struct Line {
        pub stored: Timestamp,
        pub json: String,
    }
}

/// What a statement says, and the name of whom it is about.
pub(super) type Row = (Told, String);

/// A part of somebody's record.
pub(super) struct Record {
    /// What it says, the latest first.
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

/// What came of what they did, stored before `behind`, the latest first, at most `most`.
async fn lines(tx: &mut Tx<'_>, agents: &[String], behind: Option<Timestamp>, most: i64) -> DbResult<Vec<Line>> {
    let room = Room::PORTAL;
    let keys = agents.iter().filter_map(|agent| xapi::agent_key(agent, Version::V1_0_3).ok());
    let agents = list(keys.map(|key| signs::agent(room, &key, false).to_string()));
    let verbs = Did::ALL.iter().map(|did| did.iri()).chain(ABOUT_COURSES);
    let verbs = list(verbs.map(|iri| signs::verb(room, iri).to_string()));
    let find = one_of(
        tx,
        sql!(sqlite
            "SELECT s.stored, s.json FROM (
                 SELECT DISTINCT i.found FROM json_each($2) AS who
                     JOIN record_index i ON i.key = unhex(who.value, '-') AND i.source = i.found AND i.found < $4
                     JOIN json_each($3) AS did
                     JOIN record_index v ON v.key = unhex(did.value, '-') AND v.found = i.found AND v.source = i.source
                     JOIN record_statements x ON x.room = $1 AND x.stored = i.found AND NOT x.voided AND x.voids IS NULL
                 ORDER BY i.found DESC LIMIT $5
             ) AS f JOIN record_statements s ON s.room = $1 AND s.stored = f.found ORDER BY s.stored DESC"
        ),
        sql!(postgres
            "SELECT s.stored, s.json FROM (
                 SELECT DISTINCT i.found FROM jsonb_array_elements_text($2) AS who
                     JOIN record_index i ON i.key = CAST(who.value AS uuid) AND i.source = i.found AND i.found < $4
                     JOIN jsonb_array_elements_text($3) AS did ON true
                     JOIN record_index v ON v.key = CAST(did.value AS uuid) AND v.found = i.found AND v.source = i.source
                     JOIN record_statements x ON x.room = $1 AND x.stored = i.found AND NOT x.voided AND x.voids IS NULL
                 ORDER BY i.found DESC LIMIT $5
             ) AS f JOIN record_statements s ON s.room = $1 AND s.stored = f.found ORDER BY s.stored DESC"
        ),
    );
    let before = behind.map_or(i64::MAX, Timestamp::as_micros);
    tx.all(find, &[room.into(), agents, verbs, before.into(), most.into()]).await
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
    let rows = values.map(|value| (Told::of(&value, w), known.name(&value))).collect();
    Ok(Record { rows, more, is_shared: known.names.len() > 1 })
}

fn languages(w: Words) -> Languages {
    Languages::of_header(match w.lang {
        Lang::Ja => "ja, en;q=0.5",
        Lang::En => "en, ja;q=0.5",
    })
}

/// Where something is described on the portal, if it is a page of it that everybody may see.
pub(super) fn page_of(id: &str, base_url: &str) -> Option<String> {
    let path = id.strip_prefix(base_url)?.split('#').next()?;
    ["/courses/", "/trainings/", "/verify/"].iter().any(|start| path.starts_with(start)).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn only_what_everybody_may_see_is_a_link() {
        let at = |id| page_of(id, "https://mist.example.jp");
        assert_eq!(at("https://mist.example.jp/courses/beginner#test").as_deref(), Some("/courses/beginner"));
        assert_eq!(at("https://mist.example.jp/packages/1/units/2"), None);
        assert_eq!(at("https://mist.example.jp.evil.example/courses/x"), None);
        assert_eq!(at("https://other.example.jp/courses/x"), None);
    }
}
