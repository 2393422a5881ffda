use access::Hand;
use db::{Db, DbResult, Lane, Tx};
use gazette::settings::{self, Changed, Field, GROUPS, Wrong};
use kernel::{Clock, Timestamp};
use std::io::Read as _;
use std::path::Path;
use web::{Settings, Words, load_settings};

use super::arguments::Kept;
use crate::config::Config;
use crate::failure::Failure;
use crate::program::{migrated, runtime};

/// How much is read from the standard input: more than any setting holds.
const LARGEST: u64 = 1 << 16;

/// Shows and changes what the staff sets on the page of settings, also before there is a page.
pub(super) fn run(config: &Config, what: Kept, words: Words) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let db = migrated(config, Clock::system()).await?;
        let outcome = match what {
            Kept::List => list(&db, words).await,
            Kept::Get { name } => get(&db, &name, words).await,
            Kept::Set { values } => set(&db, &values, words).await,
            Kept::Unset { names } => unset(&db, &names, words).await,
            Kept::Import { file } => import(&db, &file, words).await,
        };
        db.close().await;
        outcome
    })
}

async fn list(db: &Db, words: Words) -> Result<(), Failure> {
    let in_force = db.read(async |tx| load_settings(tx).await).await?;
    let shipped = Settings::shipped();
    for group in GROUPS {
        println!("{}", words.t(&format!("settings-group-{}", group.id)));
        for field in group.fields {
            let (label, standing) = (field.label(words), words.t(standing(field, &in_force, &shipped)));
            let facts = [("name", field.name), ("label", label.as_str()), ("standing", standing.as_str())];
            println!("  {}", words.with("cli-settings-line", &facts));
            for line in field.current(&in_force).lines() {
                println!("      {line}");
            }
        }
    }
    Ok(())
}

/// Whether somebody has decided what it holds.
fn standing(field: &Field, in_force: &Settings, shipped: &Settings) -> &'static str {
    match (in_force.get(field.name), shipped.get(field.name)) {
        ("", _) => "cli-settings-empty",
        (value, sample) if value == sample => "cli-settings-sample",
        _ => "cli-settings-own",
    }
}

async fn get(db: &Db, name: &str, words: Words) -> Result<(), Failure> {
    let field = known(name, words)?;
    let in_force = db.read(async |tx| load_settings(tx).await).await?;
    println!("{}", field.current(&in_force));
    Ok(())
}

async fn set(db: &Db, values: &[String], words: Words) -> Result<(), Failure> {
    store(db, typed(values, words)?, words).await
}

/// What was typed: names and values in turn. A value `-` is what the standard input says.
fn typed(values: &[String], words: Words) -> Result<Vec<(Field, String)>, Failure> {
    let (pairs, rest) = values.as_chunks::<2>();
    if let [name] = rest {
        return Err(Failure::said(words.one("cli-settings-no-value", "name", name.as_str())));
    }
    if pairs.iter().filter(|[_, value]| value == "-").count() > 1 {
        return Err(Failure::Key("cli-settings-one-input"));
    }
    let mut typed: Vec<(Field, String)> = Vec::with_capacity(pairs.len());
    for [name, value] in pairs {
        let field = known(name, words)?;
        if typed.iter().any(|(earlier, _)| earlier.name == field.name) {
            return Err(Failure::said(words.one("cli-settings-twice", "name", field.name)));
        }
        typed.push((field, if value == "-" { from_input()? } else { value.clone() }));
    }
    Ok(typed)
}

fn from_input() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().take(LARGEST).read_to_string(&mut text)?;
    Ok(text)
}

fn known(name: &str, words: Words) -> Result<Field, Failure> {
    Field::find(name).ok_or_else(|| Failure::said(words.one("cli-settings-unknown", "names", name)))
}

async fn import(db: &Db, file: &Path, words: Words) -> Result<(), Failure> {
    let refused = |why: &dyn std::fmt::Display| Failure::said(format!("{}: {why}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| refused(&error))?;
    let named = Settings::named_in(&text).map_err(|error| refused(&error))?;
    let shipped = Settings::shipped();
    let (mut typed, mut unknown) = (Vec::new(), Vec::new());
    for (name, value) in named {
        match Field::find(&name) {
            Some(field) => typed.push((field, value)),
            // A copy of the sample may stay whole: what only a new build changes says there what it says anyway.
            None if shipped.get(&name) == value => {}
            None => unknown.push(name),
        }
    }
    if !unknown.is_empty() {
        return Err(refused(&words.one("cli-settings-unknown", "names", &unknown.join(", "))));
    }
    store(db, typed, words).await
}

/// Checks all of it and keeps all of it, or nothing.
async fn store(db: &Db, typed: Vec<(Field, String)>, words: Words) -> Result<(), Failure> {
    let write = async move |tx: &mut Tx<'_>, now: Timestamp| -> DbResult<Result<Changed, String>> {
        let in_force = load_settings(tx).await?;
        match settings::check(&typed, &in_force, now.day()) {
            Ok(values) => settings::change(tx, &values, &Hand::portal(), now).await.map(Ok),
            Err(wrong) => Ok(Err(said(&wrong, words))),
        }
    };
    done(db.write(Lane::Staff, None, write).await?, words)
}

async fn unset(db: &Db, names: &[String], words: Words) -> Result<(), Failure> {
    let fields: Vec<Field> = names.iter().map(|name| known(name, words)).collect::<Result<_, _>>()?;
    let write = async move |tx: &mut Tx<'_>, now: Timestamp| -> DbResult<Result<Changed, String>> {
        Ok(settings::unset(tx, &fields, &Hand::portal(), now).await?.map_err(|wrong| said(&wrong, words)))
    };
    done(db.write(Lane::Staff, None, write).await?, words)
}

/// What is wrong, a setting a line.
fn said(wrong: &[Wrong], words: Words) -> String {
    let lines = wrong.iter().map(|one| format!("  {}: {}", one.field.name, one.words(words)));
    std::iter::once(words.t("cli-settings-wrong")).chain(lines).collect::<Vec<_>>().join("\n")
}

fn done(outcome: Result<Changed, String>, words: Words) -> Result<(), Failure> {
    let changed = outcome.map_err(Failure::Said)?;
    match changed.names.as_slice() {
        [] => println!("{}", words.t("cli-settings-same")),
        names => println!("{}", words.one("cli-settings-saved", "names", &names.join(", "))),
    }
    Ok(())
}
