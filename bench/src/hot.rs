//! Durable applications a second for one session on `PostgreSQL`, beside the naive transaction that counts in its row.

use crate::applications::{CLIENTS, apply};
use crate::durable::both;
use crate::ground::Ground;
use crate::report::{Figure, Report, Target};
use crate::{Outcome, naive};

/// Applications of a round, beside those that warm it up.
const APPLICATIONS: usize = 10_000;

/// The naive program needs no more to be known.
const NAIVE: usize = 1_000;

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let server = ground.server()?;
    let cpu = || server.cpu();
    let name = "durable applications for one session, 64 clients waiting";
    let mut figure = Figure::new(name, "PostgreSQL", "/s", Target::AtLeast(5.0)).against("naive transaction");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ground.rounds {
        let done = apply(&ground.postgres("hot")?, 0..CLIENTS + APPLICATIONS, &cpu)?;
        let reference = naive::apply(&ground.postgres("naive")?, 0..NAIVE, &cpu)?;
        figure.round(done.a_second(), reference.a_second());
        ours.push(done);
        theirs.push(reference);
    }
    figure.note(format!("program and clients {}", both(&ours, "database")));
    figure.note(format!("naive {}", both(&theirs, "database")));
    figure.note(format!("PostgreSQL {}, fsync on", server.version));
    report.add(&figure);
    Ok(())
}
