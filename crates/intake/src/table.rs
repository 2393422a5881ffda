use serde::{Deserialize, Serialize};

use crate::{Charset, Limits, NotRead, delimited, text, workbook};

/// The cells of a file, as they were typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub(crate) source: Source,
    pub(crate) rows: Vec<Row>,
}

/// What the cells came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// Lines of text.
    Delimited {
        /// How the text was encoded.
        charset: Charset,
        /// What stands between cells.
        separator: char,
    },
    /// A sheet of an Excel workbook.
    Workbook {
        /// The sheet's name.
        sheet: String,
    },
}

/// A row that holds anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub(crate) number: usize,
    pub(crate) cells: Vec<String>,
}

impl Table {
    /// Reads a file, deciding by its bytes what it is; the name breaks ties only.
    ///
    /// Of a workbook it takes the first visible sheet that holds anything. Dates come as `2026-09-16` or `2026-09-16 16:00`,
    /// numbers without `.0`. Line ends within cells are `\n`.
    pub fn read(bytes: &[u8], name: &str, limits: Limits) -> Result<Self, NotRead> {
        if bytes.len() > limits.bytes {
            return Err(NotRead::TooLarge { bytes: bytes.len(), most: limits.bytes });
        }
        let table = match Kind::of(bytes) {
            Kind::Archive => workbook::read(bytes, &limits)?,
            Kind::OldWorkbook => return Err(NotRead::OldWorkbook),
            Kind::Protected => return Err(NotRead::Protected),
            Kind::Foreign => return Err(NotRead::NotATable),
            Kind::Text => {
                let (decoded, charset) = text::decode(bytes)?;
                delimited::read(decoded, charset, name, &limits)?
            }
        };
        if table.rows.is_empty() { Err(NotRead::Empty) } else { Ok(table) }
    }

    /// The rows that hold anything, in the file's order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether it is no larger than what is read within these limits. One that another process has sent may be anything.
    pub fn is_within(&self, limits: &Limits) -> bool {
        let widths = || self.rows.iter().map(|row| row.cells.len());
        (1..=limits.rows).contains(&self.rows.len())
            && widths().all(|width| (1..=limits.columns).contains(&width))
            && widths().sum::<usize>() <= limits.cells
    }

    /// What the cells came from.
    pub fn source(&self) -> &Source {
        &self.source
    }
}

impl Row {
    /// Its number in the file, counted from 1 with the empty rows.
    pub fn number(&self) -> usize {
        self.number
    }

    /// Its cells, up to the last that holds anything.
    pub fn cells(&self) -> &[String] {
        &self.cells
    }
}

enum Kind {
    Text,
    Archive,
    OldWorkbook,
    Protected,
    Foreign,
}

impl Kind {
    fn of(bytes: &[u8]) -> Self {
        // The container of Office 97-2003. An encrypted .xlsx is one, too, with this stream in it.
        const CONTAINER: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
        const FOREIGN: &[&[u8]] = &[b"%PDF", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xBC\xAF", b"\x1F\x8B"];
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            Self::Archive
        } else if bytes.starts_with(CONTAINER) {
            if bytes.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED) { Self::Protected } else { Self::OldWorkbook }
        } else if FOREIGN.iter().any(|magic| bytes.starts_with(magic)) {
            Self::Foreign
        } else {
            Self::Text
        }
    }
}

/// Collects rows, watching the limits.
pub(crate) struct Gathered<'a> {
    limits: &'a Limits,
    rows: Vec<Row>,
    text_bytes: usize,
    /// The cells so far, and up to which one those of a row are among them.
    cells: usize,
    counted: (usize, usize),
}

impl<'a> Gathered<'a> {
    pub(crate) fn within(limits: &'a Limits) -> Self {
        Self { limits, rows: Vec::new(), text_bytes: 0, cells: 0, counted: (0, 0) }
    }

    /// Refuses a cell that is too far right or too long. Empty cells are welcome anywhere.
    pub(crate) fn check(&mut self, row: usize, column: usize, cell: &str) -> Result<(), NotRead> {
        if cell.trim().is_empty() {
            return Ok(());
        }
        let Limits { columns, cell_characters, text_bytes, cells, .. } = *self.limits;
        if column > columns {
            return Err(NotRead::TooManyColumns { row, most: columns });
        }
        if cell.len() > cell_characters && cell.chars().count() > cell_characters {
            return Err(NotRead::CellTooLong { row, column, most: cell_characters });
        }
        if self.counted.0 != row {
            self.counted = (row, 0);
        }
        self.cells += column.saturating_sub(self.counted.1);
        self.counted.1 = self.counted.1.max(column);
        self.text_bytes += cell.len();
        if self.text_bytes > text_bytes || self.cells > cells { Err(NotRead::Swells) } else { Ok(()) }
    }

    /// Keeps a row whose cells were checked, if it holds anything.
    pub(crate) fn keep(&mut self, number: usize, mut cells: Vec<String>) -> Result<(), NotRead> {
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if self.rows.len() == self.limits.rows {
            return Err(NotRead::TooManyRows { most: self.limits.rows });
        }
        self.rows.push(Row { number, cells });
        Ok(())
    }

    pub(crate) fn from(self, source: Source) -> Table {
        Table { source, rows: self.rows }
    }
}

/// A column's letters as Excel shows them: 1 is `A`, 28 is `AB`.
pub fn column_letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        column /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column_letters;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        let named = [1, 26, 27, 28, 702, 703].map(column_letters);
        assert_eq!(named, ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
