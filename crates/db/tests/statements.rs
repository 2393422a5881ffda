//! Every statement of a program is looked at, even where nothing reaches it.

use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{Stmt, sql};

/// Is never called: it only has to be there.
fn broken() -> &'static Stmt {
    sql!("SELECT name FROM a_table_that_nobody_made")
}

#[both_engines]
async fn a_statement_that_cannot_be_is_found_with_its_place(db: TestDatabase) {
    let found = db.prepare_all().await.unwrap();
    assert_eq!(found.iter().map(|broken| broken.stmt.place()).collect::<Vec<_>>(), [broken().place()]);
    assert!(found[0].to_string().contains("tests/statements.rs:"), "{}", found[0]);
    assert!(found[0].to_string().contains("a_table_that_nobody_made"), "{}", found[0]);
}
