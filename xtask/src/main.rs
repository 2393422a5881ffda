//! Chores of the project. `cargo run -p xtask -- tidy` checks what the compiler cannot see.

mod project;
mod rust;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

use project::Project;

fn main() -> ExitCode {
    if std::env::args().skip(1).eq(["tidy"]) {
        return tidy_up();
    }
    eprintln!("cargo run -p xtask -- tidy");
    ExitCode::from(2)
}

fn tidy_up() -> ExitCode {
    let Some(root) = Path::new(env!("CARGO_MANIFEST_DIR")).parent() else { return ExitCode::from(2) };
    let project = match Project::load(root) {
        Ok(project) => project,
        Err(wrong) => {
            eprintln!("the project cannot be read: {wrong}");
            return ExitCode::from(2);
        }
    };
    let findings = tidy::check(&project);
    for finding in &findings {
        println!("{finding}");
    }
    println!("{} files, {} findings", project.len(), findings.len());
    if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
