use db::{Db, Lane};
use kernel::{FiscalYear, Holidays};
use school::trainings::clone;
use school::trainings::import::{ProgrammeFile, import};

use super::project_file;

/// The programmes as they were printed, and that of R8 cloned from R5.
pub async fn programmes(db: &Db) {
    for name in ["r4", "r5"] {
        let file = ProgrammeFile::parse(&project_file(&format!("data/programmes/{name}.toml"))).expect("a programme file");
        let load =
            async move |tx: &mut db::Tx<'_>, now| Ok(import(tx, &file, "test", now).await?.map(|_| ()).map_err(|error| error.to_string()));
        db.write(Lane::Staff, None, load).await.expect("it can be written").expect("it can be imported");
    }
    let (from, to): (FiscalYear, FiscalYear) = ("R5".parse().expect("a year"), "R8".parse().expect("a year"));
    let make = async move |tx: &mut db::Tx<'_>, now| {
        let plan = clone::plan(tx, from, to, &holidays(), now).await?.expect("there is a pattern");
        clone::clone(tx, &plan, "test", now).await?.expect("there is no programme of that year yet");
        Ok(())
    };
    db.write(Lane::Staff, None, make).await.expect("it can be cloned");
}

fn holidays() -> Holidays {
    let text = project_file("data/holidays.csv");
    Holidays::new(text.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        Some((cells.next()?.parse().ok()?, cells.next()?.to_owned()))
    }))
}
