use uuid::Uuid;

/// Where a sealed text stands. It opens there and nowhere else: bytes that were moved to another row or column are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The case to which it belongs.
    pub case: Uuid,
    /// The table.
    pub table: &'static str,
    /// The id of the row.
    pub row: Uuid,
    /// The column.
    pub column: &'static str,
}

impl Place {
    /// The additional data of what stands there. Names are preceded by their length, so that no two places read alike.
    pub(crate) fn about(&self) -> Vec<u8> {
        let mut about = b"mist/sealed/1".to_vec();
        about.extend_from_slice(self.case.as_bytes());
        about.extend_from_slice(self.row.as_bytes());
        for name in [self.table, self.column] {
            about.push(u8::try_from(name.len()).expect("names of tables and columns are short"));
            about.extend_from_slice(name.as_bytes());
        }
        about
    }
}
