//! 月次の実績報告: what is written into it when it is issued, and what has changed since.

use kernel::{Timestamp, id};

use super::month::Month;
use super::table::{Cell, Table};

id!(
    /// A report of a month, as it was issued.
    ReportId
);

db::row! {
    /// A report, without what stands in it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Issued {
        pub id: ReportId,
        pub month: Month,
        /// 1, and 2 for what was issued in its place.
        pub edition: i64,
        pub number: String,
        /// The hash of the file.
        pub sha256: [u8; 32],
        pub at: Timestamp,
        pub by: String,
    }
}

/// A report with its sheets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub issued: Issued,
    pub sheets: Vec<Table>,
}

/// `R8-M11`, and `R8-M11-2` for what is issued in its place.
pub fn number(month: Month, edition: i64) -> String {
    let number = format!("{}-M{}", month.year(), month.number());
    if edition > 1 { format!("{number}-{edition}") } else { number }
}

/// A cell that would be another one today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// 都道府県別
    pub sheet: String,
    /// 東京都
    pub row: String,
    /// 申し込み
    pub column: String,
    /// As issued, empty for a row that was not there.
    pub was: String,
    /// As counted now.
    pub is: String,
}

/// What differs between two states of a report, at most `most` cells.
pub fn differences(was: &[Table], is: &[Table], most: usize) -> Vec<Difference> {
    let mut found = Vec::new();
    for now in is {
        let before = was.iter().find(|table| table.id == now.id);
        for row in now.all_rows() {
            let old = before.and_then(|table| table.all_rows().find(|old| words(old) == words(row)));
            found.extend(compared(now, old, Some(row)));
        }
    }
    for before in was {
        let now = is.iter().find(|table| table.id == before.id);
        let gone = before.all_rows().filter(|row| !now.is_some_and(|table| table.all_rows().any(|new| words(new) == words(row))));
        gone.for_each(|row| found.extend(compared(before, Some(row), None)));
    }
    found.truncate(most);
    found
}

/// What a row is about: the words that it begins with.
fn words(row: &[Cell]) -> String {
    row.iter().take_while(|cell| matches!(cell, Cell::Text(words) if !words.is_empty())).map(Cell::shown).collect::<Vec<_>>().join(" ")
}

fn compared(table: &Table, was: Option<&Vec<Cell>>, is: Option<&Vec<Cell>>) -> Vec<Difference> {
    let row = was.or(is).map(|row| words(row)).unwrap_or_default();
    let at = |row: Option<&Vec<Cell>>, x: usize| row.and_then(|row| row.get(x)).map(Cell::shown).unwrap_or_default();
    table
        .headings
        .iter()
        .enumerate()
        .map(|(x, column)| Difference {
            sheet: table.title.clone(),
            row: row.clone(),
            column: column.clone(),
            was: at(was, x),
            is: at(is, x),
        })
        .filter(|difference| difference.was != difference.is)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, i64)]) -> Vec<Table> {
        let rows = rows.iter().map(|(word, n)| vec![Cell::text(*word), Cell::Number(*n)]).collect();
        vec![Table {
            id: "kinds".into(), title: "種別ごと".into(), headings: vec!["種別".into(), "人数".into()], rows, total: None
        }]
    }

    #[test]
    fn a_report_is_compared_cell_by_cell() {
        let (was, is) = (table(&[("病院", 12), ("薬局", 5)]), table(&[("病院", 13), ("助産所", 7)]));
        let told: Vec<_> = differences(&was, &is, 100).into_iter().map(|d| (d.row, d.column, d.was, d.is)).collect();
        let row = |row: &str, column: &str, was: &str, is: &str| (row.into(), column.into(), was.into(), is.into());
        assert_eq!(
            told,
            [
                row("病院", "人数", "12", "13"),
                row("助産所", "種別", "", "助産所"),
                row("助産所", "人数", "", "7"),
                row("薬局", "種別", "薬局", ""),
                row("薬局", "人数", "5", ""),
            ]
        );
        assert_eq!(differences(&was, &was, 100), []);
    }

    #[test]
    fn a_number_names_year_month_and_edition() {
        let month = "2027-01".parse().unwrap();
        assert_eq!((number(month, 1).as_str(), number(month, 2).as_str()), ("R8-M01", "R8-M01-2"));
    }
}
