use intake::{Limits, NotRead, Table};
use std::io::{self, BufWriter, Read, Write};
use std::time::Duration;

use crate::{Died, Input, Kind, Reader, ending_of};

/// Tables are read one after the other: they are small, and what is not is done after seconds.
static SHEETS: Kind = Kind::new("sheet", Duration::from_secs(30), 1);

/// Reads a table that somebody has sent; what comes is no larger than the limits say. Only tests have no program for it: they read on a
/// thread of their own.
pub async fn sheet(reader: Option<&Reader>, bytes: &[u8], name: &str, limits: Limits) -> io::Result<Result<Table, NotRead>> {
    if bytes.len() > limits.bytes {
        return Ok(Err(NotRead::TooLarge { bytes: bytes.len(), most: limits.bytes }));
    }
    let ending = ending_of(name).unwrap_or_else(|| "txt".to_owned());
    let _place = SHEETS.place().await?;
    if let Some(reader) = reader {
        return apart(reader, bytes, &ending, &limits).await;
    }
    // What nobody has looked at is read nowhere but in a process that can do nothing else.
    if !cfg!(debug_assertions) {
        return Err(io::Error::other("there is no program that reads tables"));
    }
    let bytes = bytes.to_vec();
    tokio::task::spawn_blocking(move || Table::read(&bytes, &named(&ending), limits)).await.map_err(io::Error::other)
}

async fn apart(reader: &Reader, bytes: &[u8], ending: &str, limits: &Limits) -> io::Result<Result<Table, NotRead>> {
    let told = serde_json::to_string(limits)?;
    let sent = match reader.read(&SHEETS, &[ending, &told], Input::Bytes(bytes), answer_max(limits)).await? {
        Ok(sent) => sent,
        Err(Died::TooLong) => return Ok(Err(NotRead::TooLong)),
        Err(Died::Swelled) => return Ok(Err(NotRead::Swells)),
        Err(Died::Fell) => return Ok(Err(NotRead::Damaged { reason: "the process that read it fell".to_owned() })),
    };
    let limits = *limits;
    tokio::task::spawn_blocking(move || heard(&sent, &limits)).await.map_err(io::Error::other)?
}

/// What was answered, if it can be believed.
fn heard(sent: &[u8], limits: &Limits) -> io::Result<Result<Table, NotRead>> {
    let read: Result<Table, NotRead> = serde_json::from_slice(sent)?;
    if read.as_ref().is_ok_and(|table| !table.is_within(limits)) {
        return Err(io::Error::other("more was answered than is read"));
    }
    Ok(read)
}

/// The most bytes of an answer: all texts, with a sign before each that needs one, blank cells, and what stands around cells and rows.
fn answer_max(limits: &Limits) -> u64 {
    let texts = limits.text_bytes.saturating_add(limits.bytes).saturating_mul(2);
    let around = limits.cells.saturating_mul(3).saturating_add(limits.rows.saturating_mul(48)).saturating_add(4_096);
    u64::try_from(texts.saturating_add(around)).unwrap_or(u64::MAX)
}

/// A name with nothing in it but its ending.
fn named(ending: &str) -> String {
    format!("table.{ending}")
}

/// Reads the input within `limits`, as [`sheet`] has written them, and answers as the process does that reads. `confine` gives up what
/// reading does not need.
pub fn answer(
    ending: &str,
    limits: &str,
    input: impl Read,
    output: impl Write,
    confine: impl FnOnce() -> io::Result<()>,
) -> io::Result<()> {
    let limits: Limits = serde_json::from_str(limits)?;
    confine()?;
    let mut bytes = Vec::new();
    input.take(u64::try_from(limits.bytes).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut bytes)?;
    // Memory is short: what the file does not fill is for its cells.
    bytes.shrink_to_fit();
    let read = Table::read(&bytes, &named(ending), limits);
    drop(bytes);
    let mut output = BufWriter::new(output);
    serde_json::to_writer(&mut output, &read)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits {
        bytes: 200,
        rows: 5,
        columns: 4,
        cell_characters: 20,
        text_bytes: 150,
        cells: 10,
        strings: 10,
        archive_entries: 10,
        unpacked_bytes: 1_000,
        unpacked_ratio: 250,
    };

    fn answered(ending: &str, bytes: &[u8]) -> Vec<u8> {
        let mut output = Vec::new();
        answer(ending, &serde_json::to_string(&SMALL).unwrap(), bytes, &mut output, || Ok(())).unwrap();
        output
    }

    #[test]
    fn what_is_answered_is_what_was_read() {
        let texts = ["氏名,備考\r\n見本 \"太郎\",\u{1}\\\n", "a,b\tc\n", "", "\"a", "%PDF-"];
        for (ending, text) in texts.iter().flat_map(|text| [("csv", text), ("tsv", text)]) {
            let read: Result<Table, NotRead> = serde_json::from_slice(&answered(ending, text.as_bytes())).unwrap();
            assert_eq!(read, Table::read(text.as_bytes(), &named(ending), SMALL), "{text:?}");
        }
    }

    #[test]
    fn a_table_at_its_limits_fits_into_an_answer() {
        let limits = Limits { bytes: 42_000, rows: 1_000, columns: 2, text_bytes: 40_000, cells: 2_000, ..SMALL };
        // Each sign of it needs one before it.
        let signs = "\\".repeat(20);
        let text = format!("{signs},{signs}\n").repeat(1_000);
        let mut sent = Vec::new();
        answer("csv", &serde_json::to_string(&limits).unwrap(), text.as_bytes(), &mut sent, || Ok(())).unwrap();
        assert!(u64::try_from(sent.len()).unwrap() <= answer_max(&limits), "{} of {}", sent.len(), answer_max(&limits));
        assert_eq!(heard(&sent, &limits).unwrap().unwrap().rows().len(), 1_000);
    }

    #[test]
    fn an_answer_that_is_none_or_larger_than_the_limits_is_not_believed() {
        let of = |row: &str, rows: usize| {
            let rows = vec![row; rows].join(",");
            format!(r#"{{"Ok":{{"source":{{"Workbook":{{"sheet":"a"}}}},"rows":[{rows}]}}}}"#)
        };
        let row = r#"{"number":1,"cells":["a"]}"#;
        assert_eq!(heard(of(row, 5).as_bytes(), &SMALL).unwrap().unwrap().rows().len(), 5);
        assert_eq!(heard(br#"{"Err":"Swells"}"#, &SMALL).unwrap(), Err(NotRead::Swells));
        for wrong in [
            of(row, 6),
            of(r#"{"number":1,"cells":["","","","","a"]}"#, 1),
            of(r#"{"number":1,"cells":["","","a"]}"#, 4),
            of(row, 0),
            "no table".to_owned(),
        ] {
            heard(wrong.as_bytes(), &SMALL).unwrap_err();
        }
    }

    #[tokio::test]
    async fn what_is_too_large_is_refused_before_anybody_reads_it() {
        let nobody = Reader::new("/nowhere".into(), "read");
        let refused = sheet(Some(&nobody), &[b'a'; 201], "a.csv", SMALL).await.unwrap();
        assert_eq!(refused, Err(NotRead::TooLarge { bytes: 201, most: 200 }));
        sheet(Some(&nobody), b"a", "a.csv", SMALL).await.unwrap_err();
        assert_eq!(sheet(None, b"a\tb,c", "a.tsv", SMALL).await.unwrap(), Table::read(b"a\tb,c", "a.tsv", SMALL));
    }
}
