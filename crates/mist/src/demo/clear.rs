use db::{Db, DbResult, Engine, Lane, Tx, sql};
use kernel::Clock;
use web::load_settings;

use super::{is_marked, was_empty};
use crate::config::Config;
use crate::failure::Failure;
use crate::program::opened;

/// Deletes the demo's data, so that it begins anew. A database that is not marked as the demo's is left alone.
pub(crate) async fn clear(config: &Config, clock: Clock) -> Result<(), Failure> {
    let db = opened(config, clock).await?;
    let engine = db.engine();
    let outcome = clear_what_is_ours(&db).await;
    db.close().await;
    outcome?;
    if engine == Engine::Sqlite {
        let url = config.database_url()?;
        // The films and materials of the demo go with what knew them.
        if let Ok(objects::Place::Disk(folder)) = config.objects() {
            match std::fs::remove_dir_all(folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        let path = url.reveal().trim_start_matches("sqlite:");
        for suffix in ["", "-wal", "-shm"] {
            match std::fs::remove_file(format!("{path}{suffix}")) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
    }
    Ok(())
}

async fn clear_what_is_ours(db: &Db) -> Result<(), Failure> {
    // A database without any table was nobody's; one with tables of ours says whose it is.
    if !was_empty(&db.migrate().await?) && !marked(db).await? {
        return Err(Failure::Key("cli-demo-not-fresh"));
    }
    if db.engine() == Engine::Postgres {
        db.write(Lane::Staff, None, async |tx, _| drop_all(tx).await).await?;
    }
    Ok(())
}

async fn marked(db: &Db) -> Result<bool, Failure> {
    Ok(is_marked(&db.read(async |tx| load_settings(tx).await).await?))
}

async fn drop_all(tx: &mut Tx<'_>) -> DbResult<()> {
    tx.run(sql!(postgres "DROP SCHEMA public CASCADE"), &[]).await?;
    tx.run(sql!(postgres "CREATE SCHEMA public"), &[]).await?;
    Ok(())
}
