use encoding_rs::SHIFT_JIS;

use super::guarded;

/// How a CSV is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with byte order mark, without which Excel guesses wrong.
    Utf8Bom,
    /// `Shift_JIS` as Windows knows it, for older programs.
    ShiftJis,
}

/// A cell that `Shift_JIS` cannot hold in full. The file has 〓 in place of each such character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unencodable {
    /// The row in the file, counted from 1; the headings are row 1.
    pub row: usize,
    /// The column, counted from 1.
    pub column: usize,
    /// The characters that were replaced, in the order of the cell.
    pub characters: String,
}

/// Writes a CSV (RFC 4180), guarded against formulas, and names the cells that the encoding cannot hold.
pub fn csv<H, R, C>(headings: &[H], rows: impl IntoIterator<Item = R>, encoding: Encoding) -> (Vec<u8>, Vec<Unencodable>)
where
    H: AsRef<str>,
    R: AsRef<[C]>,
    C: AsRef<str>,
{
    let mut file = Csv { encoding, bytes: Vec::new(), rows: 0, unencodable: Vec::new() };
    if encoding == Encoding::Utf8Bom {
        file.bytes.extend_from_slice(b"\xEF\xBB\xBF");
    }
    file.row(headings.iter().map(AsRef::as_ref));
    for row in rows {
        file.row(row.as_ref().iter().map(AsRef::as_ref));
    }
    (file.bytes, file.unencodable)
}

struct Csv {
    encoding: Encoding,
    bytes: Vec<u8>,
    rows: usize,
    unencodable: Vec<Unencodable>,
}

impl Csv {
    fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        self.rows += 1;
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                self.bytes.push(b',');
            }
            self.cell(index + 1, &quoted(&guarded(cell).replace('\0', "")));
        }
        self.bytes.extend_from_slice(b"\r\n");
    }

    fn cell(&mut self, column: usize, cell: &str) {
        if self.encoding == Encoding::Utf8Bom {
            self.bytes.extend_from_slice(cell.as_bytes());
            return;
        }
        let cell: String = cell.chars().map(twin).collect();
        let (encoded, _, lost) = SHIFT_JIS.encode(&cell);
        if !lost {
            self.bytes.extend_from_slice(&encoded);
            return;
        }
        let mut characters = String::new();
        for character in cell.chars() {
            let mut utf8 = [0; 4];
            let (encoded, _, lost) = SHIFT_JIS.encode(character.encode_utf8(&mut utf8));
            if lost {
                characters.push(character);
                self.bytes.extend_from_slice(&SHIFT_JIS.encode("〓").0);
            } else {
                self.bytes.extend_from_slice(&encoded);
            }
        }
        self.unencodable.push(Unencodable { row: self.rows, column, characters });
    }
}

/// Programs that guess the separator must not find another one, so tabs and semicolons are quoted, too.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n', '\t', ';']) || cell.starts_with(' ') || cell.ends_with(' ') {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// The same sign under the code point that Windows gives it: macOS and Linux type the left ones, `Shift_JIS` knows the right ones.
fn twin(character: char) -> char {
    match character {
        '〜' => '～',
        '−' => '－',
        '—' => '―',
        '‖' => '∥',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        other => other,
    }
}
