//! An attribute that runs one test on SQLite and on PostgreSQL.
