use kernel::Clock;
use web::Words;

use crate::config::Config;
use crate::failure::Failure;
use crate::program::{opened, runtime};

/// Brings the database's tables up to date.
pub(super) fn run(config: &Config, words: Words) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let db = opened(config, Clock::system()).await?;
        let applied = db.migrate().await?;
        db.close().await;
        for name in &applied {
            println!("{name}");
        }
        println!("{}", words.count("cli-migrated", applied.len()));
        Ok(())
    })
}
