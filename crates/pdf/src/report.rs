use serde::Serialize;

use crate::typeset::{Document, Moment, NotSet};

/// 事後報告書: what happened, for one reader. What its sections are is for whoever has the facts to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// 事案の報告（病院長の方へ）
    pub title: String,
    /// Whose it is: みほん市立総合病院
    pub about: String,
    /// How far it may travel, on every page: `TLP:AMBER+STRICT`.
    pub mark: String,
    /// 【訓練】 across the head of every page; empty for none.
    pub drill: String,
    /// Terms and what they are here: 受付番号, 作成.
    pub facts: Vec<(String, String)>,
    /// The sections, in their order.
    pub sections: Vec<ReportSection>,
    /// Who gives it.
    pub issuer: String,
    /// Whether it is set as small as need be to stay on one page. It goes on to a second before it becomes too small to read.
    pub on_one_page: bool,
}

/// A section of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportSection {
    /// 何が起きたか
    pub heading: String,
    /// What stands below it.
    pub parts: Vec<ReportPart>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ReportPart {
    /// Lines of text, with what they are about before them if there is something.
    Text {
        /// 原因, or empty.
        term: String,
        /// One line is a paragraph, several are a list.
        lines: Vec<String>,
    },
    /// What is not known yet.
    Open {
        /// 原因, or empty.
        term: String,
        /// 調査中（次のお知らせ：…）
        line: String,
    },
    /// A table.
    Table {
        /// The headings of the columns.
        headings: Vec<String>,
        /// Shares of the width, one for each column.
        widths: Vec<u32>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
}

/// Sets a report: A4, upright.
pub fn report(report: &Report, made_at: Moment) -> Result<Vec<u8>, NotSet> {
    let facts = serde_json::to_vec(report).map_err(|wrong| NotSet::Fault(wrong.to_string()))?;
    let ident = format!("{} {}", report.title, report.about);
    Document { template: include_str!("report.typ"), facts, pictures: Vec::new(), texts: report.texts(), made_at, ident: &ident }.set()
}

impl Report {
    fn texts(&self) -> Vec<&str> {
        let Self { title, about, mark, drill, facts, sections, issuer, .. } = self;
        [title, about, mark, drill, issuer]
            .into_iter()
            .chain(facts.iter().flat_map(|(term, value)| [term, value]))
            .chain(
                sections
                    .iter()
                    .flat_map(|section| std::iter::once(&section.heading).chain(section.parts.iter().flat_map(ReportPart::texts))),
            )
            .map(String::as_str)
            .collect()
    }
}

impl ReportPart {
    fn texts(&self) -> Vec<&String> {
        match self {
            Self::Text { term, lines } => std::iter::once(term).chain(lines).collect(),
            Self::Open { term, line } => vec![term, line],
            Self::Table { headings, rows, .. } => headings.iter().chain(rows.iter().flatten()).collect(),
        }
    }
}
