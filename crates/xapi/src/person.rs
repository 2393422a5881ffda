//! A person: all that is known of one agent (xAPI-Communication 2.4.s1).

use crate::json::Object;
use crate::{Actor, Json};

/// The keys whose values are gathered into lists.
const KEYS: &[&str] = &["name", "mbox", "mbox_sha1sum", "openid", "account"];

/// The person object of an agent: `{"objectType": "Person", "name": […], "mbox": […], …}`.
///
/// `asked` is the agent of the request; `known` are the same agent as it stands in statements. Every value stands once, the
/// asked one first.
pub fn person<'a>(asked: Actor<'a>, known: impl IntoIterator<Item = Actor<'a>>) -> Json {
    let mut lists: Vec<(&str, Vec<Json>)> = KEYS.iter().map(|key| (*key, Vec::new())).collect();
    for actor in std::iter::once(asked).chain(known) {
        for (key, list) in &mut lists {
            if let Some(value) = actor.json().get(key).filter(|value| !list.contains(value)) {
                list.push(value.clone());
            }
        }
    }
    let mut person = Object::new();
    person.insert("objectType", "Person");
    for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        person.insert(key, list);
    }
    person.into()
}
