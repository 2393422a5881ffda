//! `first-steps.toml` and `card.toml`, as they are read.

use serde::Deserialize;
use std::sync::LazyLock;

use crate::contents::{self, Both, ContentFault};

const STEPS: &str = "first-steps.toml";
const CARD: &str = "card.toml";

/// What to do first, by device and by what is seen.
#[derive(Debug, Deserialize)]
pub struct Steps {
    pub no_blame: Words,
    pub power_exception: Words,
    pub cut: Vec<Cut>,
    pub cut_note: Words,
    pub paper: Paper,
    pub never: Vec<Never>,
    party: Vec<Party>,
    record: Vec<Record>,
    pub device: Vec<Sheet>,
    pub seen: Vec<Sheet>,
}

#[derive(Debug, Deserialize)]
pub struct Words {
    pub text: Both,
}

/// A line to cut, in its place.
#[derive(Debug, Deserialize)]
pub struct Cut {
    pub n: u8,
    pub title: Both,
    pub how: Both,
}

#[derive(Debug, Deserialize)]
pub struct Paper {
    pub title: Both,
    #[serde(rename = "do")]
    pub dos: Vec<Both>,
}

#[derive(Debug, Deserialize)]
pub struct Never {
    pub text: Both,
    pub why: Both,
}

#[derive(Debug, Deserialize)]
struct Party {
    id: String,
    name: Both,
}

#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    text: Both,
}

/// The first steps for one device, or for one thing that is seen.
#[derive(Debug, Deserialize)]
pub struct Sheet {
    pub id: String,
    pub picture: String,
    pub name: Both,
    tell: Vec<String>,
    note: Vec<String>,
    pub staff: Lists,
    pub admin: Lists,
    #[serde(default)]
    pub keep_power: bool,
    #[serde(default)]
    pub never_touch: bool,
}

#[derive(Debug, Deserialize)]
pub struct Lists {
    #[serde(rename = "do")]
    pub dos: Vec<Both>,
    #[serde(rename = "dont")]
    pub donts: Vec<Both>,
}

/// The card for the wall.
#[derive(Debug, Deserialize)]
pub struct Card {
    pub head: Head,
    pub step: Vec<CardStep>,
    pub never_touch: Both,
    pub keep_on: Both,
    pub dont: Both,
    pub no_blame: Both,
    pub phone: Vec<CardPhone>,
    field_names: std::collections::BTreeMap<String, Both>,
    pub blank: Vec<Blank>,
    pub notes: Notes,
    pub foot: Foot,
}

#[derive(Debug, Deserialize)]
pub struct Head {
    pub title: Both,
    pub sub: Both,
    pub care: Both,
}

#[derive(Debug, Deserialize)]
pub struct CardStep {
    pub picture: String,
    pub big: Both,
    pub small: Both,
}

#[derive(Debug, Deserialize)]
pub struct CardPhone {
    pub n: u8,
    pub id: String,
    pub label: Both,
    pub fields: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub struct Blank {
    pub label: Both,
}

#[derive(Debug, Deserialize)]
pub struct Notes {
    pub title: Both,
    pub lines: Vec<Both>,
}

#[derive(Debug, Deserialize)]
pub struct Foot {
    pub print: Both,
    pub made: Both,
    pub no_secret: Both,
}

/// The first steps as shipped. The program checks them at its start.
pub fn steps() -> &'static Steps {
    static STEPS: LazyLock<Steps> = LazyLock::new(|| Steps::shipped().expect("data/desk was checked at the start"));
    &STEPS
}

/// The card as shipped. The program checks it at its start.
pub fn card() -> &'static Card {
    static CARD: LazyLock<Card> = LazyLock::new(|| Card::shipped().expect("data/desk was checked at the start"));
    &CARD
}

impl Steps {
    /// The first steps of `data/desk`.
    pub fn shipped() -> Result<Self, ContentFault> {
        Self::parse(&contents::text(STEPS))
    }

    fn parse(text: &str) -> Result<Self, ContentFault> {
        let steps: Self = contents::parse(STEPS, text)?;
        for sheet in steps.device.iter().chain(&steps.seen) {
            let is_known = |id: &&String| steps.party(id).is_none() && steps.record(id).is_none();
            if let Some(id) = sheet.tell.iter().chain(&sheet.note).find(is_known) {
                return Err(contents::fault(STEPS, text, &sheet.id, format!("there is no party and no record {id}")));
            }
        }
        Ok(steps)
    }

    /// The sheet with this id.
    pub fn sheet(&self, id: &str) -> Option<&Sheet> {
        self.device.iter().chain(&self.seen).find(|sheet| sheet.id == id)
    }

    /// Whom to tell.
    pub fn tell<'s>(&'s self, sheet: &'s Sheet) -> impl Iterator<Item = &'s Both> {
        sheet.tell.iter().filter_map(|id| self.party(id))
    }

    /// What to write down.
    pub fn note<'s>(&'s self, sheet: &'s Sheet) -> impl Iterator<Item = &'s Both> {
        sheet.note.iter().filter_map(|id| self.record(id))
    }

    fn party(&self, id: &str) -> Option<&Both> {
        self.party.iter().find(|party| party.id == id).map(|party| &party.name)
    }

    fn record(&self, id: &str) -> Option<&Both> {
        self.record.iter().find(|record| record.id == id).map(|record| &record.text)
    }
}

impl Card {
    /// The card of `data/desk`.
    pub fn shipped() -> Result<Self, ContentFault> {
        let text = contents::text(CARD);
        let card: Self = contents::parse(CARD, &text)?;
        for phone in &card.phone {
            if let Some(field) = phone.fields.iter().find(|field| !card.field_names.contains_key(*field)) {
                return Err(contents::fault(CARD, &text, &phone.id, format!("the field {field} has no name")));
            }
        }
        Ok(card)
    }

    /// What a blank is called.
    pub fn field(&self, name: &str) -> Option<&Both> {
        self.field_names.get(name)
    }
}
