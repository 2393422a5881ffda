use serde::{Deserialize, Serialize};

use crate::table::column_letters;

/// Why a file is no table for us. Rows and columns are counted from 1, as Excel shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotRead {
    /// The file is larger than the limit.
    #[error("the file has {bytes} bytes, {most} are allowed")]
    TooLarge {
        /// Its bytes.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// The workbook unpacks to more than the limits allow.
    #[error("the workbook unpacks to more than is allowed")]
    Swells,
    /// Reading it took longer than is waited for.
    #[error("reading took too long")]
    TooLong,
    /// There is nothing in it.
    #[error("the file holds no cell with content")]
    Empty,
    /// Neither text nor a workbook: a PDF, a picture.
    #[error("the file is neither text nor a workbook")]
    NotATable,
    /// A workbook of Excel 97–2003.
    #[error("the file is a workbook of Excel 97-2003 (.xls)")]
    OldWorkbook,
    /// A workbook that opens with a password only.
    #[error("the workbook is protected by a password")]
    Protected,
    /// An archive that is no Excel workbook.
    #[error("the file is an archive, but no Excel workbook (.xlsx)")]
    OtherArchive,
    /// A workbook that cannot be read.
    #[error("the workbook is damaged: {reason}")]
    Damaged {
        /// What the parser said, for the log.
        reason: String,
    },
    /// Text in no encoding that we know.
    #[error("row {row} is neither UTF-8 nor Shift_JIS")]
    Encoding {
        /// The first row that cannot be read.
        row: usize,
    },
    /// A quotation mark opens and nothing closes it.
    #[error("a quotation mark opened in row {row} is never closed")]
    UnclosedQuote {
        /// The row with the opening mark.
        row: usize,
    },
    /// More rows than the limit.
    #[error("the table has more than {most} rows")]
    TooManyRows {
        /// The limit.
        most: usize,
    },
    /// A row that is wider than the limit.
    #[error("row {row} has more than {most} columns")]
    TooManyColumns {
        /// The row.
        row: usize,
        /// The limit.
        most: usize,
    },
    /// A cell that is longer than the limit.
    #[error("the cell in row {row}, column {} has more than {most} characters", column_letters(*column))]
    CellTooLong {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
        /// The limit.
        most: usize,
    },
}

impl NotRead {
    /// The key of its words in `locales/*/intake.ftl`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "intake-too-large",
            Self::Swells => "intake-swells",
            Self::TooLong => "intake-too-long",
            Self::Empty => "intake-empty",
            Self::NotATable => "intake-not-a-table",
            Self::OldWorkbook => "intake-old-workbook",
            Self::Protected => "intake-protected",
            Self::OtherArchive => "intake-other-archive",
            Self::Damaged { .. } => "intake-damaged",
            Self::Encoding { .. } => "intake-encoding",
            Self::UnclosedQuote { .. } => "intake-unclosed-quote",
            Self::TooManyRows { .. } => "intake-too-many-rows",
            Self::TooManyColumns { .. } => "intake-too-many-columns",
            Self::CellTooLong { .. } => "intake-cell-too-long",
        }
    }

    /// What those words name: `row`, `column` in letters, `most`.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let row = |row: &usize| ("row", row.to_string());
        let most = |most: &usize| ("most", most.to_string());
        match self {
            Self::TooLarge { bytes: _, most } => vec![("most", format!("{} MB", most >> 20))],
            Self::Encoding { row: at } | Self::UnclosedQuote { row: at } => vec![row(at)],
            Self::TooManyRows { most: limit } => vec![most(limit)],
            Self::TooManyColumns { row: at, most: limit } => vec![row(at), most(limit)],
            Self::CellTooLong { row: at, column, most: limit } => vec![row(at), ("column", column_letters(*column)), most(limit)],
            _ => Vec::new(),
        }
    }
}
