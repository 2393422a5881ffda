use intake::export::{Encoding, NotWritten, Unencodable, csv, xlsx};
use people::organizations;
use std::str::FromStr;
use web::Words;

use super::super::applicants::{cares, standing};
use super::super::staff_pages::{Whole, long_moment};
use crate::trainings::store::Applicant;

/// What the list is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Excel.
    Xlsx,
    /// CSV that every present program reads.
    Csv,
    /// CSV for older programs, which know no rare kanji.
    ShiftJis,
    /// What Zoom takes as registrants.
    Zoom,
    /// What Teams takes as registrants.
    Teams,
}

/// A written list.
pub struct Written {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The cells that the encoding cannot hold.
    pub lost: Vec<Unencodable>,
    /// How many people are in it.
    pub people: usize,
}

const COLUMNS: [&str; 18] = [
    "office-file-number",
    "office-file-state",
    "apply-family",
    "apply-given",
    "apply-family-kana",
    "apply-given-kana",
    "apply-email",
    "apply-place",
    "apply-kind",
    "apply-prefecture",
    "apply-job",
    "office-file-applied",
    "apply-question",
    "office-column-care",
    "office-file-course",
    "office-file-session",
    "office-file-when",
    "office-file-cancelled",
];

impl Format {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 5] = [Self::Xlsx, Self::Csv, Self::ShiftJis, Self::Zoom, Self::Teams];

    /// The word in forms and in the trail, and the end of the key of its words.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::ShiftJis => "shift-jis",
            Self::Zoom => "zoom",
            Self::Teams => "teams",
        }
    }

    /// The type of the file.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::ShiftJis => "text/csv; charset=Shift_JIS",
            Self::Csv | Self::Zoom | Self::Teams => "text/csv; charset=utf-8",
        }
    }

    /// The name of the file: `R8-B5-zoom.csv`.
    pub fn file_name(self, whole: &Whole) -> String {
        let session = whole.code();
        match self {
            Self::Xlsx => format!("{session}.xlsx"),
            Self::Csv => format!("{session}.csv"),
            Self::ShiftJis => format!("{session}-shift-jis.csv"),
            Self::Zoom => format!("{session}-zoom.csv"),
            Self::Teams => format!("{session}-teams.csv"),
        }
    }

    /// Writes the list. Registrants are those who hold a seat; the other forms have everybody who is shown.
    pub fn write(self, w: Words, whole: &Whole, lines: &[Applicant]) -> Result<Written, NotWritten> {
        let seats: Vec<&Applicant> = lines.iter().filter(|line| line.is_confirmed()).collect();
        let registrants = |row: fn(&Applicant) -> [String; 3]| -> Vec<[String; 3]> { seats.iter().map(|line| row(line)).collect() };
        let headings = COLUMNS.map(|key| w.t(key));
        let whole_rows = || lines.iter().map(|line| cells(w, whole, line));
        let (bytes, lost, people) = match self {
            Self::Xlsx => (xlsx(&whole.code(), None, &headings, whole_rows())?, Vec::new(), lines.len()),
            Self::Csv => {
                let (bytes, lost) = csv(&headings, whole_rows(), Encoding::Utf8Bom);
                (bytes, lost, lines.len())
            }
            Self::ShiftJis => {
                let (bytes, lost) = csv(&headings, whole_rows(), Encoding::ShiftJis);
                (bytes, lost, lines.len())
            }
            Self::Zoom => {
                let rows = registrants(|line| [line.email.clone(), line.given.clone(), line.family.clone()]);
                let (bytes, lost) = csv(&["Email", "First Name", "Last Name"], &rows, Encoding::Utf8Bom);
                (bytes, lost, rows.len())
            }
            Self::Teams => {
                let rows = registrants(|line| [line.given.clone(), line.family.clone(), line.email.clone()]);
                let (bytes, lost) = csv(&["First name", "Last name", "Email"], &rows, Encoding::Utf8Bom);
                (bytes, lost, rows.len())
            }
        };
        Ok(Written { bytes, lost, people })
    }
}

/// The stored word is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a form of lists")]
pub struct NotAFormat;

impl FromStr for Format {
    type Err = NotAFormat;
    fn from_str(id: &str) -> Result<Self, NotAFormat> {
        Self::ALL.into_iter().find(|format| format.id() == id).ok_or(NotAFormat)
    }
}

impl db::FromColumn for Format {
    fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
        value.parse()
    }
}

fn cells(w: Words, whole: &Whole, line: &Applicant) -> Vec<String> {
    let lang = w.lang;
    let cares: Vec<String> = cares(w, line).into_iter().map(|(words, _)| words).collect();
    let viewer = crate::trainings::Viewer { w, now: line.applied_at };
    vec![
        whole.receipt(line.number),
        standing(w, line).1,
        line.family.clone(),
        line.given.clone(),
        line.family_kana.clone(),
        line.given_kana.clone(),
        line.email.clone(),
        line.organization_name.clone(),
        organizations::kind(&line.organization_kind).map_or_else(String::new, |kind| kind.name(lang).to_owned()),
        organizations::prefecture(&line.prefecture).map_or_else(String::new, |prefecture| prefecture.name(lang).to_owned()),
        organizations::job(&line.job).map_or_else(String::new, |job| job.name(lang).to_owned()),
        line.applied_at.jst().strftime("%Y-%m-%d %H:%M").to_string(),
        line.question.clone(),
        cares.join(lang.pick("、", ", ")),
        whole.course_name(lang).to_owned(),
        viewer.nth(&whole.session),
        whole.session.when(lang),
        line.cancelled_at.map_or_else(String::new, |at| long_moment(at, lang)),
    ]
}
