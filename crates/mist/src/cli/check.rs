use kernel::Clock;
use web::{Words, load_settings};

use crate::config::Config;
use crate::doctor::{self, Verdict};
use crate::failure::Failure;
use crate::program::{opened, runtime};

/// Says what an installation still has to mend before it serves real people.
pub(super) fn doctor(config: &Config, words: Words) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let db = opened(config, Clock::system()).await?;
        db.migrate().await?;
        let outcome = examine(config, &db, words).await;
        db.close().await;
        outcome?;
        println!("{}", words.t("cli-doctor-fine"));
        Ok(())
    })
}

/// Prints every finding; fails if one of them forbids serving.
pub(super) async fn examine(config: &Config, db: &db::Db, words: Words) -> Result<(), Failure> {
    let settings = db.read(async |tx| load_settings(tx).await).await?;
    let now = Clock::system().now();
    for called in gazette::settings::due(&settings, now) {
        tracing::warn!(who = called.who, "nobody has confirmed for half a year that this telephone number is answered");
    }
    let findings = doctor::examine(config, db, &settings, now).await;
    for finding in &findings {
        eprintln!("{}", finding.words(words));
    }
    let is_refused = findings.iter().any(|finding| finding.verdict() == Verdict::Refused);
    if is_refused { Err(Failure::Key("cli-serve-refused")) } else { Ok(()) }
}

/// Prints the description of the API.
pub(super) fn openapi() -> Result<(), Failure> {
    println!("{}", crate::openapi::described().to_pretty_json().map_err(Failure::said)?);
    Ok(())
}
