use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Why no workbook was written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// More rows or columns than a sheet has.
    #[error("a sheet holds 1,048,576 rows and 16,384 columns")]
    TooLarge,
    /// A cell longer than Excel's 32,767 characters.
    #[error("a cell of Excel holds 32,767 characters")]
    CellTooLong,
    /// The writer failed.
    #[error(transparent)]
    Failed(XlsxError),
}

impl From<XlsxError> for NotWritten {
    fn from(wrong: XlsxError) -> Self {
        match wrong {
            XlsxError::RowColumnLimitError => Self::TooLarge,
            XlsxError::MaxStringLengthExceeded => Self::CellTooLong,
            wrong => Self::Failed(wrong),
        }
    }
}

/// Writes a workbook of one sheet. Every cell is text, never a formula or a number, so that codes keep their zeros.
///
/// The headings stay in view and carry a filter. A watermark stands above them, such as who took the export and that it is practice.
/// The sheet's name is made to fit Excel's rules. The same table always gives the same bytes.
pub fn xlsx<H, R, C>(sheet: &str, watermark: Option<&str>, headings: &[H], rows: impl IntoIterator<Item = R>) -> Result<Vec<u8>, NotWritten>
where
    H: AsRef<str>,
    R: AsRef<[C]>,
    C: AsRef<str>,
{
    let mut workbook = new_workbook()?;
    let (text, bold) = (text_format(), heading_format());
    let page = workbook.add_worksheet().set_name(fitting(sheet))?;
    let mut widths = Widths::default();
    let mut at = 0;
    if let Some(watermark) = watermark {
        page.write_string_with_format(at, 0, watermark, &Format::new().set_bold().set_font_color(Color::RGB(0x00B0_0020)))?;
        at += 1;
    }
    write(page, at, headings.iter().map(AsRef::as_ref), &bold, &mut widths)?;
    let heading_row = at;
    for row in rows {
        at = at.checked_add(1).ok_or(NotWritten::TooLarge)?;
        write(page, at, row.as_ref().iter().map(AsRef::as_ref), &text, &mut widths)?;
    }
    widths.set(page)?;
    page.set_freeze_panes(heading_row + 1, 0)?;
    if let Some(last) = headings.len().checked_sub(1) {
        page.autofilter(heading_row, 0, at, u16::try_from(last).map_err(|_| NotWritten::TooLarge)?)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// A cell of a [`Sheet`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it begins with.
    Text(String),
    /// A number that can be added up.
    Number(i64),
}

/// A sheet of a [`book`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, made to fit Excel's rules.
    pub name: String,
    /// A line above the headings, empty for none.
    pub note: String,
    /// The headings, which stay in view.
    pub headings: Vec<String>,
    /// The rows below them.
    pub rows: Vec<Vec<Cell>>,
}

/// Writes a workbook of several sheets, with text and numbers and no formula. The same sheets always give the same bytes.
pub fn book(sheets: &[Sheet]) -> Result<Vec<u8>, NotWritten> {
    let mut workbook = new_workbook()?;
    let (text, bold) = (text_format(), heading_format());
    let number = Format::new().set_num_format("#,##0").set_align(FormatAlign::Top);
    for sheet in sheets {
        let page = workbook.add_worksheet().set_name(fitting(&sheet.name))?;
        let mut widths = Widths::default();
        let mut at = 0;
        if !sheet.note.is_empty() {
            page.write_string(at, 0, &sheet.note)?;
            at += 1;
        }
        write(page, at, sheet.headings.iter().map(String::as_str), &bold, &mut widths)?;
        page.set_freeze_panes(at + 1, 0)?;
        for row in &sheet.rows {
            at = at.checked_add(1).ok_or(NotWritten::TooLarge)?;
            for (column, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Text(words) => {
                        widths.see(usize::from(column), words);
                        page.write_string_with_format(at, column, words, &text)?;
                    }
                    #[expect(clippy::cast_precision_loss, reason = "Excel has no other numbers, and no more people than 2^53 are counted")]
                    Cell::Number(n) => {
                        page.write_number_with_format(at, column, *n as f64, &number)?;
                    }
                }
            }
        }
        widths.set(page)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn new_workbook() -> Result<Workbook, NotWritten> {
    let mut workbook = Workbook::new();
    // The writer would take the machine's clock.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    Ok(workbook)
}

fn text_format() -> Format {
    Format::new().set_num_format("@").set_align(FormatAlign::Top).set_text_wrap()
}

fn heading_format() -> Format {
    Format::new()
        .set_num_format("@")
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E8_F1FE))
        .set_border_bottom(FormatBorder::Thin)
}

fn write<'a>(
    page: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = &'a str>,
    format: &Format,
    widths: &mut Widths,
) -> Result<(), NotWritten> {
    for (column, cell) in (0_u16..).zip(cells) {
        widths.see(usize::from(column), cell);
        page.write_string_with_format(row, column, cell, format)?;
    }
    Ok(())
}

/// How wide each column must be to show its longest line, within reason.
#[derive(Default)]
struct Widths(Vec<usize>);

impl Widths {
    const LEAST: usize = 8;
    const MOST: usize = 50;

    fn see(&mut self, column: usize, cell: &str) {
        if self.0.len() <= column {
            self.0.resize(column + 1, Self::LEAST);
        }
        let widest = cell.lines().map(|line| line.chars().take(Self::MOST).map(width).sum()).max().unwrap_or(0);
        self.0[column] = self.0[column].max(widest.min(Self::MOST));
    }

    fn set(&self, page: &mut Worksheet) -> Result<(), NotWritten> {
        for (column, characters) in (0_u16..).zip(&self.0) {
            page.set_column_width(column, u32::try_from(characters + 2).unwrap_or(u32::MAX))?;
        }
        Ok(())
    }
}

/// Kanji and kana take the room of two Latin letters.
fn width(character: char) -> usize {
    if character > '\u{2000}' && !matches!(character, '\u{FF61}'..='\u{FF9F}') { 2 } else { 1 }
}

/// Excel refuses some signs, a quotation mark at the ends, an empty name and more than 31 UTF-16 units.
fn fitting(sheet: &str) -> String {
    let mut units = 0;
    let name: String = sheet
        .chars()
        .map(|character| if "[]:*?/\\".contains(character) || character.is_control() { '_' } else { character })
        .take_while(|character| {
            units += character.len_utf16();
            units <= 31
        })
        .collect();
    let name = name.trim_matches('\'').trim();
    if name.is_empty() { "1".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn a_sheet_s_name_fits_excel_s_rules() {
        assert_eq!(fitting("令和8年度 [入門]/第1回"), "令和8年度 _入門__第1回");
        assert_eq!(fitting("''"), "1");
        assert_eq!(fitting(&"𠮷".repeat(20)).encode_utf16().count(), 30);
    }
}
