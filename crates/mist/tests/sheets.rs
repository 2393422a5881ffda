//! Tables are read by the real program, in a process apart: as in this one, and what swells ends there alone.
#![cfg(test)]

use apart::{Reader, sheet};
use encoding_rs::SHIFT_JIS;
use intake::export::xlsx;
use intake::{Limits, NotRead, Table};
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::process::Command;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const PROGRAM: &str = env!("CARGO_BIN_EXE_mist");

/// Nothing is refused before it is tried: what is left is what the process may have.
const ANYTHING: Limits = Limits {
    bytes: 64 << 20,
    rows: 1_000_000,
    columns: 1_000,
    cell_characters: 1_000_000,
    text_bytes: 1 << 30,
    cells: 1_000_000_000,
    strings: usize::MAX,
    archive_entries: 1_000,
    unpacked_bytes: 1 << 40,
    unpacked_ratio: 1_000_000,
};

async fn read(bytes: &[u8], name: &str, limits: Limits) -> Result<Table, NotRead> {
    sheet(Some(&Reader::new(PROGRAM.into(), "read")), bytes, name, limits).await.expect("the program reads")
}

/// A workbook with this table of texts, then so many empty ones.
fn workbook(beginning: &str, empty: usize) -> Vec<u8> {
    const RELATIONS: &str = r#"<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let files = [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", "<workbook><sheets/></workbook>"),
        ("xl/sharedStrings.xml", beginning),
    ];
    let piece = "<si/>".repeat(4_096);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(name, SimpleFileOptions::default()).expect("starts");
        archive.write_all(text.as_bytes()).expect("writes");
    }
    for _ in 0..empty / 4_096 {
        archive.write_all(piece.as_bytes()).expect("writes");
    }
    archive.finish().expect("finishes").into_inner()
}

#[tokio::test]
async fn what_an_office_sends_is_read_apart_as_it_is_read_here() {
    let text = "氏名,所属\r\n例示 髙子,\"見本病院\r\n本館\"\r\n\r\n見本 太郎,=1+1\r\n";
    let book = xlsx("名簿", None, &["氏名", "所属"], [["例示 髙子", "見本病院"], ["見本 太郎", ""]]).expect("it can be written");
    let mut many = String::new();
    for n in 0..20_000 {
        writeln!(many, "{n},見本 {n}号,\"a \"\"{n}\"\"\"").expect("a text takes it");
    }
    for (name, bytes) in [
        ("名簿.csv", text.as_bytes().to_vec()),
        ("名簿.CSV", SHIFT_JIS.encode(text).0.into_owned()),
        ("list.tsv", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("list.tsv", b"a\tb,c,d\n".to_vec()),
        ("list", b"a\tb,c,d\n".to_vec()),
        ("list.xlsx", book),
        ("list.csv", many.into_bytes()),
        ("list.pdf", b"%PDF-1.7".to_vec()),
        ("list.csv", Vec::new()),
        ("list.csv", b"a\n\"b\n".to_vec()),
        ("list.xlsx", b"PK\x03\x04".to_vec()),
        ("list.csv", b"x,".repeat(300)),
    ] {
        let here = Table::read(&bytes, name, Limits::default());
        assert_eq!(read(&bytes, name, Limits::default()).await, here, "{name}");
    }
}

#[tokio::test]
async fn what_swells_ends_the_process_that_reads_and_no_other() {
    // Room for them all is asked for at once.
    assert_eq!(read(&workbook("<sst uniqueCount=\"1000000000000\">", 0), "a.xlsx", ANYTHING).await, Err(NotRead::Swells));
    // 320 MB of texts. Where the program is built without care for its speed, time is over before memory is.
    let swelling = workbook("<sst>", 64 << 20);
    assert!(swelling.len() < 1 << 21, "{}", swelling.len());
    let refused = read(&swelling, "a.xlsx", ANYTHING).await;
    assert!(matches!(refused, Err(NotRead::Swells | NotRead::TooLong)), "{refused:?}");
    assert_eq!(read(b"a,b\n", "a.csv", ANYTHING).await, Table::read(b"a,b\n", "a.csv", ANYTHING));
}

#[test]
fn what_the_portal_calls_itself_is_not_offered() {
    let help = Command::new(PROGRAM).arg("--help").output().expect("the program is there");
    let help = String::from_utf8(help.stdout).expect("it is text");
    let offers = |command: &str| help.lines().any(|line| line.split_whitespace().next() == Some(command));
    assert!(offers("import") && !offers("read"), "{help}");
}
