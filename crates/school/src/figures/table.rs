//! A table of figures, which is the same on a page, in a CSV and in a workbook.

use intake::export::{self, Encoding, NotWritten};
use serde::{Deserialize, Serialize};

/// What stands for a hidden number.
pub const MARK: &str = "＊";

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// How many.
    Number(i64),
    /// A word, a day, a rate.
    Text(String),
    /// So few that it is not said, or what would give such a number away.
    Hidden,
}

/// A table: a column of words, then figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The name in addresses.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// Above its columns.
    pub headings: Vec<String>,
    /// As many cells each as there are headings.
    pub rows: Vec<Vec<Cell>>,
    /// The last row, where numbers add up.
    pub total: Option<Vec<Cell>>,
}

impl Cell {
    /// A number, unless it is hidden.
    pub const fn of(n: i64, is_hidden: bool) -> Self {
        if is_hidden { Self::Hidden } else { Self::Number(n) }
    }

    /// A total, which is a small cell like any other.
    pub fn total(n: i64, is_open: bool) -> Self {
        Self::of(n, !is_open && (1..super::FEWEST).contains(&n))
    }

    /// A word.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// As it is shown.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(n) => n.to_string(),
            Self::Text(words) => words.clone(),
            Self::Hidden => MARK.to_owned(),
        }
    }

    /// Whether it is a figure, which stands at the end of its cell.
    pub const fn is_figure(&self) -> bool {
        !matches!(self, Self::Text(_))
    }

    /// Whether it is hidden.
    pub const fn is_hidden(&self) -> bool {
        matches!(self, Self::Hidden)
    }

    /// The number, if it is one that is shown.
    pub const fn number(&self) -> i64 {
        if let Self::Number(n) = self { *n } else { 0 }
    }
}

/// 83.3%, rounded half up; nothing of nothing is nothing.
pub fn rate(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return String::new();
    }
    let tenths = (part * 2_000 + whole) / (whole * 2);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

impl Table {
    /// Every row, the last one with the sums.
    pub fn all_rows(&self) -> impl Iterator<Item = &Vec<Cell>> {
        self.rows.iter().chain(&self.total)
    }

    /// Whether any cell is hidden.
    pub fn hides(&self) -> bool {
        self.all_rows().flatten().any(Cell::is_hidden)
    }

    /// For programs of all kinds.
    pub fn csv(&self) -> Vec<u8> {
        let rows = self.all_rows().map(|row| row.iter().map(Cell::shown).collect::<Vec<_>>());
        export::csv(&self.headings, rows, Encoding::Utf8Bom).0
    }

    /// For Excel, under a note.
    pub fn xlsx(&self, note: &str) -> Result<Vec<u8>, NotWritten> {
        export::book(&[self.sheet(note)])
    }

    /// As a sheet of a workbook.
    pub fn sheet(&self, note: &str) -> export::Sheet {
        let cell = |cell: &Cell| match cell {
            Cell::Number(n) => export::Cell::Number(*n),
            other => export::Cell::Text(other.shown()),
        };
        export::Sheet {
            name: self.title.clone(),
            note: note.to_owned(),
            headings: self.headings.clone(),
            rows: self.all_rows().map(|row| row.iter().map(cell).collect()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_rounded_half_up() {
        assert_eq!(rate(5, 6), "83.3%");
        assert_eq!(rate(1, 16), "6.3%");
        assert_eq!(rate(7, 7), "100.0%");
        assert_eq!(rate(0, 0), "");
    }

    #[test]
    fn cells_are_kept_as_they_are() {
        let cells = vec![Cell::Number(12), Cell::text("東京都"), Cell::Hidden, Cell::text("")];
        let kept = serde_json::to_string(&cells).unwrap();
        assert_eq!(kept, r#"[12,"東京都",null,""]"#);
        assert_eq!(serde_json::from_str::<Vec<Cell>>(&kept).unwrap(), cells);
    }
}
