use unicode_normalization::UnicodeNormalization;

use crate::export::unguarded;
use crate::{Row, Table};

/// Title lines above the headings that are looked through.
const ROWS_LOOKED_AT: usize = 30;

/// A column that the caller knows, under every heading that people give it.
#[derive(Clone, Copy, Debug)]
pub struct Column<K> {
    key: K,
    names: &'static [&'static str],
    required: bool,
}

impl<K> Column<K> {
    /// A column without which the table is of no use. The first name is the one that refusals say.
    pub const fn required(key: K, names: &'static [&'static str]) -> Self {
        Self { key, names, required: true }
    }

    /// A column that may be missing.
    pub const fn optional(key: K, names: &'static [&'static str]) -> Self {
        Self { key, names, required: false }
    }

    /// The heading that refusals and templates say: the first of its names.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }
}

impl<K: Copy> Column<K> {
    /// By what the caller knows it.
    pub const fn key(&self) -> K {
        self.key
    }
}

/// Why no line of a table serves as its headings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoHeadings {
    /// No row holds any known heading.
    #[error("none of the first {looked_at} rows holds a known heading")]
    Nowhere {
        /// How many rows were looked at.
        looked_at: usize,
    },
    /// The headings were found, but these are missing.
    #[error("row {row} lacks the headings {}", missing.join(", "))]
    Missing {
        /// The row of the headings.
        row: usize,
        /// The first name of each missing column.
        missing: Vec<&'static str>,
    },
    /// Two columns mean the same.
    #[error("row {row} has two columns for {name}: {} and {}", crate::column_letters(*first), crate::column_letters(*second))]
    Twice {
        /// The row of the headings.
        row: usize,
        /// The first name of the column.
        name: &'static str,
        /// The first of the two columns, counted from 1.
        first: usize,
        /// The second.
        second: usize,
    },
}

impl NoHeadings {
    /// The key of its words in `locales/*/intake.ftl`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Nowhere { .. } => "intake-headings-nowhere",
            Self::Missing { .. } => "intake-headings-missing",
            Self::Twice { .. } => "intake-headings-twice",
        }
    }

    /// What those words name: `row`, `names`, `first`, `second`, `most`.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Nowhere { looked_at } => vec![("most", looked_at.to_string())],
            Self::Missing { row, missing } => vec![("row", row.to_string()), ("names", missing.join("、"))],
            Self::Twice { row, name, first, second } => vec![
                ("row", row.to_string()),
                ("names", (*name).to_owned()),
                ("first", crate::column_letters(*first)),
                ("second", crate::column_letters(*second)),
            ],
        }
    }
}

/// A table whose columns are known.
#[derive(Clone, Debug)]
pub struct Headed<'a, K> {
    headings: &'a Row,
    below: &'a [Row],
    found: Vec<(K, usize)>,
    unknown: Vec<(usize, &'a str)>,
}

/// A row under known columns.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a, K> {
    row: &'a Row,
    found: &'a [(K, usize)],
}

impl Table {
    /// Finds the row of headings, the one among the first that matches most columns, and matches them.
    ///
    /// Widths, case, spaces, marks like ※ and a trailing bracket (`氏名（必須）`) do not matter.
    pub fn headed<K: Copy + Eq>(&self, columns: &[Column<K>]) -> Result<Headed<'_, K>, NoHeadings> {
        let names: Vec<Vec<String>> = columns.iter().map(|column| column.names.iter().map(|name| folded(name)).collect()).collect();
        let looked_at = self.rows.len().min(ROWS_LOOKED_AT);
        let best = self.rows[..looked_at]
            .iter()
            .enumerate()
            .map(|(at, row)| (at, matches(row, &names)))
            .rev()
            .max_by_key(|(_, matched)| matched.iter().filter(|fit| !fit.is_empty()).count())
            .filter(|(_, matched)| matched.iter().any(|fit| !fit.is_empty()));
        let Some((at, matched)) = best else { return Err(NoHeadings::Nowhere { looked_at }) };
        let headings = &self.rows[at];
        let row = headings.number;
        let mut found = Vec::new();
        let mut missing = Vec::new();
        for (column, fit) in columns.iter().zip(matched) {
            match fit[..] {
                [] if column.required => missing.push(column.name()),
                [] => {}
                [only] => found.push((column.key, only)),
                [first, second, ..] => {
                    return Err(NoHeadings::Twice { row, name: column.name(), first: first + 1, second: second + 1 });
                }
            }
        }
        if !missing.is_empty() {
            return Err(NoHeadings::Missing { row, missing });
        }
        let unknown = headings
            .cells
            .iter()
            .enumerate()
            .filter(|(index, cell)| !cell.trim().is_empty() && found.iter().all(|(_, at)| at != index))
            .map(|(index, cell)| (index + 1, cell.as_str()))
            .collect();
        Ok(Headed { headings, below: &self.rows[at + 1..], found, unknown })
    }
}

