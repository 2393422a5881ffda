//! Forms that ask for the facts of a case: reports to authorities, and reports after the incident. Their fields are data.

mod cell;
mod fill;
mod template;
mod workbook;

use serde::Deserialize;

use crate::lexicon::Said;

pub use cell::CellName;
pub use fill::{Filled, Line};
pub use template::{NotFilled, fill as fill_template};
pub use workbook::workbook;

/// A form of `data/desk/forms`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// `mist-desk-form/1`
    schema: String,
    /// The id, as the name of its file.
    pub id: String,
    #[serde(rename = "updated")]
    _updated: toml::value::Datetime,
    /// What it is called.
    pub name: Said,
    /// Where it goes.
    pub to: Vec<String>,
    /// The clock in `clocks.toml` that it stops.
    pub clock: String,
    /// Where the operator has put the original, under `data/`; empty for none.
    #[serde(default)]
    pub template: String,
    /// What it is written as.
    #[serde(default)]
    pub paper: As,
    /// Facts at its head, where it is a report.
    #[serde(default)]
    head: Vec<String>,
    /// Whether it is set as small as need be to stay on one page.
    #[serde(default)]
    one_page: bool,
    /// Whether its fields were checked against the original.
    pub verified: bool,
    /// Sentences to read out on the telephone.
    #[serde(default)]
    say: Vec<Said>,
    /// Questions at which the authority's own form branches.
    #[serde(default)]
    branch: Vec<Branch>,
    /// The fields, in their order.
    field: Vec<Field>,
}

/// What a form is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum As {
    /// A workbook, or the operator's template.
    #[default]
    Xlsx,
    /// A report to be read, as PDF.
    Pdf,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Branch {
    n: u32,
    text: String,
    fact: Vec<String>,
    verified: bool,
    #[serde(default)]
    doubt: String,
}

/// A field: the facts that fill it, one below the other.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The id.
    pub id: String,
    /// What the form calls it.
    pub label: String,
    /// How it is filled in.
    pub hint: String,
    fact: Vec<String>,
    /// Where it stands in the operator's template, such as `B5`; empty for nowhere.
    #[serde(default)]
    cell: String,
    /// The number of the item, where the law numbers them.
    #[serde(default)]
    item: Option<u32>,
    /// Whether the first report on the telephone has it.
    #[serde(default)]
    first: bool,
    /// Whether the preliminary report must have it.
    #[serde(default)]
    required_preliminary: bool,
    /// Whether facts of it that nobody knows are passed over: they may not apply.
    #[serde(default)]
    known_only: bool,
    verified: bool,
    #[serde(rename = "source")]
    _source: String,
}

impl Form {
    /// Whether it is written as this program reads it.
    pub(crate) fn is_readable(&self) -> bool {
        self.schema == "mist-desk-form/1"
    }

    /// Every fact that its fields and branches ask for, and what its sentences name.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        let said = self.say.iter().flat_map(|say| named(&say.ja));
        let fields = self.field.iter().flat_map(|field| &field.fact);
        let branches = self.branch.iter().flat_map(|branch| &branch.fact);
        let mut seen = std::collections::BTreeSet::new();
        fields
            .chain(branches)
            .chain(&self.head)
            .map(String::as_str)
            .chain(said)
            .filter(move |fact| seen.insert(*fact))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Its fields, in their order.
    pub fn fields(&self) -> &[Field] {
        &self.field
    }

    /// Facts at its head, where it is a report.
    pub fn head(&self) -> &[String] {
        &self.head
    }

    /// Whether it is to stay on one page.
    pub const fn on_one_page(&self) -> bool {
        self.one_page
    }

    /// The cells that its fields name.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.field.iter().map(|field| field.cell.as_str()).filter(|cell| !cell.is_empty())
    }
}

/// The facts in a sentence: 医療機関の{institution}です。
fn named(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
