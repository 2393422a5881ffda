use db::{Db, Lane};
use gazette::letters;
use intake::{Limits, Table};
use journal::audit::SYSTEM;
use kernel::Clock;
use people::organizations::{self, Outcome};
use school::trainings::import::{Imported as Programme, Kind, ProgrammeFile};
use serde::{Deserialize, Serialize};
use std::path::Path;
use web::Words;

use super::arguments::Imported;
use crate::config::Config;
use crate::failure::Failure;
use crate::program::{migrated, runtime};

/// Every institution of the country, with room to spare.
fn limits() -> Limits {
    Limits { bytes: 256 << 20, rows: 400_000, ..Limits::default() }
}

/// Brings in a file, and says line by line what was wrong with it.
pub(super) fn run(config: &Config, what: &Imported, words: Words) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let db = migrated(config, Clock::system()).await?;
        let outcome = match what {
            Imported::Programme { file } => programme(&db, file, words).await,
            Imported::Organizations { file } => organizations(&db, file, words).await,
            Imported::Notices { file } => notices(&db, file, words).await,
        };
        db.close().await;
        outcome
    })
}

fn bytes_of(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| Failure::said(format!("{}: {error}", file.display())))
}

fn text_of(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| Failure::said(format!("{}: {error}", file.display())))
}

/// What an import says about itself, as it goes through a commit.
#[derive(Serialize, Deserialize)]
struct Report {
    done: String,
    lines: Vec<String>,
}

async fn programme(db: &Db, file: &Path, words: Words) -> Result<(), Failure> {
    let parsed = ProgrammeFile::parse(&text_of(file)?).map_err(|error| Failure::said(format!("{}: {error}", file.display())))?;
    let report = db
        .write(Lane::Staff, None, async move |tx, now| {
            let outcome = school::trainings::import::import(tx, &parsed, SYSTEM, now).await?;
            Ok(outcome.map(|imported| report_of(&imported, words)).map_err(|refusal| refusal.to_string()))
        })
        .await?
        .map_err(Failure::Said)?;
    println!("{}", report.done);
    report.lines.iter().for_each(|line| println!("  {line}"));
    Ok(())
}

fn report_of(imported: &Programme, words: Words) -> Report {
    let facts = [
        ("year", imported.year.label(words.lang)),
        ("courses", imported.courses.to_string()),
        ("sessions", imported.sessions.to_string()),
        ("dated", imported.dated.to_string()),
    ];
    let lines = imported.anomalies.iter().map(|anomaly| {
        let what = match &anomaly.kind {
            Kind::PrintedYear { printed, meant } => {
                words.with("cli-import-printed-year", &[("printed", &printed.to_string()), ("meant", &meant.to_string())])
            }
            Kind::Weekday { printed, real } => words.with("cli-import-weekday", &[("printed", printed), ("real", real)]),
            Kind::FiscalYear { day } => words.one("cli-import-fiscal-year", "day", day),
            Kind::Noted => String::new(),
        };
        format!("{}: {what} {}", anomaly.row, anomaly.noted)
    });
    Report {
        done: words.with("cli-import-programme-done", &facts.each_ref().map(|(name, value)| (*name, value.as_str()))),
        lines: lines.collect(),
    }
}

async fn organizations(db: &Db, file: &Path, words: Words) -> Result<(), Failure> {
    let table = table_of(&bytes_of(file)?, &file.display().to_string())?;
    let lines = organizations::read(&table).map_err(|refusal| Failure::said(format!("{}: {refusal}", file.display())))?;
    let import = organizations::bring_in(db, &lines, false, SYSTEM).await?;
    let counts = [("added", import.added), ("changed", import.changed), ("same", import.same), ("wrong", import.wrong.len())];
    let counts = counts.map(|(name, count)| (name, count.to_string()));
    println!("{}", words.with("cli-import-organizations-done", &counts.each_ref().map(|(name, count)| (*name, count.as_str()))));
    for planned in &import.wrong {
        let Outcome::Wrong(mistakes) = &planned.outcome else { continue };
        let reasons: Vec<String> = mistakes.iter().map(|mistake| format!("{} ({})", mistake.words(words), mistake.found)).collect();
        println!("  {}", words.with("cli-import-wrong-line", &[("line", &planned.line.to_string()), ("columns", &reasons.join(", "))]));
    }
    Ok(())
}

async fn notices(db: &Db, file: &Path, words: Words) -> Result<(), Failure> {
    let text = text_of(file)?;
    let loaded = db
        .write(Lane::Staff, None, async move |tx, now| letters::load_notices(tx, &text, now).await)
        .await?
        .map_err(|refusal| Failure::said(format!("{}: {refusal}", file.display())))?;
    let counts = [("letters", loaded.letters.to_string()), ("documents", loaded.documents.to_string())];
    println!("{}", words.with("cli-import-notices-done", &counts.each_ref().map(|(name, count)| (*name, count.as_str()))));
    Ok(())
}

/// A table, whatever program wrote it: Excel, or text of any Japanese encoding.
pub(crate) fn table_of(bytes: &[u8], name: &str) -> Result<Table, Failure> {
    Table::read(bytes, name, limits()).map_err(|refusal| Failure::said(format!("{name}: {refusal}")))
}
