//! What the audit trail, the outbox and jobs promise, on both engines.
#![expect(clippy::unwrap_used, reason = "a test that meets an error fails")]

mod audit;
mod jobs;
mod office;
mod outbox;
mod sink;

use both_engines::both_engines;
use db::testing::TestDatabase;

#[both_engines]
async fn every_statement_is_understood(db: TestDatabase) {
    let broken = db.prepare_all().await.unwrap();
    assert!(broken.is_empty(), "{broken:#?}");
}
