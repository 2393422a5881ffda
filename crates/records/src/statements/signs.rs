//! What a statement is found by.

use kernel::Uuid;
use std::collections::BTreeSet;
use xapi::{Filter, Index};

use crate::Room;

/// The keys under which the index has a statement.
pub(super) fn of(room: Room, index: &Index) -> BTreeSet<Uuid> {
    let mut signs = BTreeSet::from([verb(room, &index.verb)]);
    for entry in &index.agents {
        signs.insert(agent(room, &entry.key, true));
        if entry.is_direct() {
            signs.insert(agent(room, &entry.key, false));
        }
    }
    for entry in &index.activities {
        signs.insert(activity(room, &entry.id, true));
        if entry.is_direct() {
            signs.insert(activity(room, &entry.id, false));
        }
    }
    signs.extend(index.registration.map(|id| registration(room, id)));
    signs
}

/// The keys that a filter asks for, the ones that are likely to be rarest first.
pub(super) fn asked(room: Room, filter: &Filter) -> Vec<Uuid> {
    let mut keys = Vec::new();
    keys.extend(filter.registration.map(|id| registration(room, id)));
    keys.extend(filter.agent.as_deref().map(|key| agent(room, key, filter.related_agents)));
    keys.extend(filter.activity.as_deref().map(|id| activity(room, id, filter.related_activities)));
    keys.extend(filter.verb.as_deref().map(|id| verb(room, id)));
    keys
}

pub(crate) fn verb(room: Room, id: &str) -> Uuid {
    room.key("verb", &[id])
}

pub(crate) fn agent(room: Room, key: &str, anywhere: bool) -> Uuid {
    room.key(if anywhere { "agent anywhere" } else { "agent" }, &[key])
}

fn activity(room: Room, id: &str, anywhere: bool) -> Uuid {
    room.key(if anywhere { "activity anywhere" } else { "activity" }, &[id])
}

pub(crate) fn registration(room: Room, id: Uuid) -> Uuid {
    room.key("registration", &[&id.to_string()])
}
