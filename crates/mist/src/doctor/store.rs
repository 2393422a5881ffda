use db::{DbResult, Engine, Tx, sql};
use kernel::Timestamp;

/// What the server's own clock shows; a file has none.
pub(super) async fn server_time(tx: &mut Tx<'_>) -> DbResult<Option<Timestamp>> {
    if tx.engine() == Engine::Sqlite {
        return Ok(None);
    }
    let ask = sql!(postgres "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)");
    tx.one(ask, &[]).await.map(Some)
}
