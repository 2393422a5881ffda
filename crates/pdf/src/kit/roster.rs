use serde::Serialize;

use crate::typeset::{Document, Moment, NotSet};

/// 受講者名簿: where whoever is there signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Roster {
    /// `ja` or `en`.
    pub lang: String,
    /// 受講者名簿
    pub title: String,
    /// The course.
    pub course: String,
    /// Whose session it is; empty if nobody has said.
    pub institution: String,
    /// Terms and what they are here; an empty value is written by hand.
    pub facts: Vec<(String, String)>,
    /// The headings of the columns.
    pub headings: Vec<String>,
    /// Shares of the width, one for each column.
    pub widths: Vec<u32>,
    /// Pages of twenty-five rows.
    pub pages: u32,
    /// What is written below the rows by hand: 実施者の署名.
    pub below: Vec<String>,
    /// At the foot of every page.
    pub foot: String,
    /// Who made the course.
    pub issuer: String,
}

/// Sets the sheet on which everybody signs: A4, upright.
pub fn roster(roster: &Roster, made_at: Moment) -> Result<Vec<u8>, NotSet> {
    let facts = serde_json::to_vec(roster).map_err(|wrong| NotSet::Fault(wrong.to_string()))?;
    let ident = format!("roster {} {}", roster.course, roster.institution);
    let Roster { title, course, institution, facts: terms, headings, below, foot, issuer, .. } = roster;
    let texts = [title, course, institution, foot, issuer]
        .into_iter()
        .chain(headings)
        .chain(below)
        .chain(terms.iter().flat_map(|(term, value)| [term, value]))
        .map(String::as_str)
        .collect();
    Document { template: include_str!("roster.typ"), facts, pictures: Vec::new(), texts, made_at, ident: &ident }.set()
}
