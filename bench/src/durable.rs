//! Durable applications a second on SQLite, beside a program with the same statements and the same batches.

use std::time::Duration;

use crate::applications::{CLIENTS, Done, apply, count};
use crate::ground::Ground;
use crate::report::{Figure, Report, Target};
use crate::{Outcome, raw};

/// Applications of a round, beside those that warm it up.
const APPLICATIONS: usize = 10_000;

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let mut figure = Figure::new("durable applications, 64 clients waiting", "SQLite", "/s", Target::AtLeast(0.5)).against("raw program");
    let (mut ours, mut theirs, mut batches) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ground.rounds {
        let store = ground.sqlite("durable")?;
        let done = apply(&store, 0..CLIENTS + APPLICATIONS, &|| Ok(Duration::ZERO))?;
        // One commit gives all its applications one moment.
        let batch = count(usize::try_from(store.count("1 = 1")?)?) / count(usize::try_from(moments(&store)?)?);
        batches.push(batch);
        let together = (1..=100).min_by(|a, b| (count(*a) - batch).abs().total_cmp(&(count(*b) - batch).abs())).unwrap_or(1);
        let reference = raw::apply(&ground.sqlite("raw")?, 0..APPLICATIONS, together)?;
        figure.round(done.a_second(), reference.a_second());
        ours.push(done.each(done.cpu));
        theirs.push(reference.each(reference.cpu));
    }
    figure.note(format!("program and clients {} µs each, raw program {} µs", middle(&mut ours), middle(&mut theirs)));
    figure.note(format!("{} applications a commit", middle(&mut batches)));
    report.add(&figure);
    Ok(())
}

fn moments(store: &crate::ground::Store) -> Outcome<i64> {
    store.number("SELECT count(DISTINCT applied_at) FROM applications WHERE search LIKE '%person%@example.jp%'")
}

/// The median, in short.
pub fn middle(values: &mut [f64]) -> String {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).map_or_else(String::new, |value| format!("{value:.1}"))
}

/// What both sides of a comparison on `PostgreSQL` used for each application.
pub fn both(done: &[Done], database: &str) -> String {
    let mut own: Vec<f64> = done.iter().map(|done| done.each(done.cpu)).collect();
    let mut server: Vec<f64> = done.iter().map(|done| done.each(done.database_cpu)).collect();
    format!("{} µs and {database} {} µs each", middle(&mut own), middle(&mut server))
}
