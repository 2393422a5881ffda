//! Both engines have the same tables.

#![cfg(test)]

use db::testing::{TestDatabase, run};
use db::{Engine, Holds};

/// Whether both engines must have the column: not a search index, which each makes in its own way.
fn is_common(column: &db::Column) -> bool {
    !matches!(column.holds, Holds::Other(_))
}

#[test]
fn the_migrations_of_both_engines_make_the_same_tables() {
    run(async {
        let mut sqlite = TestDatabase::on(Engine::Sqlite).await.schema().await.unwrap();
        let mut postgres = TestDatabase::on(Engine::Postgres).await.schema().await.unwrap();
        sqlite.retain(is_common);
        postgres.retain(is_common);
        let only = |these: &[db::Column], those: &[db::Column]| {
            these.iter().filter(|column| !those.contains(column)).map(|column| format!("{column:?}")).collect::<Vec<_>>()
        };
        assert_eq!(only(&sqlite, &postgres), Vec::<String>::new(), "only SQLite has these");
        assert_eq!(only(&postgres, &sqlite), Vec::<String>::new(), "only PostgreSQL has these");
    });
}
