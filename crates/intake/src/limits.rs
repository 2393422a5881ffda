use serde::{Deserialize, Serialize};

/// How much of a file is read before it is refused.
///
/// The defaults hold the national list of medical institutions and refuse an archive that unpacks to more than memory bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Rows that hold anything.
    pub rows: usize,
    /// Columns up to the last cell that holds anything.
    pub columns: usize,
    /// Characters of one cell.
    pub cell_characters: usize,
    /// Bytes of all cells together: a workbook names one long text from many cells.
    pub text_bytes: usize,
    /// Cells of all rows, each row counted up to its last cell that holds anything: an empty one before it costs memory, too.
    pub cells: usize,
    /// Texts in the table that the cells of a workbook name, of all its sheets: it is read whole, whatever is named.
    pub strings: usize,
    /// Files within a workbook, which is an archive.
    pub archive_entries: usize,
    /// Bytes of all those files when unpacked.
    pub unpacked_bytes: u64,
    /// How many times larger than packed one of those files may be.
    pub unpacked_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            rows: 250_000,
            columns: 200,
            cell_characters: 10_000,
            text_bytes: 128 << 20,
            cells: 10_000_000,
            strings: 5_000_000,
            archive_entries: 1_000,
            unpacked_bytes: 512 << 20,
            unpacked_ratio: 250,
        }
    }
}
