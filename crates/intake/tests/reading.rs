//! What comes in: encodings, separators, numbering, limits.

use std::io::Write;

use encoding_rs::SHIFT_JIS;
use intake::{Charset, Limits, NotRead, Source, Table, export};
use zip::write::SimpleFileOptions;

fn read(bytes: &[u8], name: &str) -> Result<Table, NotRead> {
    Table::read(bytes, name, Limits::default())
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table.rows().iter().map(|row| row.cells().iter().map(String::as_str).collect()).collect()
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn charset(bytes: &[u8]) -> Charset {
    let table = read(bytes, "名簿.csv").expect("reads");
    assert_eq!(cells(&table), [["氏名", "所属"], ["例示 髙子", "見本病院"]]);
    match table.source() {
        Source::Delimited { charset, .. } => *charset,
        Source::Workbook { .. } => panic!("a text was taken for a workbook"),
    }
}

#[test]
fn the_same_rows_come_from_every_encoding_an_office_sends() {
    let text = "氏名,所属\r\n例示 髙子,見本病院\r\n";
    assert_eq!(charset(text.as_bytes()), Charset::Utf8);
    assert_eq!(charset(format!("\u{FEFF}{text}").as_bytes()), Charset::Utf8);
    assert_eq!(charset(&SHIFT_JIS.encode(text).0), Charset::ShiftJis);
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        assert_eq!(charset(&utf16(text, order)), Charset::Utf16);
        assert_eq!(charset(&utf16(&format!("\u{FEFF}{text}"), order)), Charset::Utf16);
    }
}

#[test]
fn separators_are_seen_in_the_text() {
    for text in ["氏名\t所属\n見本 太郎\t見本病院, 本館\n", "氏名;所属\n見本 太郎;\"見本病院, 本館\"\n"] {
        let table = read(text.as_bytes(), "a.csv").expect("reads");
        assert_eq!(cells(&table), [["氏名", "所属"], ["見本 太郎", "見本病院, 本館"]]);
    }
}

#[test]
fn rows_keep_the_numbers_that_excel_shows() {
    let table = read("氏名,備考\r\n\r\n見本 太郎,\"一行目\r\n二行目\"\r\n,\r\n見本 花子,あり\r\n".as_bytes(), "a.csv").expect("reads");
    let numbers: Vec<usize> = table.rows().iter().map(intake::Row::number).collect();
    assert_eq!(numbers, [1, 3, 5]);
    assert_eq!(table.rows()[1].cells()[1], "一行目\n二行目");
}

#[test]
fn old_line_ends_are_line_ends() {
    assert_eq!(cells(&read(b"a,b\rc,d\r", "a.csv").expect("reads")), [["a", "b"], ["c", "d"]]);
}

