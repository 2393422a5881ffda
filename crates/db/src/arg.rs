//! What is bound to `$1`, `$2`, …

use bytes::BytesMut;
use kernel::{Day, EmailAddress, FiscalYear, Lang, PersonKey, Timestamp, Uuid};
use rusqlite::types::{ToSqlOutput, ValueRef};
use std::error::Error;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

/// One bound value. Whatever a column can hold turns into it with `.into()`.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// No value.
    Null,
    /// A whole number, or an instant in microseconds.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A text, or a calendar day as `YYYY-MM-DD`.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// An id.
    Uuid(Uuid),
    /// A JSON document, written out.
    Json(String),
}

impl Arg {
    /// What it is, without what it says.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "no value",
            Self::Int(_) => "a whole number",
            Self::Bool(_) => "yes or no",
            Self::Text(_) => "a text",
            Self::Bytes(_) => "bytes",
            Self::Uuid(_) => "an id",
            Self::Json(_) => "a JSON document",
        }
    }
}

impl<T: Into<Arg>> From<Option<T>> for Arg {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Clone + Into<Arg>> From<&T> for Arg {
    fn from(value: &T) -> Self {
        value.clone().into()
    }
}

macro_rules! arg_from {
    ($($from:ty: $value:pat => $arg:expr;)*) => {
        $(impl From<$from> for Arg {
            fn from($value: $from) -> Self {
                $arg
            }
        })*
    };
}

arg_from! {
    i64: value => Self::Int(value);
    i32: value => Self::Int(value.into());
    i16: value => Self::Int(value.into());
    u32: value => Self::Int(value.into());
    bool: value => Self::Bool(value);
    String: value => Self::Text(value);
    &str: value => Self::Text(value.to_owned());
    Vec<u8>: value => Self::Bytes(value);
    &[u8]: value => Self::Bytes(value.to_vec());
    [u8; 32]: value => Self::Bytes(value.to_vec());
    serde_json::Value: value => Self::Json(value.to_string());
    Uuid: value => Self::Uuid(value);
    Timestamp: value => Self::Int(value.as_micros());
    Day: value => Self::Text(value.to_string());
    Lang: value => Self::Text(value.code().to_owned());
    FiscalYear: value => Self::Text(value.to_string());
    EmailAddress: value => Self::Text(value.as_str().to_owned());
    PersonKey: value => Self::Text(value.as_str().to_owned());
}

impl rusqlite::ToSql for Arg {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Bool(value) => ValueRef::Integer((*value).into()),
            Self::Text(value) | Self::Json(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
            Self::Uuid(value) => ValueRef::Blob(value.as_bytes()),
        }))
    }
}

impl ToSql for Arg {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, ty) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(value), &Type::INT8) => value.to_sql(ty, out),
            (Self::Int(value), &Type::INT4) => i32::try_from(*value)?.to_sql(ty, out),
            (Self::Int(value), &Type::INT2) => i16::try_from(*value)?.to_sql(ty, out),
            (Self::Bool(value), &Type::BOOL) => value.to_sql(ty, out),
            (Self::Text(value), &(Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN)) => value.to_sql(ty, out),
            (Self::Bytes(value), &Type::BYTEA) => value.to_sql(ty, out),
            (Self::Uuid(value), &Type::UUID) => value.to_sql(ty, out),
            (Self::Json(value), &(Type::JSON | Type::TEXT)) => value.as_str().to_sql(&Type::TEXT, out),
            (Self::Json(value), &Type::JSONB) => {
                // The binary form of jsonb is its version, 1, and the text.
                out.extend_from_slice(&[1]);
                out.extend_from_slice(value.as_bytes());
                Ok(IsNull::No)
            }
            (arg, ty) => Err(format!("{} cannot be bound to a parameter of type {ty}", arg.kind()).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
