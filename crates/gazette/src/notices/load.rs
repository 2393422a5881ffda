use db::{DbResult, Tx};
use kernel::{Day, FiscalYear, Timestamp};
use serde::Deserialize;
use serde_json::json;
use web::{data_names, data_text};

use super::notice::{Category, Slug};
use super::store;
use crate::approval::{Kind, Wording, record_published};
use crate::{front_matter, numbers};

/// The head of `data/notices/*.ja.md`. A notice of the demo has month, day and number instead of an address.
#[derive(Deserialize)]
struct Head {
    slug: Option<String>,
    #[serde(default)]
    demo: bool,
    month: Option<i8>,
    day: Option<i8>,
    number: Option<i64>,
    title_ja: String,
    #[serde(default)]
    title_en: String,
    category: String,
}

/// Enters the notices of `data/notices`, those of the demo on their days in the fiscal year `year`. Returns how many were new.
pub async fn load(tx: &mut Tx<'_>, year: FiscalYear, demo: bool, now: Timestamp) -> DbResult<usize> {
    let mut loaded = 0;
    for name in data_names("notices").into_iter().filter(|name| name.ends_with(".ja.md")) {
        let file = data_text(&name);
        let Some((head, body)) = front_matter::split::<Head>(&file) else { continue };
        let (Some(slug), Some(category)) = (slug(&head, year), Category::printed(&head.category)) else {
            tracing::error!(file = %name, "a notice has no address or no category");
            continue;
        };
        if (head.demo && !demo) || store::at(tx, slug).await?.is_some() {
            continue;
        }
        let english = data_text(&name.replace(".ja.md", ".en.md"));
        let wording = Wording {
            title_ja: head.title_ja,
            body_ja: body.to_owned(),
            title_en: head.title_en,
            body_en: english.trim().to_owned(),
            facts: json!({ "category": category.id() }),
            ..Wording::default()
        };
        let version = record_published(tx, Kind::Notice, &wording, now).await?;
        store::add(tx, version.text, slug, category, &wording, Timestamp::in_japan(slug.day, 0, 0)).await?;
        numbers::taken(tx, &Slug::series(slug.day), slug.number).await?;
        loaded += 1;
    }
    Ok(loaded)
}

fn slug(head: &Head, year: FiscalYear) -> Option<Slug> {
    if let Some(slug) = &head.slug {
        return slug.parse().ok();
    }
    let month = head.month?;
    let calendar_year = if month >= 4 { year.begins_in() } else { year.begins_in() + 1 };
    Some(Slug { day: Day::new(calendar_year, month, head.day?).ok()?, number: head.number? })
}
