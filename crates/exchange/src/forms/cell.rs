use crate::forms::template::column_of;

/// A cell of a workbook, as a data file names it: `B5`, or `様式!B5` on a sheet of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellName {
    /// The sheet; the first one if there is none.
    pub sheet: Option<String>,
    /// `B`
    pub column: String,
    /// Counted from 1.
    pub row: u32,
}

impl CellName {
    /// Reads it; none if it names no cell.
    pub fn parse(name: &str) -> Option<Self> {
        let (sheet, cell) = match name.rsplit_once('!') {
            Some((sheet, cell)) => (Some(sheet.trim_matches('\'').to_owned()), cell),
            None => (None, name),
        };
        let digits = cell.find(|c: char| c.is_ascii_digit())?;
        let (column, row) = cell.split_at(digits);
        let row = row.parse().ok().filter(|row| (1..=1_048_576).contains(row))?;
        column_of(column).filter(|column| *column <= 16_384)?;
        if sheet.as_ref().is_some_and(String::is_empty) {
            return None;
        }
        Some(Self { sheet, column: column.to_owned(), row })
    }

    /// `B5`
    pub fn reference(&self) -> String {
        format!("{}{}", self.column, self.row)
    }
}

#[cfg(test)]
mod tests {
    use super::CellName;

    #[test]
    fn a_cell_is_named_with_its_sheet_or_without() {
        assert_eq!(CellName::parse("B5"), Some(CellName { sheet: None, column: "B".into(), row: 5 }));
        assert_eq!(CellName::parse("別添様式2!AA12").and_then(|it| it.sheet).as_deref(), Some("別添様式2"));
        assert_eq!(CellName::parse("'別 添'!A1").and_then(|it| it.sheet).as_deref(), Some("別 添"));
        for wrong in ["", "B", "5", "b5", "B0", "XFE1", "!B5", "B5:C6", "B 5"] {
            assert_eq!(CellName::parse(wrong), None, "{wrong}");
        }
    }
}
