//! An operator's own workbook, with words put into cells of it and everything else as it was.

use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::forms::CellName;

/// Why a template could not be filled in.
#[derive(Debug, thiserror::Error)]
pub enum NotFilled {
    /// It is no workbook that can be read.
    #[error("the template is no workbook: {0}")]
    Unreadable(String),
    /// A cell is on a sheet that it does not have.
    #[error("the template has no sheet {0}")]
    NoSheet(String),
    /// It unpacks to more than a form has.
    #[error("the template unpacks to more than {MOST} bytes")]
    TooLarge,
}

/// The most bytes that a template may unpack to.
const MOST: u64 = 64 << 20;

fn unreadable(wrong: impl ToString) -> NotFilled {
    NotFilled::Unreadable(wrong.to_string())
}

/// Puts the texts into the cells. They are texts, never formulas, and keep the style that the cell has.
pub fn fill<'a>(workbook: &[u8], cells: impl IntoIterator<Item = (CellName, &'a str)>) -> Result<Vec<u8>, NotFilled> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).map_err(unreadable)?;
    let mut left = MOST;
    let parts = sheet_parts(&mut archive, &mut left)?;
    let first = parts.first().ok_or_else(|| unreadable("no sheet"))?.1.clone();
    let mut wanted: BTreeMap<String, Cells<'a>> = BTreeMap::new();
    for (cell, text) in cells {
        let part = match &cell.sheet {
            None => first.clone(),
            Some(name) => parts
                .iter()
                .find(|(sheet, _)| sheet == name)
                .map(|(_, part)| part.clone())
                .ok_or_else(|| NotFilled::NoSheet(name.clone()))?,
        };
        let column = column_of(&cell.column).unwrap_or(0);
        wanted.entry(part).or_default().entry(cell.row).or_default().insert(column, (cell.reference(), text));
    }
    let mut filled = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let name = archive.by_index(at).map_err(unreadable)?.name().map_err(unreadable)?.into_owned();
        match wanted.remove(&name) {
            Some(cells) => {
                let sheet = text_of(&mut archive, &name, &mut left)?;
                filled.start_file(name, SimpleFileOptions::default()).map_err(unreadable)?;
                filled.write_all(&with_cells(&sheet, cells)?).map_err(unreadable)?;
            }
            None => filled.raw_copy_file(archive.by_index(at).map_err(unreadable)?).map_err(unreadable)?,
        }
    }
    Ok(filled.finish().map_err(unreadable)?.into_inner())
}

/// Texts by row and column, with the name of their cell.
type Cells<'a> = BTreeMap<u32, BTreeMap<u32, (String, &'a str)>>;
type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

fn text_of(archive: &mut Archive<'_>, name: &str, left: &mut u64) -> Result<String, NotFilled> {
    let entry = archive.by_name(name).map_err(unreadable)?;
    let mut text = String::new();
    entry.take(*left + 1).read_to_string(&mut text).map_err(unreadable)?;
    *left = left.checked_sub(text.len() as u64).ok_or(NotFilled::TooLarge)?;
    Ok(text)
}

/// The sheets by name, with the part of the archive that holds each, in the order of their tabs.
fn sheet_parts(archive: &mut Archive<'_>, left: &mut u64) -> Result<Vec<(String, String)>, NotFilled> {
    let relations = text_of(archive, "xl/_rels/workbook.xml.rels", left)?;
    let targets: BTreeMap<String, String> = elements(&relations, "Relationship", &["Id", "Target"])?
        .into_iter()
        .map(|[id, target]| (id, target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned)))
        .collect();
    let book = text_of(archive, "xl/workbook.xml", left)?;
    let sheets = elements(&book, "sheet", &["name", "r:id"])?;
    Ok(sheets.into_iter().filter_map(|[name, id]| Some((name, targets.get(&id)?.clone()))).collect())
}

