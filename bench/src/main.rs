//! What the portal costs, beside what it could cost: ratios within one run, and figures with their misses.

mod applications;
mod certificates;
mod client;
mod crowd;
mod desk;
mod durable;
mod flow;
mod ground;
mod hot;
mod house;
mod idle;
mod learners;
mod lobby;
mod mailing;
mod meter;
mod naive;
mod nginx;
mod pages;
mod people;
mod postgres;
mod raw;
mod records;
mod report;
mod roll;
mod rush;
mod statements;
mod weight;

use std::error::Error;
use std::process::ExitCode;

use ground::Ground;
use report::Report;

/// What goes wrong stops the run; a missed target does not.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// A bench and the name it is asked for by.
type Bench = (&'static str, fn(&Ground, &mut Report) -> Outcome<()>);

/// In the order of the report.
const BENCHES: [Bench; 15] = [
    ("durable", durable::measure),
    ("hot", hot::measure),
    ("pages", pages::measure),
    ("lobby", lobby::measure),
    ("flow", flow::measure),
    ("crowd", crowd::measure),
    ("idle", idle::measure),
    ("rush", rush::measure),
    ("weight", weight::measure),
    ("certificates", certificates::measure),
    ("mailing", mailing::measure),
    ("roll", roll::measure),
    ("desk", desk::measure),
    ("learners", learners::measure),
    ("records", records::measure),
];

/// Rounds of each figure, unless more are asked for.
const ROUNDS: usize = 5;

struct Asked {
    benches: Vec<Bench>,
    rounds: usize,
    write: bool,
}

fn main() -> ExitCode {
    if house::is_program() {
        return mist::run();
    }
    let Some(asked) = asked(std::env::args().skip(1)) else {
        let names: Vec<_> = BENCHES.iter().map(|(name, _)| *name).collect();
        eprintln!("mist-bench all|{} [--rounds N] [--write]", names.join("|"));
        return ExitCode::from(2);
    };
    match run(&asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the bench could not be finished: {error}");
            ExitCode::FAILURE
        }
    }
}

fn asked(arguments: impl Iterator<Item = String>) -> Option<Asked> {
    let mut asked = Asked { benches: Vec::new(), rounds: ROUNDS, write: false };
    let mut arguments = arguments.peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "all" => asked.benches.extend(BENCHES),
            "--write" => asked.write = true,
            "--rounds" => asked.rounds = arguments.next()?.parse().ok()?,
            name => asked.benches.push(*BENCHES.iter().find(|(known, _)| *known == name)?),
        }
    }
    (!asked.benches.is_empty() && asked.rounds > 0).then_some(asked)
}

fn run(asked: &Asked) -> Outcome<()> {
    statements::check()?;
    let ground = Ground::prepare(asked.rounds)?;
    let mut report = Report::begin(&ground);
    for (name, measure) in &asked.benches {
        eprintln!("… {name}");
        measure(&ground, &mut report)?;
    }
    report.print();
    if asked.write { report.write() } else { Ok(()) }
}
