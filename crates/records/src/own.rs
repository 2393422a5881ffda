//! What the portal itself puts into the store, in its own room.

use db::{DbError, DbResult, Tx};
use journal::audit::SYSTEM;
use kernel::{Timestamp, Uuid};
use xapi::json::Object;
use xapi::{Json, Statement};

use crate::Room;
use crate::documents::{self, Conditions, How, Place, Sent};
use crate::statements::{self, New, Voucher};

/// Keeps statements of the portal itself, which have ids of their own. `base_url` is the system that vouches for them.
pub async fn keep_own(tx: &mut Tx<'_>, base_url: &str, own: Vec<Statement>, now: Timestamp) -> DbResult<()> {
    let new: Vec<New> = own
        .into_iter()
        .map(|statement| New { id: statement.id().unwrap_or_else(|| now.uuid()), statement, attached: Vec::new() })
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let kept = statements::keep(tx, &own_voucher(base_url), &new, now).await?;
    kept.map_err(|_| DbError::Contended)
}

/// Keeps a state of an agent in an activity, in the place of the one that is there.
pub async fn put_state(
    tx: &mut Tx<'_>,
    (activity, agent, registration): (&str, &str, Uuid),
    name: &str,
    document: &serde_json::Value,
    now: Timestamp,
) -> DbResult<()> {
    let place = Place::of_states(Room::PORTAL, activity, agent, Some(registration));
    let sent = Sent { content_type: "application/json".to_owned(), content: document.to_string().into_bytes() };
    let put = documents::put(tx, place, name, &sent, How::Replaced, &Conditions::default(), SYSTEM, now).await?;
    put.map_err(|_| DbError::Contended)
}

/// What was said in a registration of the portal's own with one of these verbs and counts, what was stored last first, at most `most`.
pub async fn said_in(tx: &mut Tx<'_>, registration: Uuid, verbs: &[&str], most: i64) -> DbResult<Vec<Statement>> {
    statements::said(tx, Room::PORTAL, registration, verbs, most).await
}

/// The portal vouches.
fn own_voucher(base_url: &str) -> Voucher {
    let mut account = Object::new();
    account.insert("homePage", base_url);
    account.insert("name", SYSTEM);
    let mut agent = Object::new();
    agent.insert("objectType", "Agent");
    agent.insert("account", account);
    Voucher { room: Room::PORTAL, label: SYSTEM.to_owned(), authority: Json::Object(agent) }
}