#[test]
fn what_is_no_table_says_what_it_is() {
    assert_eq!(read(b"", "a.csv"), Err(NotRead::Empty));
    assert_eq!(read(b" ,\n,\n", "a.csv"), Err(NotRead::Empty));
    assert_eq!(read(b"%PDF-1.7", "a.csv"), Err(NotRead::NotATable));
    assert_eq!(read(b"a\0\0b\0\0c", "a.csv"), Err(NotRead::NotATable));
    assert_eq!(read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1old", "a.xls"), Err(NotRead::OldWorkbook));
    let encrypted = [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &utf16("EncryptedPackage", u16::to_le_bytes)].concat();
    assert_eq!(read(&encrypted, "a.xlsx"), Err(NotRead::Protected));
    assert_eq!(read(&archive(&[("word/document.xml", b"<a/>".to_vec())]), "a.docx"), Err(NotRead::OtherArchive));
    assert!(matches!(read(b"PK\x03\x04 and then nothing", "a.xlsx"), Err(NotRead::Damaged { .. })));
}

#[test]
fn a_text_that_cannot_be_read_names_its_row() {
    assert_eq!(read(b"name\nok\n\x82\xA0\xFF\xFF\n", "a.csv"), Err(NotRead::Encoding { row: 3 }));
    assert_eq!(read("氏名\n見本 太郎\n\"見本 花子\nつづき\n".as_bytes(), "a.csv"), Err(NotRead::UnclosedQuote { row: 3 }));
}

#[test]
fn each_limit_refuses_and_names_the_place() {
    let small = Limits { bytes: 60, rows: 2, columns: 3, cell_characters: 5, ..Limits::default() };
    let read = |text: &str| Table::read(text.as_bytes(), "a.csv", small).map(drop);
    assert_eq!(read("a,b,c\nあいうえお\n"), Ok(()));
    assert_eq!(read(&"a".repeat(61)), Err(NotRead::TooLarge { bytes: 61, most: 60 }));
    assert_eq!(read("a\nb\nc\n"), Err(NotRead::TooManyRows { most: 2 }));
    assert_eq!(read("a\nb,c,d,e\n"), Err(NotRead::TooManyColumns { row: 2, most: 3 }));
    assert_eq!(read("a\nb,あいうえおか\n"), Err(NotRead::CellTooLong { row: 2, column: 2, most: 5 }));
    assert_eq!(read("a,b,c,,,,,\n"), Ok(()), "empty cells to the right are no columns");
}

#[test]
fn a_workbook_is_held_to_the_same_limits() {
    let small = Limits { rows: 2, columns: 3, cell_characters: 5, ..Limits::default() };
    let read = |rows: &[&[&str]]| {
        let file = export::xlsx("名簿", None, &["a"], rows).expect("writes");
        Table::read(&file, "a.xlsx", small).map(drop)
    };
    assert_eq!(read(&[&["b", "c", "あいうえお"]]), Ok(()));
    assert_eq!(read(&[&["b"], &["c"]]), Err(NotRead::TooManyRows { most: 2 }));
    assert_eq!(read(&[&["b", "c", "d", "e"]]), Err(NotRead::TooManyColumns { row: 2, most: 3 }));
    assert_eq!(read(&[&["b", "あいうえおか"]]), Err(NotRead::CellTooLong { row: 2, column: 2, most: 5 }));
}

#[test]
fn cells_that_lie_far_apart_cost_no_memory() {
    let sheet = r#"<row r="1048576"><c r="A1048576" t="str"><v>遠く</v></c></row><row r="1"><c r="A1" t="str"><v>近く</v></c></row>"#;
    let table = read(&workbook(sheet), "a.xlsx").expect("reads");
    assert_eq!(table.rows().iter().map(intake::Row::number).collect::<Vec<_>>(), [1, 1_048_576]);
    let wide = r#"<row r="1"><c r="XFD1" t="str"><v>遠く</v></c></row>"#;
    assert_eq!(read(&workbook(wide), "a.xlsx"), Err(NotRead::TooManyColumns { row: 1, most: 200 }));
}

#[test]
fn a_hostile_cell_address_is_refused() {
    let sheet = r#"<row r="1"><c r="A99999999999" t="str"><v>a</v></c></row>"#;
    assert!(matches!(read(&workbook(sheet), "a.xlsx"), Err(NotRead::Damaged { .. })));
}

#[test]
fn an_archive_that_swells_is_refused() {
    let swelling =
        archive(&[("[Content_Types].xml", Vec::new()), ("xl/workbook.xml", Vec::new()), ("xl/worksheets/sheet1.xml", vec![b' '; 4 << 20])]);
    assert!(swelling.len() < 10_000);
    assert_eq!(read(&swelling, "a.xlsx"), Err(NotRead::Swells));
    let many: Vec<(String, Vec<u8>)> = (0..1_001).map(|number| (format!("xl/{number}"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    assert_eq!(read(&archive(&many), "a.xlsx"), Err(NotRead::Swells));
}

#[test]
fn one_long_text_named_by_many_cells_is_refused() {
    let small = Limits { text_bytes: 100, ..Limits::default() };
    let rows = vec![["この文は何度も出てきます"]; 10];
    let file = export::xlsx("名簿", None, &["a"], rows).expect("writes");
    assert_eq!(Table::read(&file, "a.xlsx", small), Err(NotRead::Swells));
}

#[test]
fn the_first_visible_sheet_with_content_is_taken() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("空").expect("a name");
    book.add_worksheet().set_hidden(true).write_string(0, 0, "隠れた").expect("writes");
    book.add_worksheet().set_name("名簿").expect("a name").write_string(1, 1, "見本").expect("writes");
    let table = read(&book.save_to_buffer().expect("saves"), "a.xlsx").expect("reads");
    assert_eq!(table.source(), &Source::Workbook { sheet: "名簿".to_owned() });
    assert_eq!(table.rows()[0].number(), 2);
    assert_eq!(table.rows()[0].cells(), ["", "見本"]);
}

#[test]
fn dates_and_numbers_of_a_workbook_come_as_text() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 9, 16).expect("a day");
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    sheet.write_datetime_with_format(0, 0, &day, &format).expect("writes");
    sheet.write_number(0, 1, 320).expect("writes");
    sheet.write_formula(0, 2, rust_xlsxwriter::Formula::new("=1+1").set_result("2")).expect("writes");
    let table = read(&book.save_to_buffer().expect("saves"), "a.xlsx").expect("reads");
    assert_eq!(table.rows()[0].cells(), ["2026-09-16", "320", "2"]);
}

#[test]
fn what_a_table_of_texts_has_and_what_it_claims_are_counted_before_it_is_kept() {
    let small = Limits { strings: 2, ..Limits::default() };
    let named = |name: &str, texts: &str| {
        let file = workbook_with(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#, &[(name, texts.as_bytes().to_vec())]);
        Table::read(&file, "a.xlsx", small)
    };
    let (two, three) = ("<sst uniqueCount=\"2\"><si><t>見本</t></si><si/></sst>", "<sst><si><t>見本</t></si><si/><si/></sst>");
    assert_eq!(cells(&named("xl/sharedStrings.xml", two).expect("reads")), [["見本"]]);
    for name in ["xl/sharedStrings.xml", "xl/SharedStrings.xml", "sharedStrings.xml"] {
        assert_eq!(named(name, three), Err(NotRead::Swells), "{name}");
        // Room for so many would be asked for at once, and what does not get it ends.
        assert_eq!(named(name, "<sst uniqueCount=\"1000000000000\"></sst>"), Err(NotRead::Swells), "{name}");
    }
}

#[test]
fn cells_count_up_to_the_last_of_each_row_that_holds_anything() {
    let small = Limits { cells: 3, ..Limits::default() };
    let text = |text: &str| Table::read(text.as_bytes(), "a.csv", small).map(drop);
    assert_eq!((text("a,,,\n,b,\n"), text("a\n,,b\n")), (Ok(()), Err(NotRead::Swells)));
    let file = |row: &[&str]| Table::read(&export::xlsx("名簿", None, &["a"], [row]).expect("writes"), "a.xlsx", small).map(drop);
    assert_eq!((file(&["b", "c"]), file(&["", "", "b"])), (Ok(()), Err(NotRead::Swells)));
}

/// The smallest workbook around the rows of one sheet.
fn workbook(rows: &str) -> Vec<u8> {
    workbook_with(rows, &[])
}

/// The same with further files in it.
fn workbook_with(rows: &str, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let mut files = vec![
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="r0" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            )
            .into_bytes(),
        ),
        (
            "xl/workbook.xml",
            format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#)
                .into_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            )
            .into_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#).into_bytes()),
    ];
    files.extend(more.iter().cloned());
    archive(&files)
}

fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, SimpleFileOptions::default()).expect("starts");
        archive.write_all(bytes).expect("writes");
    }
    archive.finish().expect("finishes").into_inner()
}
