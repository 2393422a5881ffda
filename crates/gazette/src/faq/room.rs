use db::{DbResult, Tx};
use kernel::Timestamp;
use serde_json::{Value, json};
use std::collections::HashMap;
use web::{Filled, Posted, Words};

use super::question::{Place, Topic, path};
use super::store;
use crate::approval::drafts;
use crate::approval::{Choice, Kind, Room, TextId, Version};
use crate::numbers;

/// How questions go through approval.
pub struct Faq;

/// The series that their numbers come from.
pub const SERIES: &str = "question";

/// The topic among a version's facts.
pub fn topic(facts: &Value) -> Option<Topic> {
    facts.get("topic")?.as_str()?.parse().ok()
}

/// The places among a version's facts.
pub fn places(facts: &Value) -> Vec<Place> {
    let words = facts.get("shown").and_then(Value::as_array).into_iter().flatten();
    words.filter_map(|word| word.as_str()?.parse().ok()).collect()
}

/// A topic and places as facts.
pub fn facts(topic: Topic, places: &[Place]) -> Value {
    json!({ "topic": topic.id(), "shown": places.iter().map(|place| place.id()).collect::<Vec<_>>() })
}

impl Room for Faq {
    const KIND: Kind = Kind::Question;
    const WORDS: &'static str = "faq";
    const GROWS: bool = true;
    const TAKEN: &'static str = "lists-questions-wrong-taken";
    const HAS_LEAD: bool = false;

    fn choices(filled: &Filled, w: Words) -> Vec<Choice> {
        vec![
            Choice {
                name: "topic",
                label: w.t("faq-topic"),
                hint: String::new(),
                error: filled.error("topic").to_owned(),
                several: false,
                options: Topic::ALL.map(|one| (one.id().to_owned(), w.t(&one.key()), filled.is("topic", one.id()))).to_vec(),
            },
            Choice {
                name: "shown",
                label: w.t("faq-shown"),
                hint: w.t("faq-shown-hint"),
                error: String::new(),
                several: true,
                options: Place::ALL.map(|one| (one.id().to_owned(), w.t(&one.key()), is_ticked(filled, one))).to_vec(),
            },
        ]
    }

    fn show(facts: &Value, filled: &mut Filled) {
        filled.set("topic", topic(facts).map_or("", Topic::id));
        tick(&places(facts), filled);
    }

    fn read(posted: &Posted, filled: &mut Filled, w: Words) -> Value {
        let places: Vec<Place> = posted.all("shown").filter_map(|word| word.parse().ok()).collect();
        tick(&places, filled);
        if let Ok(topic) = posted.get("topic").parse::<Topic>() {
            facts(topic, &places)
        } else {
            filled.wrong("topic", w.t("faq-wrong-topic"));
            Value::Null
        }
    }

    fn mark(facts: &Value, w: Words) -> String {
        topic(facts).map_or_else(String::new, |topic| w.t(&topic.key()))
    }

    async fn make_public(tx: &mut Tx<'_>, version: &Version, now: Timestamp) -> DbResult<String> {
        let number = match store::number_of(tx, version.text).await? {
            Some(number) => number,
            None => match kept_number(tx, &version.facts).await? {
                Some(number) => number,
                None => numbers::next(tx, SERIES).await?,
            },
        };
        let topic = topic(&version.facts).unwrap_or(Topic::Apply);
        store::put(tx, version.text, number, topic, &places(&version.facts), &version.wording(), now).await?;
        Ok(path(number))
    }

    async fn holders(tx: &mut Tx<'_>, numbers: &[&str]) -> DbResult<HashMap<String, String>> {
        let numbers: Vec<i64> = numbers.iter().filter_map(|number| number.parse().ok()).collect();
        let titles = store::titles_of(tx, &numbers).await?;
        Ok(titles.into_iter().map(|(number, title)| (number.to_string(), title)).collect())
    }

    async fn reserve(tx: &mut Tx<'_>, number: &str) -> DbResult<()> {
        match number.parse() {
            Ok(number) => numbers::taken(tx, SERIES, number).await,
            Err(_) => Ok(()),
        }
    }

    async fn take_back(tx: &mut Tx<'_>, text: TextId, _: &str, now: Timestamp) -> DbResult<()> {
        store::withdraw(tx, text, now).await
    }

    async fn address(tx: &mut Tx<'_>, text: TextId) -> DbResult<Option<String>> {
        Ok(store::number_of(tx, text).await?.map(path))
    }
}

/// The number that a question had elsewhere, unless another has it.
async fn kept_number(tx: &mut Tx<'_>, facts: &Value) -> DbResult<Option<i64>> {
    let Some(number) = drafts::kept(facts).and_then(|number| number.parse().ok()) else { return Ok(None) };
    if store::is_taken(tx, number).await? {
        return Ok(None);
    }
    numbers::taken(tx, SERIES, number).await?;
    Ok(Some(number))
}

/// A form keeps one value a name, so each tick has one of its own.
fn tick(places: &[Place], filled: &mut Filled) {
    for place in Place::ALL {
        filled.set(&format!("shown-{}", place.id()), if places.contains(&place) { "yes" } else { "" });
    }
}

fn is_ticked(filled: &Filled, place: Place) -> bool {
    filled.is(&format!("shown-{}", place.id()), "yes")
}
