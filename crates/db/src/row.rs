//! What comes back: rows, their columns, and the types that are made of them.

use kernel::{Day, EmailAddress, FiscalYear, Lang, Timestamp, Uuid};
use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::str::FromStr;
use tokio_postgres::types::{FromSql, Type};

/// Why a column could not become what the program wanted of it.
pub type Unreadable = Box<dyn Error + Send + Sync>;

/// The value of one column, the same for both engines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'r> {
    /// No value.
    Null,
    /// A whole number; on SQLite also yes or no.
    Int(i64),
    /// A number with a fraction, as `rank()` gives.
    Real(f64),
    /// Yes or no.
    Bool(bool),
    /// A text; on SQLite also a JSON document.
    Text(&'r str),
    /// Bytes; on SQLite also an id.
    Bytes(&'r [u8]),
    /// An id.
    Uuid(Uuid),
}

/// A type that a column can become.
///
/// A noun of the portal has one, which runs the noun's own parser, so that a row edited by hand cannot smuggle in nonsense:
/// ```
/// # struct CourseCode;
/// # impl std::str::FromStr for CourseCode {
/// #     type Err = std::fmt::Error;
/// #     fn from_str(_: &str) -> Result<Self, Self::Err> { Ok(Self) }
/// # }
/// impl db::FromColumn for CourseCode {
///     fn from_column(value: db::Value<'_>) -> Result<Self, db::Unreadable> {
///         value.parse()
///     }
/// }
/// ```
pub trait FromColumn: Sized {
    /// Reads the value, or says why it cannot.
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable>;
}

impl Value<'_> {
    /// The text of this column, parsed: the usual body of [`FromColumn::from_column`].
    pub fn parse<T>(self) -> Result<T, Unreadable>
    where
        T: FromStr,
        T::Err: Error + Send + Sync + 'static,
    {
        Ok(self.text()?.parse()?)
    }

    /// The text of this column.
    pub fn text(&self) -> Result<&str, Unreadable> {
        match self {
            Value::Text(text) => Ok(text),
            other => Err(other.is_not("a text")),
        }
    }

    fn is_not(&self, wanted: &str) -> Unreadable {
        // Not what it says: this goes to the log.
        let found = match self {
            Value::Null => "nothing",
            Value::Int(_) => "a whole number",
            Value::Real(_) => "a number with a fraction",
            Value::Bool(_) => "yes or no",
            Value::Text(_) => "a text",
            Value::Bytes(_) => "bytes",
            Value::Uuid(_) => "an id",
        };
        format!("{found} where {wanted} is wanted").into()
    }
}

macro_rules! from_column {
    ($($wanted:ty, $name:literal: $($value:pat => $read:expr),+;)*) => {
        $(impl FromColumn for $wanted {
            fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
                match value {
                    $($value => $read,)+
                    other => Err(other.is_not($name)),
                }
            }
        })*
    };
}

from_column! {
    i64, "a whole number": Value::Int(value) => Ok(value);
    i32, "a whole number": Value::Int(value) => Ok(value.try_into()?);
    i16, "a whole number": Value::Int(value) => Ok(value.try_into()?);
    u32, "a whole number": Value::Int(value) => Ok(value.try_into()?);
    f64, "a number": Value::Real(value) => Ok(value);
    bool, "yes or no": Value::Bool(value) => Ok(value), Value::Int(0) => Ok(false), Value::Int(1) => Ok(true);
    String, "a text": Value::Text(value) => Ok(value.to_owned());
    Vec<u8>, "bytes": Value::Bytes(value) => Ok(value.to_vec());
    [u8; 32], "32 bytes": Value::Bytes(value) => Ok(value.try_into()?);
    Uuid, "an id": Value::Uuid(value) => Ok(value), Value::Bytes(value) => Ok(Uuid::from_slice(value)?);
    Timestamp, "an instant": Value::Int(value) => Ok(Timestamp::from_micros(value));
    Day, "a day": Value::Text(value) => Ok(value.parse()?);
    serde_json::Value, "a JSON document": Value::Text(value) => Ok(serde_json::from_str(value)?);
    Lang, "a language": Value::Text(value) => Ok(value.parse()?);
    FiscalYear, "a fiscal year": Value::Text(value) => Ok(value.parse()?);
    EmailAddress, "a mail address": Value::Text(value) => Ok(value.parse()?);
}

/// A JSON document as what it stands for. One that stands for nothing of that kind cannot be read, and is not taken for an empty one.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromColumn for Json<T> {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        Ok(Self(serde_json::from_str(value.text()?)?))
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    fn from_column(value: Value<'_>) -> Result<Self, Unreadable> {
        match value {
            Value::Null => Ok(None),
            value => T::from_column(value).map(Some),
        }
    }
}

/// One row of an answer, read column by column from the left.
pub struct Row<'r> {
    columns: Columns<'r>,
    next: usize,
}

