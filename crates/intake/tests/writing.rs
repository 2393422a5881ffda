//! What goes out: no formula, nothing lost in silence, and our own reader gets back what was written.

use intake::export::{Encoding, Unencodable, csv, unguarded, xlsx};
use intake::{Limits, Table};
use proptest::prelude::*;

const HEADINGS: [&str; 2] = ["氏名", "所属"];

fn text_of(bytes: &[u8]) -> String {
    encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes).expect("Shift_JIS").into_owned()
}

#[test]
fn a_csv_is_what_rfc_4180_says() {
    let (bytes, lost) = csv(&HEADINGS, [["見本 \"太郎\"", "a,b"], ["一行目\n二行目", ""]], Encoding::Utf8Bom);
    assert_eq!(String::from_utf8(bytes).expect("UTF-8"), "\u{FEFF}氏名,所属\r\n\"見本 \"\"太郎\"\"\",\"a,b\"\r\n\"一行目\n二行目\",\r\n");
    assert!(lost.is_empty());
}

#[test]
fn names_that_shift_jis_cannot_hold_are_reported_and_their_rows_kept() {
    let (bytes, lost) = csv(&HEADINGS, [["例示 髙子", "A"], ["試験 﨑男", "B"], ["𠮷見 見本", "C〜D"]], Encoding::ShiftJis);
    assert_eq!(text_of(&bytes), "氏名,所属\r\n例示 髙子,A\r\n試験 﨑男,B\r\n〓見 見本,C～D\r\n");
    assert_eq!(lost, [Unencodable { row: 4, column: 1, characters: "𠮷".to_owned() }]);
    let (bytes, lost) = csv(&HEADINGS, [["𠮷見 見本", ""]], Encoding::Utf8Bom);
    assert!(String::from_utf8(bytes).expect("UTF-8").contains("𠮷見 見本"));
    assert!(lost.is_empty());
}

#[test]
fn a_workbook_has_its_watermark_above_the_headings_and_gives_the_same_bytes_twice() {
    let write = || xlsx("申込者", Some("演習用"), &HEADINGS, [["𠮷見 見本", "0010000001"]]).expect("writes");
    let table = Table::read(&write(), "a.xlsx", Limits::default()).expect("reads");
    let rows: Vec<&[String]> = table.rows().iter().map(intake::Row::cells).collect();
    assert_eq!(rows, [["演習用"].as_slice(), &["氏名", "所属"], &["𠮷見 見本", "0010000001"]].map(<[&str]>::to_vec));
    assert!(write() == write());
}

/// Cells as people and attackers type them.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[=+@＝＋－＠'\t\r\n-]{0,3}[ -~]{0,12}", "[あ-ん髙﨑𠮷ァ-ヶ〜−～、。 \"',;\t\r\n]{0,12}", any::<String>(),]
}

fn rows() -> impl Strategy<Value = Vec<[String; 2]>> {
    proptest::collection::vec([cell(), cell()], 0..6)
}

fn begins_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])
}

/// As our reader gives it back: line ends are one kind, NUL is gone.
fn as_read(cell: &str) -> String {
    cell.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n")
}

/// Rows and cells that hold blanks only are empty to a reader.
fn kept(rows: impl IntoIterator<Item = [String; 2]>) -> Vec<[String; 2]> {
    let rows = rows.into_iter().map(|row| row.map(|cell| as_read(&cell)));
    let rows = rows.map(|row| row.map(|cell| if cell.trim().is_empty() { String::new() } else { cell }));
    rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
}

fn read_back(bytes: &[u8], name: &str) -> Vec<[String; 2]> {
    let table = Table::read(bytes, name, Limits::default()).expect("our own file reads");
    let cell = |row: &intake::Row, index: usize| row.cells().get(index).cloned().unwrap_or_default();
    table.rows()[1..].iter().map(|row| [cell(row, 0), cell(row, 1)]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_cell_of_a_csv_begins_a_formula(rows in rows(), shift_jis in any::<bool>()) {
        let encoding = if shift_jis { Encoding::ShiftJis } else { Encoding::Utf8Bom };
        let (bytes, _) = csv(&HEADINGS, &rows, encoding);
        let text = if shift_jis { text_of(&bytes) } else { String::from_utf8(bytes).expect("UTF-8")[3..].to_owned() };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = 0;
        for record in reader.records() {
            let record = record.expect("a record");
            records += 1;
            prop_assert_eq!(record.len(), 2);
            for cell in &record {
                prop_assert!(!begins_formula(cell), "{:?}", cell);
            }
        }
        prop_assert_eq!(records, rows.len() + 1);
    }

    #[test]
    fn a_csv_comes_back_as_it_went(rows in rows()) {
        let (bytes, _) = csv(&HEADINGS, &rows, Encoding::Utf8Bom);
        let back = read_back(&bytes, "a.csv").into_iter().map(|row| row.map(|cell| unguarded(&cell).to_owned()));
        prop_assert_eq!(kept(back), kept(rows));
    }

    #[test]
    fn shift_jis_loses_only_what_it_reports(rows in rows()) {
        let (bytes, lost) = csv(&HEADINGS, &rows, Encoding::ShiftJis);
        let text = text_of(&bytes);
        prop_assert_eq!(text.matches('〓').count(), lost.iter().map(|cell| cell.characters.chars().count()).sum::<usize>()
            + rows.iter().flatten().map(|cell| cell.matches('〓').count()).sum::<usize>());
    }

    #[test]
    fn a_workbook_comes_back_as_it_went(rows in proptest::collection::vec(["[ -~あ-ん髙﨑𠮷\n]{0,12}", "[=+@-]?[ -~]{0,12}"], 0..6)) {
        let bytes = xlsx("申込者", None, &HEADINGS, &rows).expect("writes");
        prop_assert_eq!(kept(read_back(&bytes, "a.xlsx")), kept(rows));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000), name in "[a-z]{0,3}\\.(csv|tsv|xlsx)") {
        let _ = Table::read(&bytes, &name, Limits::default());
    }

    #[test]
    fn a_workbook_with_damaged_bytes_is_read_or_refused(damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = xlsx("申込者", None, &HEADINGS, [["見本 太郎", "見本病院"]]).expect("writes");
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = Table::read(&bytes, "a.xlsx", Limits::default());
    }

    #[test]
    fn any_text_has_even_widths(text in any::<String>()) {
        let once = intake::even_widths(&text);
        prop_assert_eq!(intake::even_widths(&once), once);
    }
}
