//! Documents that other systems keep: states of an agent in an activity, profiles of activities and of agents.

mod change;
mod store;

use db::row;
use kernel::{Timestamp, Uuid};
use sha1::{Digest, Sha1};

pub(crate) use change::{Conditions, How, NotChanged, Sent, put, remove};
pub(crate) use store::{find, list, remove_all};

use crate::Room;

/// Where documents lie, each under an id of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    key: Uuid,
    /// Only states have one.
    registration: Option<Uuid>,
}

impl Place {
    /// The states of an agent in an activity.
    pub fn of_states(room: Room, activity: &str, agent: &str, registration: Option<Uuid>) -> Self {
        Self { key: room.key("states", &[activity, agent]), registration }
    }

    /// The profile of an activity.
    pub fn of_activity(room: Room, activity: &str) -> Self {
        Self { key: room.key("profile of an activity", &[activity]), registration: None }
    }

    /// The profile of an agent.
    pub fn of_agent(room: Room, agent: &str) -> Self {
        Self { key: room.key("profile of an agent", &[agent]), registration: None }
    }
}

row! {
    /// A document.
    #[derive(Clone, Debug)]
    pub(crate) struct Document {
        pub content_type: String,
        pub content: Vec<u8>,
        pub etag: String,
        pub changed_at: Timestamp,
    }
}

/// The entity tag of a content: its SHA-1 in hexadecimal digits, as the specification asks. It tells versions apart and proves
/// nothing.
fn etag(content: &[u8]) -> String {
    format!("\"{}\"", hex::encode(Sha1::digest(content)))
}
