use serde::Deserialize;
use std::collections::BTreeMap;

use crate::Tlp;
use crate::forms::Form;
use crate::lexicon::{Lexicon, Said};

/// Somebody outside, and what may reach them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// The id.
    pub id: String,
    /// What they are called.
    pub name: Said,
    /// What is stricter than this stays.
    pub tlp: Tlp,
    /// Whether they learn who the institution is. Otherwise it is pseudonymised.
    pub names: bool,
    /// What they can be given: ids of forms, `stix`, `misp`, `tables`.
    pub papers: Vec<String>,
    /// By paper: which clocks end once they have been given it.
    #[serde(default)]
    pub ends: BTreeMap<String, Vec<String>>,
    /// By paper: which end instead, if it is a final report.
    #[serde(default)]
    pub ends_final: BTreeMap<String, Vec<String>>,
    /// Why they get what they get.
    pub why: Said,
}

impl Receiver {
    /// The clocks that end once this paper has been handed over.
    pub fn ends(&self, paper: &str, is_final: bool) -> &[String] {
        let finals = self.ends_final.get(paper).filter(|_| is_final);
        finals.or_else(|| self.ends.get(paper)).map_or(&[], Vec::as_slice)
    }
}

/// What can be made of a case.
#[derive(Clone, Copy, Debug)]
pub enum Paper<'a> {
    /// A form of `data/desk/forms`: a workbook, or a report as PDF.
    Form(&'a Form),
    /// STIX 2.1, a bundle.
    Stix,
    /// A MISP event.
    Misp,
    /// Tables with their description, in one archive.
    Tables,
}

/// Facts that programs are given beside indicators, events and hashes.
const FOR_PROGRAMS: [&str; 7] = ["summary", "actions", "path_detail", "cause", "ransom_family", "indicators", "timeline"];

impl Lexicon {
    /// What is called so: the id of a form, `stix`, `misp` or `tables`.
    pub fn paper(&self, id: &str) -> Option<Paper<'_>> {
        match id {
            "stix" => Some(Paper::Stix),
            "misp" => Some(Paper::Misp),
            "tables" => Some(Paper::Tables),
            id => self.form(id).map(Paper::Form),
        }
    }

    /// What a receiver can be given, with its name.
    pub fn papers<'a>(&'a self, receiver: &'a Receiver) -> impl Iterator<Item = (&'a str, Paper<'a>)> {
        receiver.papers.iter().filter_map(|id| self.paper(id).map(|paper| (id.as_str(), paper)))
    }
}

impl<'a> Paper<'a> {
    /// The facts that it asks for, so that nothing else is opened for it.
    pub fn facts(self) -> Vec<&'a str> {
        match self {
            Self::Form(form) => form.facts().collect(),
            Self::Stix | Self::Misp => FOR_PROGRAMS.to_vec(),
            Self::Tables => vec!["indicators", "timeline", "logs_kept"],
        }
    }

    /// Whether it asks for this fact.
    pub fn asks_for(self, fact: &str) -> bool {
        self.facts().contains(&fact)
    }
}
