use db::{DbResult, Tx, sql};
use journal::audit::SYSTEM;
use kernel::{Timestamp, Uuid};
use std::collections::HashMap;
use xapi::Statement;

use crate::Room;
use crate::engines::{list, one_of};
use crate::statements::{as_statement, fill, signs};

/// A statement that counts.
pub(super) struct Living {
    pub id: Uuid,
    pub statement: Statement,
}

/// Until the commit nobody else stores in the room of the portal.
pub(super) async fn wait_for_the_room(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    fill(tx, Room::PORTAL, 0, now).await.map(|_| ())
}

/// Whether the statement of this id is the portal's own, or another program's; nothing if there is none.
pub(super) async fn is_own(tx: &mut Tx<'_>, id: Uuid) -> DbResult<Option<bool>> {
    let find = sql!("SELECT client FROM record_statements WHERE room = $1 AND id = $2");
    let client: Option<String> = tx.opt(find, &[Room::PORTAL.into(), id.into()]).await?;
    Ok(client.map(|client| client == SYSTEM))
}

/// What the portal itself has said of each of these registrations, and counts. What another program says of one is that program's: the
/// portal neither compares it nor voids it.
pub(super) async fn living(tx: &mut Tx<'_>, registrations: impl Iterator<Item = Uuid>) -> DbResult<HashMap<Uuid, Vec<Living>>> {
    let by_key: HashMap<Uuid, Uuid> = registrations.map(|id| (signs::registration(Room::PORTAL, id), id)).collect();
    let find = one_of(
        tx,
        sql!(sqlite
            "SELECT i.key, s.id, s.rules, s.json FROM json_each($2) AS wanted
                 JOIN record_index i ON i.key = unhex(wanted.value, '-') AND i.source = i.found
                 JOIN record_statements s ON s.room = $1 AND s.stored = i.found
             WHERE NOT s.voided AND s.client = $3 ORDER BY s.stored"
        ),
        sql!(postgres
            "SELECT i.key, s.id, s.rules, s.json FROM jsonb_array_elements_text($2) AS wanted
                 JOIN record_index i ON i.key = CAST(wanted.value AS uuid) AND i.source = i.found
                 JOIN record_statements s ON s.room = $1 AND s.stored = i.found
             WHERE NOT s.voided AND s.client = $3 ORDER BY s.stored"
        ),
    );
    let keys = list(by_key.keys().map(Uuid::to_string));
    let rows: Vec<(Uuid, Uuid, String, String)> = tx.all(find, &[Room::PORTAL.into(), keys, SYSTEM.into()]).await?;
    let mut living: HashMap<Uuid, Vec<Living>> = HashMap::new();
    for (key, id, rules, json) in rows {
        let statement = as_statement(&rules, &json)?;
        if let Some(registration) = by_key.get(&key) {
            living.entry(*registration).or_default().push(Living { id, statement });
        }
    }
    Ok(living)
}