/// Two attributes of every element of a name.
fn elements(xml: &str, element: &str, attributes: &[&str; 2]) -> Result<Vec<[String; 2]>, NotFilled> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().map_err(unreadable)? {
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == element => {
                if let [Some(one), Some(other)] = attributes.map(|name| attribute(&start, name)) {
                    found.push([one, other]);
                }
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok().flatten()?;
    quick_xml::escape::unescape(&attribute.value).ok().map(std::borrow::Cow::into_owned)
}

/// The sheet with the texts in their cells.
fn with_cells(sheet: &str, mut wanted: Cells<'_>) -> Result<Vec<u8>, NotFilled> {
    let mut reader = Reader::from_str(sheet);
    let mut writer = Writer::new(Vec::new());
    // The row that is open, and whether the cell that is open has been written anew, so that what it held is passed over.
    let mut row: Option<BTreeMap<u32, (String, &str)>> = None;
    let mut inside_replaced = false;
    loop {
        let event = reader.read_event().map_err(unreadable)?;
        match &event {
            Event::Eof => break,
            _ if inside_replaced => {
                inside_replaced = !matches!(&event, Event::End(end) if end.local_name().as_ref() == "c");
                continue;
            }
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "row" => {
                let at = attribute(start, "r").and_then(|r| r.parse().ok()).unwrap_or(0);
                for (missing, cells) in take_before(&mut wanted, at) {
                    write_row(&mut writer, missing, cells)?;
                }
                let cells = wanted.remove(&at).unwrap_or_default();
                if matches!(event, Event::Empty(_)) && !cells.is_empty() {
                    put(&mut writer, Event::Start(start.borrow()))?;
                    write_cells(&mut writer, cells)?;
                    put(&mut writer, Event::End(BytesEnd::new("row")))?;
                    continue;
                }
                row = Some(cells).filter(|_| matches!(event, Event::Start(_)));
            }
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == "c" => {
                if let Some(cells) = &mut row {
                    let name = attribute(start, "r").unwrap_or_default();
                    let column = column_of(name.trim_end_matches(|c: char| c.is_ascii_digit())).unwrap_or(0);
                    write_cells(&mut writer, take_before(cells, column))?;
                    if let Some((name, text)) = cells.remove(&column) {
                        write_cell(&mut writer, &name, attribute(start, "s").as_deref(), text)?;
                        inside_replaced = matches!(event, Event::Start(_));
                        continue;
                    }
                }
            }
            Event::End(end) if end.local_name().as_ref() == "row" => write_cells(&mut writer, row.take().unwrap_or_default())?,
            Event::End(end) if end.local_name().as_ref() == "sheetData" => {
                for (missing, cells) in std::mem::take(&mut wanted) {
                    write_row(&mut writer, missing, cells)?;
                }
            }
            Event::Empty(start) if start.local_name().as_ref() == "sheetData" => {
                put(&mut writer, Event::Start(start.borrow()))?;
                for (missing, cells) in std::mem::take(&mut wanted) {
                    write_row(&mut writer, missing, cells)?;
                }
                put(&mut writer, Event::End(BytesEnd::new("sheetData")))?;
                continue;
            }
            _ => {}
        }
        put(&mut writer, event)?;
    }
    Ok(writer.into_inner())
}

fn put(writer: &mut Writer<Vec<u8>>, event: Event<'_>) -> Result<(), NotFilled> {
    writer.write_event(event).map_err(unreadable)
}

/// What comes before `key`, taken out.
fn take_before<V>(map: &mut BTreeMap<u32, V>, key: u32) -> BTreeMap<u32, V> {
    let rest = map.split_off(&key);
    std::mem::replace(map, rest)
}

fn write_row(writer: &mut Writer<Vec<u8>>, row: u32, cells: BTreeMap<u32, (String, &str)>) -> Result<(), NotFilled> {
    put(writer, Event::Start(BytesStart::new("row").with_attributes([("r", row.to_string().as_str())])))?;
    write_cells(writer, cells)?;
    put(writer, Event::End(BytesEnd::new("row")))
}

fn write_cells(writer: &mut Writer<Vec<u8>>, cells: BTreeMap<u32, (String, &str)>) -> Result<(), NotFilled> {
    cells.into_values().try_for_each(|(name, text)| write_cell(writer, &name, None, text))
}

/// `<c r="B5" s="3" t="inlineStr"><is><t xml:space="preserve">…</t></is></c>`
fn write_cell(writer: &mut Writer<Vec<u8>>, name: &str, style: Option<&str>, text: &str) -> Result<(), NotFilled> {
    let mut cell = BytesStart::new("c").with_attributes([("r", name)]);
    if let Some(style) = style {
        cell.push_attribute(("s", style));
    }
    cell.push_attribute(("t", "inlineStr"));
    put(writer, Event::Start(cell))?;
    put(writer, Event::Start(BytesStart::new("is")))?;
    put(writer, Event::Start(BytesStart::new("t").with_attributes([("xml:space", "preserve")])))?;
    // XML has no place for these, and nobody types them.
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    put(writer, Event::Text(BytesText::new(&text)))?;
    for end in ["t", "is", "c"] {
        put(writer, Event::End(BytesEnd::new(end)))?;
    }
    Ok(())
}

/// A → 1, AA → 27; none for anything but one to three capital letters.
pub(super) fn column_of(letters: &str) -> Option<u32> {
    let is_column = (1..=3).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    is_column.then(|| letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1))
}
