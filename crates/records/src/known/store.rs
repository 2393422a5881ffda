use db::{DbResult, Tx, sql};
use kernel::Uuid;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use xapi::Json;
use xapi::json::Object;

use super::object;
use crate::Room;
use crate::engines::{list, one_of};

/// The most names of one agent that are told.
const NAMES_MAX: i64 = 100;

/// What stands under these keys.
pub(super) async fn terms(tx: &mut Tx<'_>, keys: &BTreeSet<Uuid>) -> DbResult<HashMap<Uuid, Object>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = tx.all(db::among!(tx, "SELECT key, json FROM record_terms WHERE key"), &[db::ids(keys)]).await?;
    Ok(rows.into_iter().filter_map(|(key, json)| Some((key, object(&json)?))).collect())
}

/// Puts what is known now.
pub(super) async fn put_terms(tx: &mut Tx<'_>, terms: &BTreeMap<Uuid, String>) -> DbResult<()> {
    if terms.is_empty() {
        return Ok(());
    }
    let put = one_of(
        tx,
        sql!(sqlite
            "INSERT INTO record_terms (key, json) SELECT unhex(value ->> 0, '-'), value ->> 1 FROM json_each($1) WHERE true
             ON CONFLICT (key) DO UPDATE SET json = excluded.json"
        ),
        sql!(postgres
            "INSERT INTO record_terms (key, json) SELECT CAST(value ->> 0 AS uuid), value ->> 1 FROM jsonb_array_elements($1) AS new (value)
             ON CONFLICT (key) DO UPDATE SET json = excluded.json"
        ),
    );
    tx.run(put, &[list(terms.iter().map(|(key, json)| json!([key, json])))]).await.map(|_| ())
}

/// Adds names under which agents stand.
pub(super) async fn add_names(tx: &mut Tx<'_>, room: Room, names: &BTreeSet<(String, String)>) -> DbResult<()> {
    if names.is_empty() {
        return Ok(());
    }
    let add = one_of(
        tx,
        sql!(sqlite
            "INSERT INTO record_names (agent, entry, name)
             SELECT unhex(value ->> 0, '-'), unhex(value ->> 1, '-'), value ->> 2 FROM json_each($1) WHERE true
             ON CONFLICT (agent, entry) DO NOTHING"
        ),
        sql!(postgres
            "INSERT INTO record_names (agent, entry, name)
             SELECT CAST(value ->> 0 AS uuid), CAST(value ->> 1 AS uuid), value ->> 2 FROM jsonb_array_elements($1) AS new (value)
             ON CONFLICT (agent, entry) DO NOTHING"
        ),
    );
    let rows = names.iter().map(|(agent, name)| {
        // As JSON text: a name may hold what no text of a database can.
        json!([room.key("name of", &[agent]), room.key("name", &[name]), Json::from(name.as_str()).to_string()])
    });
    tx.run(add, &[list(rows)]).await.map(|_| ())
}

/// The names of an agent, by its key.
pub(crate) async fn names(tx: &mut Tx<'_>, room: Room, agent: &str) -> DbResult<Vec<Json>> {
    let find = sql!("SELECT name FROM record_names WHERE agent = $1 ORDER BY entry LIMIT $2");
    let rows: Vec<String> = tx.all(find, &[room.key("name of", &[agent]).into(), NAMES_MAX.into()]).await?;
    Ok(rows.iter().filter_map(|name| Json::parse(name.as_bytes()).ok()).collect())
}
