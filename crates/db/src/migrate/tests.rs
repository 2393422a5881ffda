use both_engines::both_engines;
use std::borrow::Cow;

use super::Migration;
use crate::DbError;
use crate::testing::TestDatabase;

fn migration(name: &str, text: &'static str) -> Migration {
    Migration { name: name.to_owned(), text: Cow::Borrowed(text) }
}

#[both_engines]
async fn what_was_applied_is_not_applied_again(db: TestDatabase) {
    assert_eq!(db.migrate().await.unwrap(), Vec::<String>::new());
}

#[both_engines]
async fn a_step_that_fails_leaves_nothing_and_is_applied_once_it_is_mended(db: TestDatabase) {
    let good = || migration("9001_good", "CREATE TABLE good (n INTEGER)");
    let broken = migration("9002_mended", "CREATE TABLE mended (n INTEGER); CREATE TABLE nowhere.mended (n INTEGER)");
    let error = db.apply(vec![good(), broken]).await.unwrap_err();
    assert!(matches!(&error, DbError::Migration { name, .. } if name == "9002_mended"), "{error}");
    let tables = || async { db.schema().await.unwrap().into_iter().map(|column| column.table).collect::<Vec<_>>() };
    assert!(tables().await.contains(&"good".to_owned()));
    assert!(!tables().await.contains(&"mended".to_owned()));

    let mended = migration("9002_mended", "CREATE TABLE mended (n INTEGER)");
    assert_eq!(db.apply(vec![good(), mended]).await.unwrap(), ["9002_mended"]);
    assert!(tables().await.contains(&"mended".to_owned()));
}

#[both_engines]
async fn a_step_that_was_changed_after_it_was_applied_is_refused(db: TestDatabase) {
    db.apply(vec![migration("9001_step", "CREATE TABLE step (n INTEGER)")]).await.unwrap();
    let error = db.apply(vec![migration("9001_step", "CREATE TABLE step (n INTEGER, m INTEGER)")]).await.unwrap_err();
    assert!(matches!(&error, DbError::Migration { name, .. } if name == "9001_step"), "{error}");
}

#[both_engines]
async fn of_two_processes_that_start_at_once_one_applies_a_step(db: TestDatabase) {
    let other = crate::Db::open(db.settings(kernel::Clock::system())).await.unwrap();
    let step = || vec![migration("9001_step", "CREATE TABLE step (n INTEGER)")];
    let (one, two) = futures_util::future::join(db.apply(step()), other.apply(step())).await;
    assert_eq!(one.unwrap().len() + two.unwrap().len(), 1);
}
