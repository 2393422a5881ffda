use db::{DbResult, Tx};
use kernel::Timestamp;
use serde_json::{Value, json};
use std::collections::HashMap;
use web::{Filled, Posted, Words};

use super::page::Name;
use super::store;
use crate::approval::{Choice, Kind, Room, TextId, Version};

/// How fixed pages go through approval. Their number is fixed: none is added or withdrawn.
pub struct Pages;

/// A page's name as facts.
pub fn facts(name: Name) -> Value {
    json!({ "name": name.id() })
}

impl Room for Pages {
    const KIND: Kind = Kind::Page;
    const WORDS: &'static str = "pages";
    const GROWS: bool = false;
    const TAKEN: &'static str = "";
    const HAS_LEAD: bool = true;

    fn choices(_: &Filled, _: Words) -> Vec<Choice> {
        Vec::new()
    }

    fn show(_: &Value, _: &mut Filled) {}

    /// Which page a text is never changes.
    fn read(_: &Posted, _: &mut Filled, _: Words) -> Value {
        Value::Null
    }

    fn mark(facts: &Value, _: Words) -> String {
        facts.get("name").and_then(Value::as_str).map_or_else(String::new, |name| format!("/{name}"))
    }

    async fn make_public(tx: &mut Tx<'_>, version: &Version, now: Timestamp) -> DbResult<String> {
        let known = store::name_of(tx, version.text).await?;
        let Some(name) = known.or_else(|| version.fact("name").parse().ok()) else { return Ok(String::new()) };
        store::put(tx, version.text, name, &version.wording(), now.day(), now).await?;
        Ok(name.path())
    }

    async fn holders(_: &mut Tx<'_>, _: &[&str]) -> DbResult<HashMap<String, String>> {
        Ok(HashMap::new())
    }

    async fn reserve(_: &mut Tx<'_>, _: &str) -> DbResult<()> {
        Ok(())
    }

    async fn take_back(_: &mut Tx<'_>, _: TextId, _: &str, _: Timestamp) -> DbResult<()> {
        Ok(())
    }

    async fn address(tx: &mut Tx<'_>, text: TextId) -> DbResult<Option<String>> {
        Ok(store::name_of(tx, text).await?.map(Name::path))
    }
}
