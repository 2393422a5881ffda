//! SQL texts that know where they stand.

use crate::{Arg, Engine};

/// One SQL statement of the program, made by [`sql!`](crate::sql!).
#[derive(Debug)]
pub struct Stmt {
    text: &'static str,
    only: Option<Engine>,
    file: &'static str,
    line: u32,
}

impl Stmt {
    #[doc(hidden)]
    pub const fn new(text: &'static str, only: Option<Engine>, file: &'static str, line: u32) -> Self {
        Self { text, only, file, line }
    }

    /// The SQL.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The engine it is written for, if not for both.
    pub const fn only(&self) -> Option<Engine> {
        self.only
    }

    /// Where it stands in the program: `crates/…/store.rs:42`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

/// Every statement of the program lands here at link time, so that one test can prepare them all.
#[doc(hidden)]
pub struct Registered(pub &'static Stmt);

inventory::collect!(Registered);

/// Every statement that the running program contains.
pub fn statements() -> impl Iterator<Item = &'static Stmt> {
    inventory::iter::<Registered>.into_iter().map(|registered| registered.0)
}

/// A statement that the database does not take, found by [`Db::prepare_all`](crate::Db::prepare_all).
#[derive(Debug)]
pub struct Broken {
    /// The statement.
    pub stmt: &'static Stmt,
    /// What the engine said.
    pub why: String,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.stmt.place(), self.why)
    }
}

/// Names an SQL text: `sql!("SELECT id, name FROM people WHERE id = $1")` is a `&'static Stmt`.
///
/// Both engines must take the text. One that is written for a single engine says so, `sql!(sqlite "…")` or
/// `sql!(postgres "…")`, and lies in that engine's sibling file.
#[macro_export]
macro_rules! sql {
    (sqlite $text:expr) => {
        $crate::sql!(@ ::core::option::Option::Some($crate::Engine::Sqlite), $text)
    };
    (postgres $text:expr) => {
        $crate::sql!(@ ::core::option::Option::Some($crate::Engine::Postgres), $text)
    };
    (@ $only:expr, $text:expr) => {{
        static STMT: $crate::Stmt = $crate::Stmt::new($text, $only, file!(), line!());
        $crate::reexport::inventory::submit! { $crate::reexport::Registered(&STMT) }
        &STMT
    }};
    ($text:expr) => {
        $crate::sql!(@ ::core::option::Option::None, $text)
    };
}

/// The statement about the rows whose id is one of many, for the engine that answers: `among!(tx, "SELECT id, name FROM people WHERE id")`
/// goes on with the ids, which are its only argument ([`ids`](crate::ids)).
#[macro_export]
macro_rules! among {
    ($tx:expr, $text:literal) => {
        match $tx.engine() {
            $crate::Engine::Sqlite => $crate::sql!(sqlite concat!($text, " IN (SELECT unhex(value, '-') FROM json_each($1))")),
            $crate::Engine::Postgres => {
                $crate::sql!(postgres concat!($text, " IN (SELECT CAST(value AS uuid) FROM jsonb_array_elements_text($1))"))
            }
        }
    };
}

/// Many ids as the argument of [`among!`](crate::among!).
pub fn ids<T: ToString>(ids: impl IntoIterator<Item = T>) -> Arg {
    ids.into_iter().map(|id| id.to_string()).collect::<serde_json::Value>().into()
}
