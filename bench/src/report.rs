//! The figures: median and range of the rounds, the ratio to the reference, and whether the target is met.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::{Ground, Outcome, meter};

/// What is wanted of a figure, or of its ratio where it has a reference.
#[derive(Clone, Copy)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
    /// Only told.
    None,
}

/// One figure.
pub struct Figure {
    pub name: String,
    pub engine: &'static str,
    pub unit: &'static str,
    pub rounds: Vec<f64>,
    /// What it is compared with, measured in turn with it.
    pub reference: Option<(&'static str, Vec<f64>)>,
    pub target: Target,
    /// Processor time for each verified unit, and what else has to be known.
    pub notes: Vec<String>,
}

/// Median, least and most.
struct Spread(f64, f64, f64);

pub struct Report {
    head: String,
    text: String,
    rows: String,
    tables: String,
}

impl Figure {
    pub fn new(name: impl Into<String>, engine: &'static str, unit: &'static str, target: Target) -> Self {
        Self { name: name.into(), engine, unit, rounds: Vec::new(), reference: None, target, notes: Vec::new() }
    }

    pub fn against(mut self, reference: &'static str) -> Self {
        self.reference = Some((reference, Vec::new()));
        self
    }

    /// Adds a round of the figure and, where it has one, of its reference.
    pub fn round(&mut self, value: f64, reference: f64) {
        self.rounds.push(value);
        if let Some((_, rounds)) = &mut self.reference {
            rounds.push(reference);
        }
    }

    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// What the target is about: the ratio of each round, or the figure itself.
    fn judged(&self) -> Spread {
        match &self.reference {
            Some((_, reference)) => {
                let ratios: Vec<f64> = self.rounds.iter().zip(reference).map(|(ours, theirs)| ours / theirs).collect();
                Spread::of(&ratios)
            }
            None => Spread::of(&self.rounds),
        }
    }

    fn verdict(&self) -> String {
        let Spread(value, ..) = self.judged();
        let (sign, target, hit) = match self.target {
            Target::None => return String::new(),
            Target::AtLeast(target) => ("≥", target, value >= target),
            Target::AtMost(target) => ("≤", target, value <= target),
        };
        format!("{sign} {}: {}", number(target), if hit { "hit" } else { "MISS" })
    }
}

impl Spread {
    fn of(values: &[f64]) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let median = match sorted.as_slice() {
            [] => f64::NAN,
            all if all.len() % 2 == 1 => all[middle],
            all => f64::midpoint(all[middle - 1], all[middle]),
        };
        Self(median, sorted.first().copied().unwrap_or(f64::NAN), sorted.last().copied().unwrap_or(f64::NAN))
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({}–{})", number(self.0), number(self.1), number(self.2))
    }
}

/// Three digits that count, and thousands apart.
fn number(value: f64) -> String {
    let text = match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    };
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && digit.is_ascii_digit() {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + &rest
}

impl Report {
    pub fn begin(ground: &Ground) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let build = if cfg!(debug_assertions) { "unoptimized" } else { "release" };
        let head = format!("commit {}, {cores} cores, {build} build, load {:.1} at the start", ground.commit, meter::load());
        println!("{head}\n");
        Self { head, text: String::new(), rows: String::new(), tables: String::new() }
    }

    /// Takes up a figure and prints it at once.
    pub fn add(&mut self, figure: &Figure) {
        let load = format!("load {:.1}", meter::load());
        let Figure { name, engine, unit, rounds, reference, .. } = figure;
        let spread = Spread::of(rounds);
        let notes: Vec<&str> = figure.notes.iter().map(String::as_str).chain([load.as_str()]).collect();
        let mut text = format!("{name} · {engine}\n    {spread} {unit}");
        let mut row = format!("| {name} | {engine} | {spread} {unit} |");
        if let Some((whose, theirs)) = reference {
            let (theirs, ratio) = (Spread::of(theirs), figure.judged());
            let _ = write!(text, ", {whose} {theirs}, ratio {ratio}");
            let _ = write!(row, " {whose} {theirs} | {ratio} |");
        } else {
            row.push_str(" | |");
        }
        let _ = write!(text, "\n    {}\n    {}", figure.verdict(), notes.join("; "));
        let _ = writeln!(row, " {} | {} |", figure.verdict(), notes.join("; "));
        println!("{text}\n");
        self.text.push_str(&text);
        self.text.push_str("\n\n");
        self.rows.push_str(&row);
    }

    /// Takes up a table and prints it at once.
    pub fn table(&mut self, table: &str) {
        println!("{table}");
        self.tables.push_str(table);
        self.tables.push('\n');
    }

    pub fn print(&self) {
        println!("{}\n\n{}{}", self.head, self.text, self.tables);
    }

    /// Writes it down beside the benches.
    pub fn write(&self) -> Outcome<()> {
        let day = kernel::Clock::system().now().day();
        let text = format!(
            "# Figures of {day}\n\n{}. Medians and ranges of the rounds; a target with a reference is about the ratio, whose rounds are \
             measured in turn.\n\n| figure | engine | median (range) | reference | ratio | target | processor time and notes |\n\
             | --- | --- | --- | --- | --- | --- | --- |\n{}\n{}",
            self.head, self.rows, self.tables
        );
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("FIGURES.md"), text.trim_end().to_owned() + "\n")?;
        Ok(())
    }
}
