//! What leaves the desk: reports and exchange formats, made from the facts of a case that were allowed to leave it.
//!
//! Facts in, bytes out; knows nothing of the portal. [`Facts`] is the list of what a case may say outside. [`Leaving`] lets through
//! what one receiver may have for one paper, masks who it is about where no names are given, and keeps everything that is TLP:RED.
//! The writers (STIX 2.1, MISP, tables, forms, reports) take a [`Leaving`] and cannot see anything else.

mod facts;
pub mod forms;
mod indicator;
mod leaving;
mod lexicon;
mod mask;
mod misp;
mod moments;
mod receiver;
mod report;
mod stix;
mod tables;
mod tlp;

pub use facts::{Case, ENTRIES, Evidence, Facts, Happening, Item, TEXT, Told};
pub use indicator::{Digest, Indicator, NotASign, Sign};
pub use leaving::{Issue, Leaving, NotLeaving, Stayed, Why};
pub use lexicon::{FactKind, Fault, Lexicon, Said};
pub use receiver::{Paper, Receiver};
pub use tlp::Tlp;

/// Who hands it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The name of the desk.
    pub name: String,
    /// How it is reached; empty for not said.
    pub contact: String,
}

/// A file that was made.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without the institution in it.
    pub name: String,
    /// Its type.
    pub content_type: &'static str,
    /// The whole of it.
    pub bytes: Vec<u8>,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The workbook could not be written.
    #[error(transparent)]
    Workbook(#[from] intake::export::NotWritten),
    /// The operator's template could not be filled in.
    #[error(transparent)]
    Template(#[from] forms::NotFilled),
    /// The report could not be set.
    #[error(transparent)]
    Report(#[from] pdf::NotSet),
    /// The archive could not be written.
    #[error("the archive could not be written: {0}")]
    Archive(String),
}

impl Leaving<'_> {
    /// Makes the file. `template` is the operator's own workbook for this form, if there is one.
    pub fn make(&self, desk: &Desk, template: Option<&[u8]>) -> Result<File, NotMade> {
        let json = |value: &serde_json::Value| format!("{value:#}\n").into_bytes();
        let (bytes, ending, content_type) = match self.paper {
            Paper::Stix => (json(&stix::bundle(self, desk)), "stix.json", "application/stix+json;version=2.1"),
            Paper::Misp => (json(&misp::event(self, desk)), "misp.json", "application/json"),
            Paper::Tables => (tables::archive(self)?, "zip", "application/zip"),
            Paper::Form(form) if form.paper == forms::As::Pdf => (report::report(form, self, desk)?, "pdf", "application/pdf"),
            Paper::Form(form) => (
                forms::workbook(&form.fill(self), self, template)?,
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
        };
        let what = match self.paper {
            Paper::Form(form) => form.id.as_str(),
            Paper::Stix | Paper::Misp | Paper::Tables => "case",
        };
        let drill = if self.case.is_drill { "drill-" } else { "" };
        let name = format!("{drill}{}-{what}-{}.{ending}", self.case.number, moments::for_names(self.at));
        Ok(File { name, content_type, bytes })
    }
}
