use db::{Db, Lane};
use journal::audit::SYSTEM;
use kernel::{Clock, FiscalYear, Lang};
use school::trainings::clone::{self, Plan};
use web::Words;

use super::arguments::Cloned;
use crate::config::Config;
use crate::failure::Failure;
use crate::program::{holidays, migrated, runtime};

/// Shows what the programme of another year would be, and makes it if told so.
pub(super) fn run(config: &Config, what: &Cloned, words: Words) -> Result<(), Failure> {
    let Cloned::Clone { from, to, yes } = what;
    runtime()?.block_on(async {
        let db = migrated(config, Clock::system()).await?;
        let outcome = clone_programme(&db, *from, *to, *yes, words).await;
        db.close().await;
        outcome
    })
}

async fn clone_programme(db: &Db, from: FiscalYear, to: FiscalYear, yes: bool, words: Words) -> Result<(), Failure> {
    let (now, holidays) = (Clock::system().now(), holidays()?);
    let plan = db.read(async move |tx| clone::plan(tx, from, to, &holidays, now).await).await?.map_err(Failure::said)?;
    show(&plan, words);
    if !yes {
        println!("{}", words.t("cli-clone-not-yet"));
        return Ok(());
    }
    db.write(Lane::Staff, None, async move |tx, now| {
        Ok(clone::clone(tx, &plan, SYSTEM, now).await?.map_err(|refusal| refusal.to_string()))
    })
    .await?
    .map_err(Failure::Said)?;
    println!("{}", words.one("cli-clone-done", "year", &to));
    Ok(())
}

fn show(plan: &Plan, words: Words) {
    let facts = [("from", plan.from.to_string()), ("to", plan.to.to_string()), ("weeks", plan.weeks.to_string())];
    println!("{}", words.with("cli-clone-plan", &facts.each_ref().map(|(name, value)| (*name, value.as_str()))));
    for planned in &plan.sessions {
        // The plan is read by those who keep the programme: in Japanese, as it will be printed.
        let (was, becomes) = (planned.was.when(Lang::Ja), planned.becomes.when(words.lang));
        let avoided = planned.avoided.as_deref().map(|name| words.one("cli-clone-avoided", "name", name)).unwrap_or_default();
        println!("  {}  {was} → {becomes}{avoided}", planned.was.number);
    }
}
