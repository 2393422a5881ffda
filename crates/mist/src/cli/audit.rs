use journal::audit::{self, Head};
use web::Words;

use super::arguments::Audited;
use crate::config::Config;
use crate::failure::Failure;
use crate::program::{opened, runtime};

/// Reads the whole trail and names the first entry that is not what was written.
pub(super) fn run(config: &Config, what: &Audited, words: Words) -> Result<(), Failure> {
    let Audited::Verify { head } = what;
    let anchor = head.as_deref().map(str::parse::<Head>).transpose().map_err(Failure::said)?;
    runtime()?.block_on(async {
        let db = opened(config, kernel::Clock::system()).await?;
        audit::chain_waiting(&db).await?;
        let outcome = audit::verify(&db, anchor).await?;
        db.close().await;
        match outcome {
            Ok(verified) => {
                println!("{}", words.one("cli-audit-sound", "head", &verified.head));
                Ok(())
            }
            Err(broken) => Err(Failure::said(words.one("cli-audit-broken", "what", &broken))),
        }
    })
}
