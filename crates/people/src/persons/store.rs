use db::{DbError, DbResult, Engine, Tx, sql};
use kernel::{PersonKey, Timestamp, Uuid};
use serde_json::json;
use std::collections::{HashMap, HashSet};

use super::{NewPerson, Person, PersonId};

/// The person with this mail address and name, known before or from now on.
///
/// How the name is written the first time stays: whoever types a colleague's name differently does not rename them.
pub async fn recognize(tx: &mut Tx<'_>, person: &NewPerson, now: Timestamp) -> DbResult<PersonId> {
    let key = PersonKey::of(&person.email, &person.name);
    let know = sql!(
        "INSERT INTO persons (id, key, email, family, given, family_kana, given_kana, known_since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (key) DO UPDATE SET key = excluded.key
         RETURNING id"
    );
    let args = [
        PersonId::new(now).into(),
        key.into(),
        person.email.as_str().into(),
        person.name.family().into(),
        person.name.given().into(),
        person.kana.family().into(),
        person.kana.given().into(),
        now.into(),
    ];
    tx.one(know, &args).await
}

/// The same for many at once, answered in their order: on PostgreSQL with one statement.
pub async fn recognize_all(tx: &mut Tx<'_>, people: &[&NewPerson], now: Timestamp) -> DbResult<Vec<PersonId>> {
    match tx.engine() {
        Engine::Postgres => recognize_together(tx, people, now).await,
        Engine::Sqlite => {
            let mut ids = Vec::with_capacity(people.len());
            for person in people {
                ids.push(recognize(tx, person, now).await?);
            }
            Ok(ids)
        }
    }
}

/// They are taken in the order of their keys, so that two who take some of the same people do not wait for each other.
async fn recognize_together(tx: &mut Tx<'_>, people: &[&NewPerson], now: Timestamp) -> DbResult<Vec<PersonId>> {
    let know = sql!(postgres
        "INSERT INTO persons (id, key, email, family, given, family_kana, given_kana, known_since)
         SELECT id, key, email, family, given, family_kana, given_kana, $2
         FROM jsonb_to_recordset($1) AS new (id uuid, key text, email text, family text, given text, family_kana text, given_kana text)
         ORDER BY key
         ON CONFLICT (key) DO UPDATE SET key = excluded.key
         RETURNING key, id"
    );
    let keys: Vec<_> = people.iter().map(|person| PersonKey::of(&person.email, &person.name)).collect();
    // Who stands there twice is asked for once: the first writing counts.
    let mut once = HashSet::new();
    let new = people.iter().zip(&keys).filter(|(_, key)| once.insert(key.as_str())).map(|(person, key)| {
        json!({
            "id": PersonId::new(now).uuid(), "key": key.as_str(), "email": person.email.as_str(),
            "family": person.name.family(), "given": person.name.given(),
            "family_kana": person.kana.family(), "given_kana": person.kana.given(),
        })
    });
    let rows: serde_json::Value = new.collect();
    let known: HashMap<String, PersonId> = tx.all::<(String, PersonId)>(know, &[rows.into(), now.into()]).await?.into_iter().collect();
    keys.iter().map(|key| known.get(key.as_str()).copied().ok_or_else(|| DbError::NoRow { at: know.place() })).collect()
}

/// The person with this id.
pub async fn find(tx: &mut Tx<'_>, id: PersonId) -> DbResult<Option<Person>> {
    let find = sql!("SELECT id, email, family, given, family_kana, given_kana, known_since FROM persons WHERE id = $1");
    tx.opt(find, &[id.into()]).await
}

/// Those of these persons whom there are.
pub async fn find_all(tx: &mut Tx<'_>, ids: &[Uuid]) -> DbResult<Vec<Person>> {
    let list = db::among!(tx, "SELECT id, email, family, given, family_kana, given_kana, known_since FROM persons WHERE id");
    tx.all(list, &[db::ids(ids)]).await
}

/// Everybody who shares this mail address.
pub async fn by_email(tx: &mut Tx<'_>, email: &str) -> DbResult<Vec<Person>> {
    let list = sql!(
        "SELECT id, email, family, given, family_kana, given_kana, known_since FROM persons
         WHERE email = $1 ORDER BY known_since, id LIMIT 200"
    );
    tx.all(list, &[email.into()]).await
}
