//! What all statements of a room together say: the definition of an activity, the display of a verb, the names of an agent.

mod learn;
mod store;

use db::{DbResult, Tx};
use kernel::Uuid;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use xapi::json::Object;
use xapi::{Format, Json, Known, Languages};

pub(crate) use learn::learn;
pub(crate) use store::names;

use crate::Room;

fn activity(room: Room, id: &str) -> Uuid {
    room.key("definition", &[id])
}

fn verb(room: Room, id: &str) -> Uuid {
    room.key("display", &[id])
}

/// Knows nothing, and notes what it is asked for.
struct Asked {
    room: Room,
    keys: RefCell<BTreeSet<Uuid>>,
}

impl Asked {
    /// Nothing was asked for yet.
    fn of(room: Room) -> Self {
        Self { room, keys: RefCell::default() }
    }

    /// What was asked for.
    fn keys(self) -> BTreeSet<Uuid> {
        self.keys.into_inner()
    }
}

impl Known for Asked {
    fn definition(&self, id: &str) -> Option<Object> {
        self.keys.borrow_mut().insert(activity(self.room, id));
        None
    }

    fn display(&self, id: &str) -> Option<Object> {
        self.keys.borrow_mut().insert(verb(self.room, id));
        None
    }
}

/// What the room knows of some activities and verbs.
#[derive(Clone, Debug)]
struct Terms {
    room: Room,
    terms: HashMap<Uuid, Object>,
}

impl Known for Terms {
    fn definition(&self, id: &str) -> Option<Object> {
        self.terms.get(&activity(self.room, id)).cloned()
    }

    fn display(&self, id: &str) -> Option<Object> {
        self.terms.get(&verb(self.room, id)).cloned()
    }
}

/// Statements in the form that says what the room knows of their activities and verbs.
pub(crate) async fn told(tx: &mut Tx<'_>, room: Room, statements: &[Json], languages: &Languages) -> DbResult<Vec<Json>> {
    let wanted = Asked::of(room);
    let mut told = statements.to_vec();
    for statement in &mut told {
        Format::Canonical.apply(statement, &wanted, languages);
    }
    let terms = Terms { room, terms: store::terms(tx, &wanted.keys()).await? };
    told.clone_from_slice(statements);
    for statement in &mut told {
        Format::Canonical.apply(statement, &terms, languages);
    }
    Ok(told)
}

/// The definition of an activity.
pub(crate) async fn definition(tx: &mut Tx<'_>, room: Room, id: &str) -> DbResult<Option<Object>> {
    let key = activity(room, id);
    Ok(store::terms(tx, &BTreeSet::from([key])).await?.remove(&key))
}

/// A stored object.
fn object(json: &str) -> Option<Object> {
    match Json::parse(json.as_bytes()) {
        Ok(Json::Object(object)) => Some(object),
        _ => None,
    }
}
