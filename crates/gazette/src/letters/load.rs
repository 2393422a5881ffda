use db::{DbResult, Tx};
use journal::Entry;
use journal::audit::SYSTEM;
use kernel::{Day, Timestamp};
use serde::{Deserialize, Serialize};

use super::document::Document;
use super::letter::Letter;
use super::store;

/// How much a file brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// Letters, new or known.
    pub letters: usize,
    /// Documents, new or known.
    pub documents: usize,
}

/// The text is no file of letters and documents.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum NotNotices {
    /// Not TOML of the right shape.
    #[error("the file cannot be read: {0}")]
    Shape(String),
    /// A letter or document without what it needs, by its id.
    #[error("{0} lacks what it needs: a date, who wrote to whom, a subject or title")]
    Incomplete(String),
}

#[derive(Deserialize)]
struct File {
    schema: String,
    #[serde(default)]
    letter: Vec<toml::Table>,
    #[serde(default)]
    ministry_document: Vec<toml::Table>,
}

/// Enters the letters and documents of a file such as `data/notices.toml`, whose shape is `mist-notices/1`.
///
/// What has an id that is known replaces what was known of it, so loading twice is the same as once.
pub async fn load_notices(tx: &mut Tx<'_>, file: &str, now: Timestamp) -> DbResult<Result<Loaded, NotNotices>> {
    let (letters, documents) = match read(file) {
        Ok(read) => read,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for (letter, position) in letters.iter().zip(1..) {
        store::put_letter(tx, position, letter).await?;
    }
    for (document, position) in documents.iter().zip(1..) {
        store::put_document(tx, position, document).await?;
    }
    let loaded = Loaded { letters: letters.len(), documents: documents.len() };
    let detail = serde_json::json!({ "letters": loaded.letters, "documents": loaded.documents });
    journal::record(tx, &Entry::by(SYSTEM).did("letters.loaded").on_the("letters").with(detail), now).await?;
    tx.public_changed().await?;
    Ok(Ok(loaded))
}

fn read(file: &str) -> Result<(Vec<Letter>, Vec<Document>), NotNotices> {
    let file: File = toml::from_str(file).map_err(|error| NotNotices::Shape(error.to_string()))?;
    if file.schema != "mist-notices/1" {
        return Err(NotNotices::Shape(file.schema));
    }
    let letters = file.letter.iter().map(letter).collect::<Result<_, _>>()?;
    let documents = file.ministry_document.iter().map(document).collect::<Result<_, _>>()?;
    Ok((letters, documents))
}

fn text(table: &toml::Table, name: &str) -> String {
    table.get(name).and_then(toml::Value::as_str).unwrap_or("").to_owned()
}

fn day(table: &toml::Table, name: &str) -> Option<Day> {
    table.get(name)?.as_datetime()?.to_string().parse().ok()
}

/// What has no column of its own.
fn facts(table: &toml::Table) -> serde_json::Value {
    let plain = |(name, value): (&String, &toml::Value)| {
        let value = match value.as_datetime() {
            Some(moment) => serde_json::Value::String(moment.to_string()),
            None => serde_json::to_value(value).unwrap_or_default(),
        };
        (name.clone(), value)
    };
    serde_json::Value::Object(table.iter().map(plain).collect())
}

fn letter(table: &toml::Table) -> Result<Letter, NotNotices> {
    let id = text(table, "id");
    let letter = Letter {
        chain: text(table, "chain"),
        level: table.get("level").and_then(toml::Value::as_integer).unwrap_or(0),
        day: day(table, "date").ok_or_else(|| NotNotices::Incomplete(id.clone()))?,
        sender: text(table, "from"),
        addressee: text(table, "to"),
        kind: text(table, "kind"),
        number: text(table, "number"),
        subject_ja: text(table, "subject"),
        subject_en: text(table, "subject_en"),
        transfers: text(table, "transfers"),
        follows: text(table, "follows"),
        facts: facts(table),
        id,
    };
    let is_whole = [&letter.id, &letter.sender, &letter.addressee, &letter.subject_ja].iter().all(|needed| !needed.is_empty());
    if is_whole { Ok(letter) } else { Err(NotNotices::Incomplete(letter.id)) }
}

fn document(table: &toml::Table) -> Result<Document, NotNotices> {
    let document = Document {
        id: text(table, "id"),
        kind_ja: text(table, "kind"),
        kind_en: text(table, "kind_en"),
        issued: day(table, "date").map_or_else(|| text(table, "issued_month"), |day| day.to_string()),
        number: text(table, "number"),
        title_ja: text(table, "title"),
        title_en: text(table, "title_en"),
        url: text(table, "url"),
        size_bytes: table.get("size_bytes").and_then(toml::Value::as_integer),
        superseded_by: text(table, "superseded_by"),
        superseded_on: day(table, "superseded_on"),
        facts: facts(table),
    };
    if document.id.is_empty() || document.title_ja.is_empty() { Err(NotNotices::Incomplete(document.id)) } else { Ok(document) }
}