impl<'a, K: Copy + Eq> Headed<'a, K> {
    /// The number of the row of headings.
    pub fn row(&self) -> usize {
        self.headings.number
    }

    /// The heading of a column as the file writes it, unless the file lacks the column.
    pub fn heading(&self, key: K) -> Option<&'a str> {
        let index = index_of(&self.found, key)?;
        self.headings.cells.get(index).map(String::as_str)
    }

    /// All cells of the row of headings, as they were typed.
    pub fn headings(&self) -> &'a [String] {
        &self.headings.cells
    }

    /// Where a column stands, counted from 1, unless the file lacks it.
    pub fn column_of(&self, key: K) -> Option<usize> {
        index_of(&self.found, key).map(|index| index + 1)
    }

    /// Headings that no column knows, with their column counted from 1.
    pub fn unknown(&self) -> &[(usize, &'a str)] {
        &self.unknown
    }

    /// The rows below the headings that hold anything.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = Line<'_, K>> {
        self.below.iter().map(|row| Line { row, found: &self.found })
    }
}

impl<'a, K: Copy + Eq> Line<'a, K> {
    /// The row's number in the file.
    pub fn number(&self) -> usize {
        self.row.number
    }

    /// The cell as it was typed; empty if there is none.
    pub fn raw(&self, key: K) -> &'a str {
        index_of(self.found, key).and_then(|index| self.row.cells.get(index)).map_or("", String::as_str)
    }

    /// The cell without surrounding blanks and without the apostrophe that our own exports put before formulas.
    pub fn text(&self, key: K) -> &'a str {
        unguarded(self.raw(key).trim())
    }

    /// The column of a cell, counted from 1, for a refusal that names it.
    pub fn column(&self, key: K) -> Option<usize> {
        index_of(self.found, key).map(|index| index + 1)
    }

    /// All cells of the row, also those under unknown headings.
    pub fn cells(&self) -> &'a [String] {
        &self.row.cells
    }
}

fn index_of<K: Copy + Eq>(found: &[(K, usize)], key: K) -> Option<usize> {
    found.iter().find(|(column, _)| *column == key).map(|(_, index)| *index)
}

/// For each column the cells of a row that are its heading. Whole headings count before those that fit without their bracket.
fn matches(row: &Row, names: &[Vec<String>]) -> Vec<Vec<usize>> {
    let whole: Vec<String> = row.cells.iter().map(|cell| folded(unguarded(cell.trim()))).collect();
    let bare: Vec<&str> = whole.iter().map(|heading| without_bracket(heading)).collect();
    let fits = |names: &Vec<String>, heading: &str| !heading.is_empty() && names.iter().any(|name| name == heading);
    let exact: Vec<Vec<usize>> = names.iter().map(|names| (0..whole.len()).filter(|index| fits(names, &whole[*index])).collect()).collect();
    let taken = |index: usize| exact.iter().any(|indexes| indexes.contains(&index));
    names
        .iter()
        .zip(&exact)
        .map(|(names, exact)| {
            if exact.is_empty() {
                (0..bare.len()).filter(|index| !taken(*index) && fits(names, bare[*index])).collect()
            } else {
                exact.clone()
            }
        })
        .collect()
}

fn folded(heading: &str) -> String {
    heading
        .nfkc()
        .flat_map(char::to_lowercase)
        .filter(|character| !character.is_whitespace() && !character.is_control() && !"※*_-・:■●◎○◆★".contains(*character))
        .collect()
}

fn without_bracket(heading: &str) -> &str {
    let cut = |open: char, close: char| heading.ends_with(close).then(|| heading.rfind(open)).flatten();
    cut('(', ')').or_else(|| cut('[', ']')).or_else(|| cut('【', '】')).map_or(heading, |at| &heading[..at])
}
