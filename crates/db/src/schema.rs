//! What tables a database has, told the same way by both engines, so that a test can compare them.

use crate::{Db, DbResult, Engine, FromColumn, Unreadable, Value, row, sql};

row! {
    /// A column of a table.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub struct Column {
        /// The table it belongs to.
        pub table: String,
        /// Its name.
        pub name: String,
        /// What it holds.
        pub holds: Holds,
        /// Whether it may be empty.
        pub is_nullable: bool,
    }
}

/// What a column holds, as far as both engines tell it apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// Whole numbers, instants, yes or no.
    Whole,
    /// Numbers with a fraction.
    Real,
    /// Texts, days, JSON documents.
    Text,
    /// Bytes and ids.
    Bytes,
    /// What only one engine has, such as a search vector.
    Other(String),
}

impl FromColumn for Holds {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        Ok(match value.text()? {
            "INTEGER" | "smallint" | "integer" | "bigint" | "boolean" => Self::Whole,
            "REAL" | "double precision" => Self::Real,
            "TEXT" | "text" | "json" | "jsonb" => Self::Text,
            "BLOB" | "bytea" | "uuid" => Self::Bytes,
            other => Self::Other(other.to_owned()),
        })
    }
}

impl Db {
    /// The columns of all tables, in the order of their names.
    pub async fn schema(&self) -> DbResult<Vec<Column>> {
        // A column of a primary key is never empty, though SQLite does not call it so.
        let sqlite = sql!(sqlite
            "SELECT tables.name, columns.name, columns.type, columns.\"notnull\" = 0 AND columns.pk = 0
             FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns
             WHERE tables.schema = 'main' AND tables.type = 'table' AND substr(tables.name, 1, 7) <> 'sqlite_'
             ORDER BY 1, 2"
        );
        let postgres = sql!(postgres
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT), is_nullable = 'YES'
             FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
             ORDER BY CAST(table_name AS TEXT) COLLATE \"C\", CAST(column_name AS TEXT) COLLATE \"C\""
        );
        self.read(async move |tx| tx.all(if tx.engine() == Engine::Sqlite { sqlite } else { postgres }, &[]).await).await
    }
}
