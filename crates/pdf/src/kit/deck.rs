use serde::Serialize;

use crate::typeset::{Document, Moment, NotSet};

/// A course as it is shown on a wall: slides with what is said to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deck {
    /// `ja` or `en`.
    pub lang: String,
    /// The course.
    pub title: String,
    /// For whom it is.
    pub over: String,
    /// Whose session it is; empty if nobody has said.
    pub institution: String,
    /// Terms and what they are here: 日時, 場所, 講師.
    pub facts: Vec<(String, String)>,
    /// Its units.
    pub parts: Vec<DeckPart>,
    /// 院内の連絡先
    pub contacts_title: String,
    /// Whom to call: what they are, and who or where. Nothing is known where the second is empty.
    pub contacts: Vec<(String, String)>,
    /// What stands below them on the last slide.
    pub contacts_note: String,
    /// 話し方の原稿
    pub script_title: String,
    /// How the script is used.
    pub script_lead: String,
    /// Who made the course, its version, and how it may be used.
    pub terms: Vec<String>,
    /// At the foot of every page.
    pub foot: String,
    /// Who made the course.
    pub issuer: String,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeckPart {
    /// 単元1
    pub over: String,
    /// Its title.
    pub title: String,
    /// 約4分
    pub minutes: String,
    /// Its slides.
    pub slides: Vec<DeckSlide>,
}

/// A slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeckSlide {
    /// Its heading.
    pub heading: String,
    /// What stands on it, in its order.
    pub blocks: Vec<Block>,
    /// What is said.
    pub notes: String,
}

/// Some words of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they stand out.
    pub mark: Mark,
}

/// How words stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// They do not.
    Plain,
    /// They weigh more.
    Strong,
    /// They are typed.
    Code,
}

/// A part of a slide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Block {
    /// A paragraph.
    Text {
        /// Its words.
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// Its lines.
        items: Vec<Vec<Run>>,
    },
    /// Commands.
    Code {
        /// Line by line.
        lines: Vec<String>,
    },
    /// Something set apart: a word explained, what to do, what not to do, what has changed.
    Aside {
        /// `term`, `do`, `dont` or `dated`.
        role: String,
        /// 脆弱性, すること, 2022年度 → 2026年6月
        label: String,
        /// What stands in it.
        blocks: Vec<Self>,
    },
    /// A drawing.
    Figure {
        /// As SVG.
        svg: String,
        /// What it tells to whoever does not see it.
        alt: String,
    },
    /// A mail, a call, a screen to look at.
    Scene {
        /// What it is.
        title: String,
        /// Where, when, and what to choose.
        situation: String,
        /// What is to be read: who or what, and the words.
        rows: Vec<(String, String)>,
    },
    /// 院内の連絡先
    Contacts,
}

/// Sets the slides: 16:9, one a page.
pub fn slides(deck: &Deck, made_at: Moment) -> Result<Vec<u8>, NotSet> {
    deck.set(include_str!("slides.typ"), "slides", made_at)
}

/// Sets what is said to each slide: A4, upright.
pub fn script(deck: &Deck, made_at: Moment) -> Result<Vec<u8>, NotSet> {
    deck.set(include_str!("script.typ"), "script", made_at)
}

impl Deck {
    fn set(&self, template: &'static str, what: &str, made_at: Moment) -> Result<Vec<u8>, NotSet> {
        let facts = serde_json::to_vec(self).map_err(|wrong| NotSet::Fault(wrong.to_string()))?;
        let ident = format!("{what} {} {}", self.title, self.institution);
        Document { template, facts, pictures: Vec::new(), texts: self.texts(), made_at, ident: &ident }.set()
    }

    fn texts(&self) -> Vec<&str> {
        let mut texts = vec![
            &*self.title,
            &self.over,
            &self.institution,
            &self.contacts_title,
            &self.contacts_note,
            &self.script_title,
            &self.script_lead,
            &self.foot,
            &self.issuer,
        ];
        texts.extend(self.terms.iter().map(String::as_str));
        texts.extend(self.facts.iter().chain(&self.contacts).flat_map(|(term, value)| [&**term, value]));
        for part in &self.parts {
            texts.extend([&*part.over, &part.title, &part.minutes]);
            for slide in &part.slides {
                texts.extend([&*slide.heading, &slide.notes]);
                slide.blocks.iter().for_each(|block| block.add_texts(&mut texts));
            }
        }
        texts
    }
}

impl Block {
    fn add_texts<'b>(&'b self, texts: &mut Vec<&'b str>) {
        match self {
            Self::Text { runs } => texts.extend(runs.iter().map(|run| &*run.text)),
            Self::List { items } => texts.extend(items.iter().flatten().map(|run| &*run.text)),
            Self::Code { lines } => texts.extend(lines.iter().map(String::as_str)),
            Self::Aside { label, blocks, .. } => {
                texts.push(label);
                for block in blocks {
                    block.add_texts(texts);
                }
            }
            Self::Figure { alt, .. } => texts.push(alt),
            Self::Scene { title, situation, rows } => {
                texts.extend([&**title, situation]);
                texts.extend(rows.iter().flat_map(|(who, words)| [&**who, words]));
            }
            Self::Contacts => {}
        }
    }
}
