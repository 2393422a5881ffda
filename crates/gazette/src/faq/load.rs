use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::Deserialize;
use web::{data_names, data_text};

use super::question::Place;
use super::{room, store};
use crate::approval::{Kind, Wording, record_published};
use crate::{front_matter, numbers};

/// The head of `data/faq/*.ja.md`.
#[derive(Deserialize)]
struct Head {
    number: i64,
    title_ja: String,
    #[serde(default)]
    title_en: String,
    group: String,
    #[serde(default)]
    shown: Vec<String>,
}

/// Enters the questions of `data/faq` under their own numbers. Returns how many were new.
pub async fn load(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<usize> {
    let mut loaded = 0;
    for name in data_names("faq").into_iter().filter(|name| name.ends_with(".ja.md")) {
        let file = data_text(&name);
        let Some((head, body)) = front_matter::split::<Head>(&file) else { continue };
        let Ok(topic) = head.group.parse() else {
            tracing::error!(file = %name, "a question has no topic");
            continue;
        };
        if store::is_taken(tx, head.number).await? {
            continue;
        }
        let places: Vec<Place> = head.shown.iter().filter_map(|place| place.parse().ok()).collect();
        let wording = Wording {
            title_ja: head.title_ja,
            body_ja: body.to_owned(),
            title_en: head.title_en,
            body_en: data_text(&name.replace(".ja.md", ".en.md")).trim().to_owned(),
            facts: room::facts(topic, &places),
            ..Wording::default()
        };
        let version = record_published(tx, Kind::Question, &wording, now).await?;
        store::put(tx, version.text, head.number, topic, &places, &wording, now).await?;
        numbers::taken(tx, room::SERIES, head.number).await?;
        loaded += 1;
    }
    Ok(loaded)
}
