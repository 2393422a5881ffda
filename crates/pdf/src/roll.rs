use serde::Serialize;

use crate::typeset::{Document, Moment, NotSet};

/// 受講実績一覧: who of an institution has attended what, and how each was proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Roll {
    /// 受講実績一覧
    pub title: String,
    /// みほん市立総合病院
    pub organization: String,
    /// What stands under the name: code, place, period, how many.
    pub facts: Vec<(String, String)>,
    /// The headings of the columns.
    pub headings: Vec<String>,
    /// Shares of the width, one for each column.
    pub widths: Vec<u32>,
    /// One line for each certificate.
    pub rows: Vec<RollRow>,
    /// What the columns mean, and what the list is for.
    pub notes: Vec<String>,
    /// Who gives it, and when.
    pub issuer: String,
    /// What is printed where there are no lines.
    pub nothing: String,
}

/// A line of the list.
pub type RollRow = Vec<String>;

/// Sets a list: A4 across, on as many pages as it needs, the headings on each.
pub fn roll(roll: &Roll, made_at: Moment) -> Result<Vec<u8>, NotSet> {
    let facts = serde_json::to_vec(roll).map_err(|wrong| NotSet::Fault(wrong.to_string()))?;
    let ident = format!("{} {}", roll.title, roll.organization);
    Document { template: include_str!("roll.typ"), facts, pictures: Vec::new(), texts: roll.texts(), made_at, ident: &ident }.set()
}

impl Roll {
    fn texts(&self) -> Vec<&str> {
        let Self { title, organization, facts, headings, rows, notes, issuer, nothing, .. } = self;
        [title, organization, issuer, nothing]
            .into_iter()
            .chain(facts.iter().flat_map(|(term, value)| [term, value]))
            .chain(headings)
            .chain(rows.iter().flatten())
            .chain(notes)
            .map(String::as_str)
            .collect()
    }
}
