use db::{DbResult, Tx};
use kernel::Timestamp;
use serde_json::{Value, json};
use std::collections::HashMap;
use web::{Filled, Posted, Words};

use super::notice::{Category, Slug};
use super::store;
use crate::approval::drafts;
use crate::approval::{Choice, Kind, Room, TextId, Version};
use crate::numbers;

/// How notices go through approval.
pub struct Notices;

/// The category among a version's facts.
fn category(facts: &Value) -> Option<Category> {
    facts.get("category")?.as_str()?.parse().ok()
}

impl Room for Notices {
    const KIND: Kind = Kind::Notice;
    const WORDS: &'static str = "notices";
    const GROWS: bool = true;
    const TAKEN: &'static str = "lists-notices-wrong-taken";
    const HAS_LEAD: bool = false;

    fn choices(filled: &Filled, w: Words) -> Vec<Choice> {
        vec![Choice {
            name: "category",
            label: w.t("notices-category"),
            hint: String::new(),
            error: filled.error("category").to_owned(),
            several: false,
            options: Category::ALL.map(|one| (one.id().to_owned(), w.t(&one.key()), filled.is("category", one.id()))).to_vec(),
        }]
    }

    fn show(facts: &Value, filled: &mut Filled) {
        filled.set("category", category(facts).map_or("", Category::id));
    }

    fn read(posted: &Posted, filled: &mut Filled, w: Words) -> Value {
        if let Ok(category) = posted.get("category").parse::<Category>() {
            json!({ "category": category.id() })
        } else {
            filled.wrong("category", w.t("notices-wrong-category"));
            Value::Null
        }
    }

    fn mark(facts: &Value, w: Words) -> String {
        category(facts).map_or_else(String::new, |category| w.t(&category.key()))
    }

    async fn make_public(tx: &mut Tx<'_>, version: &Version, now: Timestamp) -> DbResult<String> {
        let category = category(&version.facts).unwrap_or(Category::Guidance);
        if let Some(slug) = store::slug_of(tx, version.text).await? {
            store::revise(tx, version.text, category, &version.wording(), now).await?;
            return Ok(slug.path());
        }
        // A notice that was public elsewhere keeps its address and its day there.
        let kept = drafts::kept(&version.facts).and_then(|slug| slug.parse::<Slug>().ok()).filter(|slug| slug.day <= now.day());
        if let Some(slug) = kept
            && store::at(tx, slug).await?.is_none()
        {
            numbers::taken(tx, &Slug::series(slug.day), slug.number).await?;
            store::add(tx, version.text, slug, category, &version.wording(), Timestamp::in_japan(slug.day, 0, 0)).await?;
            return Ok(slug.path());
        }
        let day = now.day();
        let slug = Slug { day, number: numbers::next(tx, &Slug::series(day)).await? };
        store::add(tx, version.text, slug, category, &version.wording(), now).await?;
        Ok(slug.path())
    }

    async fn holders(tx: &mut Tx<'_>, numbers: &[&str]) -> DbResult<HashMap<String, String>> {
        let slugs: Vec<Slug> = numbers.iter().filter_map(|number| number.parse().ok()).collect();
        let titles = store::titles_of_days(tx, &slugs).await?;
        Ok(titles.into_iter().map(|(slug, title)| (slug.to_string(), title)).collect())
    }

    async fn reserve(tx: &mut Tx<'_>, number: &str) -> DbResult<()> {
        match number.parse::<Slug>() {
            Ok(slug) => numbers::taken(tx, &Slug::series(slug.day), slug.number).await,
            Err(_) => Ok(()),
        }
    }

    async fn take_back(tx: &mut Tx<'_>, text: TextId, reason: &str, now: Timestamp) -> DbResult<()> {
        store::withdraw(tx, text, reason, now).await
    }

    async fn address(tx: &mut Tx<'_>, text: TextId) -> DbResult<Option<String>> {
        Ok(store::slug_of(tx, text).await?.map(Slug::path))
    }
}
