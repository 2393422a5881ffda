use std::borrow::Cow;

use crate::table::{Gathered, Source, Table};
use crate::{Charset, Limits, NotRead};

/// Stands alone on a line after the text. The text itself holds no NUL, so the line is a row of its own unless a quotation mark
/// before it was never closed, which the `csv` crate forgives and a person must know.
const END: &str = "\0";

/// Reads lines of text.
pub(crate) fn read(text: Cow<'_, str>, charset: Charset, name: &str, limits: &Limits) -> Result<Table, NotRead> {
    let lines = with_one_line_end(&text);
    // A file may be as large as memory bears, but not twice.
    drop(text);
    let separator = separator(&lines, name);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(lines.as_bytes());
    let mut gathered = Gathered::within(limits);
    let mut record = csv::StringRecord::new();
    let mut breaks_in_cells = 0;
    while reader.read_record(&mut record).map_err(|wrong| NotRead::Damaged { reason: wrong.to_string() })? {
        if &record == [END].as_slice() {
            break;
        }
        breaks_in_cells += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        // The reader stands on the line after the row; its own position of a row lies before the empty lines above it.
        let line = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        if record.iter().next_back().is_some_and(|cell| cell.ends_with(END)) {
            return Err(NotRead::UnclosedQuote { row: line - breaks_in_cells });
        }
        let row = line - 1 - breaks_in_cells;
        let mut cells = Vec::new();
        for (index, cell) in record.iter().enumerate() {
            gathered.check(row, index + 1, cell)?;
            if index < limits.columns {
                cells.push(cell.to_owned());
            }
        }
        gathered.keep(row, cells)?;
    }
    Ok(gathered.from(Source::Delimited { charset, separator: char::from(separator) }))
}

/// The text and its end. With one kind of line end, a row's number follows from the lines before it.
fn with_one_line_end(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + 1 + END.len());
    for (at, piece) in text.split('\r').enumerate() {
        if at > 0 && !piece.starts_with('\n') {
            lines.push('\n');
        }
        lines.push_str(piece);
    }
    lines.push('\n');
    lines.push_str(END);
    lines
}

/// The separator that stands most often outside quotation marks in the first lines.
fn separator(text: &str, name: &str) -> u8 {
    const LINES_MAX: usize = 20;
    let named_tsv = name.to_ascii_lowercase().ends_with(".tsv");
    let mut counts = [(b'\t', 0), (b',', 0), (b';', 0)];
    let mut quoted = false;
    let mut lines = 0;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => lines += 1,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(separator, _)| *separator == byte).for_each(|(_, count)| *count += 1),
        }
        if lines == LINES_MAX {
            break;
        }
    }
    match counts {
        [(tab, tabs), ..] if named_tsv && tabs > 0 => tab,
        [(tab, tabs), (_, commas), (_, semicolons)] if tabs > commas && tabs >= semicolons => tab,
        [_, (_, commas), (semicolon, semicolons)] if semicolons > commas => semicolon,
        _ => b',',
    }
}
