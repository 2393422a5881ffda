//! Every statement of the program, whether a test reaches it or not.

use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{Engine, Stmt, statements};
use regex::Regex;
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// Fewer would mean that they were not linked into this test, which then would promise nothing.
const AT_LEAST: usize = 250;

/// Tables that grow with the people who come.
const GROWING: [&str; 14] = [
    "applications",
    "persons",
    "accounts",
    "sign_ins",
    "memberships",
    "organizations",
    "outbox",
    "audit",
    "idempotency",
    "record_statements",
    "record_index",
    "record_terms",
    "record_names",
    "record_documents",
];

/// Statements of which SQLite says that they read such a table from end to end: how they begin, and why that is right.
const WHOLE: [(&str, &str); 5] = [
    ("INSERT INTO sessions", "foreign keys that are deferred would be looked for, and there are none"),
    ("INSERT INTO places", "foreign keys that are deferred would be looked for, and there are none"),
    ("UPDATE sign_ins SET ended_at = $1 WHERE ended_at IS NULL", "every sign-in ends, once, after a restore"),
    ("UPDATE outbox SET dropped_at = $1, failed_at = NULL", "every mail that waits is dropped, once, after a restore"),
    ("SELECT COUNT(*) FROM memberships m JOIN accounts a", "the number beside the list of all roles, which the portal's own people open"),
];

#[both_engines]
async fn every_statement_is_understood(db: TestDatabase) {
    assert!(statements().count() >= AT_LEAST, "{} statements", statements().count());
    let broken = db.prepare_all().await.unwrap();
    assert!(broken.is_empty(), "{broken:#?}");
}

/// A page must cost the same with a million applications as with a hundred.
#[test]
fn no_statement_reads_a_growing_table_from_end_to_end() {
    let database = Connection::open_in_memory().unwrap();
    database.execute_batch("CREATE TABLE migrations (name, checksum, at)").unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/sqlite");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        database.execute_batch(&fs::read_to_string(file).unwrap()).unwrap();
    }
    let found: Vec<String> = statements()
        .filter(|stmt| stmt.only() != Some(Engine::Postgres) && !stmt.place().contains("/tests/"))
        .filter(|stmt| !WHOLE.iter().any(|(begins, _)| stmt.text().starts_with(begins)))
        .flat_map(|stmt| scanned(&database, stmt).into_iter().map(|table| format!("{}: {table}", stmt.place())))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// The growing tables that SQLite would go through without an index.
fn scanned(database: &Connection, stmt: &Stmt) -> Vec<String> {
    let mut explained =
        database.prepare(&format!("EXPLAIN QUERY PLAN {}", stmt.text())).unwrap_or_else(|error| panic!("{}: {error}", stmt.place()));
    // Without values for the parameters: nothing is run.
    let steps: Vec<String> = explained.raw_query().mapped(|row| row.get(3)).map(Result::unwrap).collect();
    let scan = Regex::new(r"^SCAN (\w+)$").unwrap();
    steps
        .iter()
        .filter_map(|step| Some(scan.captures(step)?[1].to_owned()))
        .map(|name| {
            let named = Regex::new(&format!(r"(\w+) (?:AS )?{name}\b")).unwrap();
            let table = named.captures(stmt.text()).map(|found| found[1].to_owned());
            table.filter(|table| GROWING.contains(&table.as_str())).unwrap_or(name)
        })
        .filter(|table| GROWING.contains(&table.as_str()))
        .collect()
}