pub(crate) enum Columns<'r> {
    Sqlite { row: &'r rusqlite::Row<'r>, count: usize },
    Postgres(&'r tokio_postgres::Row),
}

impl<'r> Row<'r> {
    pub(crate) const fn new(columns: Columns<'r>) -> Self {
        Self { columns, next: 0 }
    }

    /// The next column; `name` is said when it cannot be read.
    pub fn next<T: FromColumn>(&mut self, name: &str) -> Result<T, Unreadable> {
        let at = self.next;
        self.next += 1;
        self.value(at).and_then(T::from_column).map_err(|why| format!("column {} ({name}): {why}", at + 1).into())
    }

    /// Refuses a row that has more columns than were read.
    pub(crate) fn is_read_to_its_end(&self) -> Result<(), Unreadable> {
        if self.next == self.count() {
            return Ok(());
        }
        Err(format!("the row has {} columns, {} of them were read", self.count(), self.next).into())
    }

    fn count(&self) -> usize {
        match self.columns {
            Columns::Sqlite { count, .. } => count,
            Columns::Postgres(row) => row.len(),
        }
    }

    /// The value of the column at this place, counted from 0.
    pub(crate) fn value(&self, at: usize) -> Result<Value<'r>, Unreadable> {
        if at >= self.count() {
            return Err(format!("the row has only {} columns", self.count()).into());
        }
        match self.columns {
            Columns::Sqlite { row, .. } => Ok(match row.get_ref(at)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(value) => Value::Int(value),
                ValueRef::Real(value) => Value::Real(value),
                ValueRef::Text(value) => Value::Text(std::str::from_utf8(value)?),
                ValueRef::Blob(value) => Value::Bytes(value),
            }),
            Columns::Postgres(row) => Ok(row.try_get(at)?),
        }
    }
}

impl<'r> FromSql<'r> for Value<'r> {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, Unreadable> {
        Ok(match *ty {
            Type::INT8 => Value::Int(FromSql::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Value::Int(i16::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Value::Real(FromSql::from_sql(ty, raw)?),
            Type::FLOAT4 => Value::Real(f32::from_sql(ty, raw)?.into()),
            Type::BOOL => Value::Bool(FromSql::from_sql(ty, raw)?),
            Type::BYTEA => Value::Bytes(raw),
            Type::UUID => Value::Uuid(FromSql::from_sql(ty, raw)?),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::JSON => Value::Text(std::str::from_utf8(raw)?),
            // The binary form of jsonb is its version, 1, and the text.
            Type::JSONB => Value::Text(std::str::from_utf8(raw.get(1..).unwrap_or_default())?),
            _ => return Err(format!("a column of type {ty} has no counterpart here: CAST it in the statement").into()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Unreadable> {
        Ok(Value::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// A type that a row can become: what [`row!`](crate::row!) makes, a single column, or a tuple of columns.
pub trait FromRow: Sized {
    /// Reads the columns in order.
    fn from_row(row: &mut Row<'_>) -> Result<Self, Unreadable>;
}

impl<T: FromColumn> FromRow for T {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Unreadable> {
        row.next("the only one")
    }
}

macro_rules! from_row_for_tuples {
    ($(($($column:ident),+))*) => {
        $(impl<$($column: FromColumn),+> FromRow for ($($column,)+) {
            fn from_row(row: &mut Row<'_>) -> Result<Self, Unreadable> {
                Ok(($(row.next::<$column>(stringify!($column))?,)+))
            }
        })*
    };
}

from_row_for_tuples! { (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) (A, B, C, D, E, F, G) (A, B, C, D, E, F, G, H) }

/// Declares a struct whose fields are the columns of a query, in their order.
///
/// ```
/// db::row! {
///     /// One line of the list.
///     pub struct Line { id: kernel::Uuid, name: String, left_at: Option<kernel::Timestamp> }
/// }
/// ```
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident : $ty:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* #[doc = concat!("Column `", stringify!($field), "`.")] $field_vis $field: $ty),* }

        impl $crate::FromRow for $name {
            fn from_row(row: &mut $crate::Row<'_>) -> ::core::result::Result<Self, $crate::Unreadable> {
                ::core::result::Result::Ok(Self { $($field: row.next(stringify!($field))?),* })
            }
        }
    };
}

/// Lets a column hold an id: part of what `kernel::id!` makes.
#[macro_export]
macro_rules! stored_as_uuid {
    ($name:ident) => {
        impl ::core::convert::From<$name> for $crate::Arg {
            fn from(id: $name) -> Self {
                Self::Uuid(id.uuid())
            }
        }

        impl $crate::FromColumn for $name {
            fn from_column(value: $crate::Value<'_>) -> ::core::result::Result<Self, $crate::Unreadable> {
                <::kernel::Uuid as $crate::FromColumn>::from_column(value).map(Self::from_uuid)
            }
        }
    };
}
