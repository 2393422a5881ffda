use db::{DbResult, Tx};
use kernel::Uuid;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use xapi::json::Object;
use xapi::{Actor, Context, Json, Statement, StatementObject, definitions, displays, merge_definition};

use super::{activity, store, verb};
use crate::Room;

/// Takes in what statements say about activities, verbs and agents. One after the other for a room: it reads, merges and writes.
pub(crate) async fn learn<'a>(tx: &mut Tx<'_>, room: Room, statements: impl Iterator<Item = &'a Statement> + Clone) -> DbResult<()> {
    let mut said: Vec<(Uuid, bool, &Object)> = Vec::new();
    let mut names = BTreeSet::new();
    for statement in statements {
        said.extend(definitions(statement).map(|(id, definition)| (activity(room, id), true, definition)));
        said.extend(displays(statement).map(|(id, display)| (verb(room, id), false, display)));
        for_each_actor(statement, &mut |actor| {
            if let (Some(ifi), Some(name)) = (actor.ifi(), actor.json().get("name").and_then(Json::as_str)) {
                names.insert((ifi.key(), name.to_owned()));
            }
        });
    }
    let before = store::terms(tx, &said.iter().map(|(key, ..)| *key).collect()).await?;
    let mut terms: HashMap<Uuid, Object> = before.clone();
    for (key, is_definition, later) in said {
        let known = terms.entry(key).or_default();
        if is_definition {
            merge_definition(known, later);
        } else {
            for (language, text) in later.iter() {
                known.insert(language, text.clone());
            }
        }
    }
    // What says nothing new is not written.
    let changed: BTreeMap<Uuid, String> = terms
        .into_iter()
        .filter(|(key, term)| before.get(key) != Some(term))
        .map(|(key, term)| (key, Json::from(term).to_string()))
        .collect();
    store::put_terms(tx, &changed).await?;
    store::add_names(tx, room, &names).await
}

fn for_each_actor(statement: &Statement, each: &mut impl FnMut(Actor<'_>)) {
    let mut one = |actor: Actor<'_>| {
        each(actor);
        for member in actor.members() {
            each(Actor::Agent(member));
        }
    };
    one(statement.actor());
    if let Some(context) = statement.context() {
        of_context(context, &mut one);
    }
    match statement.object() {
        StatementObject::Actor(actor) => one(actor),
        StatementObject::SubStatement(sub) => {
            one(sub.actor());
            if let StatementObject::Actor(actor) = sub.object() {
                one(actor);
            }
            if let Some(context) = sub.context() {
                of_context(context, &mut one);
            }
        }
        StatementObject::Activity(_) | StatementObject::StatementRef(_) => {}
    }
}

fn of_context(context: Context<'_>, one: &mut impl FnMut(Actor<'_>)) {
    context.instructor().into_iter().chain(context.team()).chain(context.actors()).for_each(one);
}
