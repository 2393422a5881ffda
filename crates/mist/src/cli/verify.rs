use backup::{Damage, Found, Master, NotABackup, Origin, Secret};
use std::path::Path;
use web::Words;

use super::arguments::Verify;
use crate::config::Config;
use crate::failure::Failure;
use crate::keys::KeyFile;

/// Reads a backup through and says what of it is damaged, and whether this installation made it.
pub(super) fn run(config: &Config, arguments: &Verify, words: Words) -> Result<(), Failure> {
    let path = &arguments.backup;
    let found = match &arguments.key {
        Some(key) => backup::verify(path, &secret(key, words)?),
        None => backup::look(path),
    };
    let found = found.map_err(|not| unreadable(&not, path, words))?;
    println!("{}", facts(&found, words));
    if !found.damages.is_empty() {
        return Err(Failure::said(format!("{}\n{}", words.t("cli-verify-damaged"), damages(&found.damages, words))));
    }
    println!("{}", words.t(if arguments.key.is_some() { "cli-verify-sound" } else { "cli-verify-whole" }));
    // A backup may be read through by somebody who may not read the master key.
    let master = KeyFile::at(config.master_file()).read().ok().flatten().map(|master| Master::new(&master));
    match found.origin(master.as_ref()) {
        Origin::Other => Err(Failure::said(origin(Origin::Other, words))),
        known => {
            println!("{}", origin(known, words));
            Ok(())
        }
    }
}

/// Where a backup comes from, in words.
pub(super) fn origin(origin: Origin, words: Words) -> String {
    words.t(match origin {
        Origin::Ours => "cli-origin-ours",
        Origin::Other => "cli-origin-other",
        Origin::Unproven => "cli-origin-unproven",
        Origin::Unknown => "cli-origin-unknown",
    })
}

/// The key of this file.
pub(super) fn secret(path: &Path, words: Words) -> Result<Secret, Failure> {
    let file = path.display().to_string();
    match Secret::read(path) {
        Ok(Ok(secret)) => Ok(secret),
        Ok(Err(_)) => Err(Failure::said(words.one("cli-verify-no-key", "file", &file))),
        Err(error) => Err(Failure::said(words.with("cli-verify-key-unreadable", &[("file", &file), ("why", &error.to_string())]))),
    }
}

/// Why the file is no backup that can be read.
pub(super) fn unreadable(not: &NotABackup, path: &Path, words: Words) -> Failure {
    let file = path.display().to_string();
    Failure::said(match not {
        NotABackup::Other => words.one("cli-verify-other", "file", &file),
        NotABackup::Later(_) => words.one("cli-verify-later", "file", &file),
        NotABackup::Beginning => words.one("cli-verify-beginning", "file", &file),
        NotABackup::WrongKey { sealed_to, given } => words.with("cli-verify-wrong-key", &[("sealed", sealed_to), ("given", given)]),
        NotABackup::Io(error) => words.with("cli-verify-unreadable", &[("file", &file), ("why", &error.to_string())]),
    })
}

/// Each damage on a line of its own.
pub(super) fn damages(damages: &[Damage], words: Words) -> String {
    let line = |damage: &Damage| match damage {
        Damage::Cut => words.t("cli-damage-cut"),
        Damage::Changed => words.t("cli-damage-changed"),
        Damage::Manifest => words.t("cli-damage-manifest"),
        Damage::Frame(number) => words.one("cli-damage-frame", "number", &(number + 1)),
        Damage::Part(name) => match name.split_once('/') {
            Some(("table", table)) => words.one("cli-damage-table", "name", table),
            Some((_, file)) => words.one("cli-damage-file", "name", file),
            None => words.t("cli-damage-gap"),
        },
    };
    damages.iter().map(|damage| format!("  {}", line(damage))).collect::<Vec<_>>().join("\n")
}

fn facts(found: &Found, words: Words) -> String {
    let at = found.made_at.rfc3339();
    let Some(manifest) = &found.manifest else {
        return words.with("cli-verify-closed", &[("at", &at), ("sealed", &found.sealed_to)]);
    };
    let (tables, files) = manifest.counts();
    let facts = [
        ("at", at.as_str()),
        ("installation", &manifest.installation),
        ("version", &manifest.version),
        ("schema", manifest.schema()),
        ("tables", &tables.to_string()),
        ("files", &files.to_string()),
    ];
    words.with("cli-verify-open", &facts)
}
