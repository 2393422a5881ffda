use db::{DbResult, Tx};
use kernel::{Day, Timestamp};
use serde::Deserialize;
use web::data_text;

use super::page::Name;
use super::{room, store};
use crate::approval::{Kind, Wording, record_published};
use crate::front_matter;

/// The head of `data/pages/*.md`.
#[derive(Deserialize)]
struct Head {
    title: String,
    #[serde(default)]
    lead: String,
    updated: toml::value::Datetime,
}

/// Enters the fixed pages of `data/pages`. Returns how many were new.
pub async fn load(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<usize> {
    let mut loaded = 0;
    for name in Name::ALL {
        if store::page(tx, name).await?.is_some() {
            continue;
        }
        let (ja, en) = (data_text(&format!("pages/{}.ja.md", name.id())), data_text(&format!("pages/{}.en.md", name.id())));
        let (Some((head_ja, body_ja)), Some((head_en, body_en))) = (front_matter::split::<Head>(&ja), front_matter::split::<Head>(&en))
        else {
            tracing::error!(page = name.id(), "a fixed page is missing");
            continue;
        };
        let wording = Wording {
            title_ja: head_ja.title,
            lead_ja: head_ja.lead,
            body_ja: body_ja.to_owned(),
            title_en: head_en.title,
            lead_en: head_en.lead,
            body_en: body_en.to_owned(),
            facts: room::facts(name),
        };
        let updated: Day = head_ja.updated.to_string().parse().unwrap_or_else(|_| now.day());
        let version = record_published(tx, Kind::Page, &wording, now).await?;
        store::put(tx, version.text, name, &wording, updated, now).await?;
        loaded += 1;
    }
    Ok(loaded)
}
