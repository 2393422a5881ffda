use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read, copy, sink};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;

use crate::table::{Gathered, Source, Table};
use crate::{Limits, NotRead, strings};

/// Reads the first visible sheet that holds anything.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Table, NotRead> {
    unpacks_within(bytes, limits)?;
    // The parser counts rows and columns in 32 bits without looking: a hostile cell address overflows and panics in a checked build.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes, limits)))
        .unwrap_or_else(|_| Err(NotRead::Damaged { reason: "the parser gave up".to_owned() }))
}

/// Unpacks everything once without keeping it, since the sizes that an archive declares are only claims.
fn unpacks_within(bytes: &[u8], limits: &Limits) -> Result<(), NotRead> {
    const SMALL: u64 = 1 << 20;
    let damaged = |wrong: zip::result::ZipError| NotRead::Damaged { reason: wrong.to_string() };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > limits.archive_entries {
        return Err(NotRead::Swells);
    }
    if archive.index_for_name("[Content_Types].xml").is_none() || archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(NotRead::OtherArchive);
    }
    let mut left = limits.unpacked_bytes;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let packed = entry.compressed_size().max(1);
        let most = left.min(packed.saturating_mul(limits.unpacked_ratio).max(SMALL));
        let unpacked =
            copy(&mut entry.take(most.saturating_add(1)), &mut sink()).map_err(|wrong| NotRead::Damaged { reason: wrong.to_string() })?;
        if unpacked > most {
            return Err(NotRead::Swells);
        }
        left -= unpacked;
        let entry = archive.by_index(index).map_err(damaged)?;
        if entry.name().is_ok_and(|name| strings::is_table(&name)) {
            strings::within(BufReader::new(entry.take(unpacked)), limits.strings)?;
        }
    }
    Ok(())
}

fn sheets(bytes: &[u8], limits: &Limits) -> Result<Table, NotRead> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for sheet in names {
        let table = read_sheet(&mut workbook, sheet, limits)?;
        if !table.rows.is_empty() {
            return Ok(table);
        }
    }
    Err(NotRead::Empty)
}

/// Takes cell by cell: the parser's own table would hold every cell between the first and the last, and two cells may lie far apart.
fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: String, limits: &Limits) -> Result<Table, NotRead> {
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(damaged)?;
    let mut gathered = Gathered::within(limits);
    let mut rows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize + 1, column as usize + 1);
        let text = shown(cell.get_value());
        gathered.check(row, column, &text)?;
        if text.trim().is_empty() {
            continue;
        }
        let cells = rows.entry(row).or_default();
        if cells.len() < column {
            cells.resize(column, String::new());
        }
        cells[column - 1] = text;
        if rows.len() > limits.rows {
            return Err(NotRead::TooManyRows { most: limits.rows });
        }
    }
    for (number, cells) in rows {
        gathered.keep(number, cells)?;
    }
    Ok(gathered.from(Source::Workbook { sheet }))
}

fn damaged(wrong: XlsxError) -> NotRead {
    match wrong {
        XlsxError::Password => NotRead::Protected,
        wrong => NotRead::Damaged { reason: wrong.to_string() },
    }
}

/// What a person sees in the cell, as far as the file says it without its number formats.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => line_ends(text),
        DataRef::SharedString(text) => line_ends(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(instant) => instant_text(instant),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            let text = text.trim_end_matches('Z').replacen('T', " ", 1);
            text.strip_suffix(" 00:00:00").unwrap_or(&text).to_owned()
        }
        DataRef::Error(wrong) => wrong.to_string(),
    }
}

fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
}

/// Excel shows 15 digits, the file holds 17: 0.1 + 0.2 is 0.3 to a person.
fn number_text(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

fn instant_text(instant: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = instant.to_ymd_hms_milli();
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    if instant.is_duration() {
        // Hours go beyond 24 here, so that the day is counted in.
        let minutes = (instant.as_f64() * 24.0 * 60.0).round();
        return format!("{}:{:02}", (minutes / 60.0).trunc(), (minutes % 60.0).abs());
    }
    if (0.0..1.0).contains(&instant.as_f64()) {
        return format!("{hour:02}:{minute:02}{seconds}");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}{seconds}") }
}

#[cfg(test)]
mod tests {
    use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};

    use super::shown;

    fn at(value: f64, kind: ExcelDateTimeType) -> String {
        shown(&DataRef::DateTime(ExcelDateTime::new(value, kind, false)))
    }

    #[test]
    fn numbers_show_as_a_person_sees_them() {
        assert_eq!(shown(&DataRef::Float(1234.0)), "1234");
        assert_eq!(shown(&DataRef::Float(0.1 + 0.2)), "0.3");
        assert_eq!(shown(&DataRef::Float(10_000_001.0)), "10000001");
        assert_eq!(shown(&DataRef::Bool(true)), "TRUE");
    }

    #[test]
    fn dates_and_times_become_text() {
        assert_eq!(at(46281.0, ExcelDateTimeType::DateTime), "2026-09-16");
        assert_eq!(at(46281.0 + 16.0 / 24.0, ExcelDateTimeType::DateTime), "2026-09-16 16:00");
        assert_eq!(at(0.5, ExcelDateTimeType::DateTime), "12:00");
        assert_eq!(at(1.25, ExcelDateTimeType::TimeDelta), "30:00");
    }
}
