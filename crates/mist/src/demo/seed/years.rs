use db::Lane;
use kernel::{FiscalYear, Timestamp};
use school::trainings::clone;
use school::trainings::import::{ProgrammeFile, import};
use school::trainings::store;
use web::{Portal, data_text};

use super::BY;
use crate::failure::Failure;

/// The programmes that were printed.
const PRINTED: [&str; 2] = ["programmes/r4.toml", "programmes/r5.toml"];

/// The year after whose pattern the others are made.
const PATTERN: &str = "R5";

/// With fewer sessions still to come than this, the next year is shown too.
const FEW: usize = 5;

/// Loads the programmes of 2022 and 2023.
pub(super) async fn load_printed(portal: &Portal) -> Result<(), Failure> {
    for name in PRINTED {
        let file = ProgrammeFile::parse(&data_text(name)).map_err(|error| Failure::said(format!("{name}: {error}")))?;
        let year: FiscalYear = file.fiscal_year.parse().map_err(|error| Failure::said(format!("{name}: {error}")))?;
        if portal.db.read(async move |tx| store::programme(tx, year).await).await?.is_some() {
            continue;
        }
        let load =
            async move |tx: &mut db::Tx<'_>, now| Ok(import(tx, &file, BY, now).await?.map(|_| ()).map_err(|error| error.to_string()));
        portal.db.write(Lane::Staff, None, load).await?.map_err(Failure::Said)?;
    }
    Ok(())
}

/// Makes the programme of the clock's fiscal year, and of the next one when few sessions are left.
pub(crate) async fn prepare(portal: &Portal) -> Result<(), Failure> {
    let now = portal.now();
    let this = FiscalYear::of(now.day());
    ensure(portal, this).await?;
    if to_come(portal, this, now).await? < FEW {
        ensure(portal, this.plus(1)).await?;
    }
    Ok(())
}

/// Sessions of a year that are still to be held.
async fn to_come(portal: &Portal, year: FiscalYear, now: Timestamp) -> Result<usize, Failure> {
    let sessions = portal.db.read(async move |tx| {
        let Some(programme) = store::programme(tx, year).await? else { return Ok(Vec::new()) };
        store::sessions(tx, programme.id).await
    });
    Ok(sessions.await?.iter().filter(|session| session.last_possible_day().is_some_and(|day| day >= now.day())).count())
}

async fn ensure(portal: &Portal, year: FiscalYear) -> Result<(), Failure> {
    if portal.db.read(async move |tx| store::programme(tx, year).await).await?.is_some() {
        return Ok(());
    }
    let pattern = PATTERN.parse().map_err(Failure::said)?;
    let holidays = portal.holidays.clone();
    let now = portal.now();
    let plan = portal.db.read(async move |tx| clone::plan(tx, pattern, year, &holidays, now).await).await?.map_err(Failure::said)?;
    let make = async move |tx: &mut db::Tx<'_>, now| Ok(clone::clone(tx, &plan, BY, now).await?.map_err(|refusal| refusal.to_string()));
    portal.db.write(Lane::Staff, None, make).await?.map_err(Failure::Said)
}
