//! Whether it matters how many have applied before: 200,000 against 1,000 in one session.

use std::time::Duration;

use crate::Outcome;
use crate::applications::{CLIENTS, apply};
use crate::durable::middle;
use crate::ground::{Ground, Store};
use crate::pages::each;
use crate::report::{Figure, Report, Target};

const MANY: u32 = 200_000;
const FEW: u32 = 1_000;

/// Applications of a round, beside those that warm it up.
const APPLICATIONS: usize = 400;

/// Pages of the list in a round.
const PAGES: usize = 40;

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let many = filled(ground, "many", MANY)?;
    applying(ground, report, &many)?;
    listing(ground, report, &many)
}

/// When the first of a crowd applied, in seconds: twelve hours before [`crate::people::NOW`], so that nothing of theirs is old enough
/// to be tidied away while something is measured.
const FIRST_AT: u32 = 1_795_273_200;

/// How long they took, in microseconds.
const TOOK: u64 = 11 * 3_600 * 1_000_000;

/// A demo in whose session so many have applied.
pub fn filled(ground: &Ground, name: &str, applications: u32) -> Outcome<Store> {
    let store = ground.sqlite(name)?;
    let session = store.session()?.replace('-', "");
    let between = TOOK / u64::from(applications);
    store.execute(&format!(
        "BEGIN;
         CREATE TEMP TABLE crowd AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {applications})
             SELECT i, unhex(printf('019a0%07x7', i) || substr(hex(randomblob(10)), 1, 3) || 'a' || substr(hex(randomblob(10)), 1, 15)) AS person,
                 unhex(printf('019b0%07x7', i) || substr(hex(randomblob(10)), 1, 3) || 'a' || substr(hex(randomblob(10)), 1, 15)) AS application,
                 {FIRST_AT}000000 + i * {between} AS at FROM n;
         INSERT INTO persons SELECT person, 'early' || i || '@example.jp 見本第' || i, 'early' || i || '@example.jp', '見本', '第' || i,
             'ミホン', 'ダイ', at FROM crowd;
         INSERT INTO applications (id, session, person, number, place, organization_name, organization_kind, prefecture, job, question,
                 lang, search, applied_at)
             SELECT application, x'{session}', person, i, 'seat', '計測用クリニック' || i % 977, 'clinic', printf('%02d', i % 47 + 1), 'nurse',
                 '', 'ja', '見本第' || i || ' ミホンダイ 計測用クリニック early' || i || '@example.jp', at FROM crowd;
         INSERT INTO outbox (id, kind, object_id, lang, facts, priority, created_at, due_at, sent_at)
             SELECT randomblob(16), 'trainings.applied', application, 'ja', '{{}}', 2, at, at, at FROM crowd;
         INSERT INTO audit (id, at, actor, act, object_kind, object_id, result, detail)
             SELECT randomblob(16), at, 'visitor', 'applications.applied', 'application', application, 'done', '{{}}' FROM crowd;
         INSERT INTO idempotency (key, actor, digest, outcome, at)
             SELECT randomblob(16), 'visitor', zeroblob(32), 'null', at FROM crowd;
         UPDATE audit_head SET settled = (SELECT max(seq) FROM audit);
         UPDATE sessions SET taken = {applications}, received = {applications} WHERE id = x'{session}';
         COMMIT;
         ANALYZE;"
    ))?;
    Ok(store)
}

fn applying(ground: &Ground, report: &mut Report, many: &Store) -> Outcome<()> {
    let name = "applying after 200,000 applications, CPU of program and clients";
    let mut figure = Figure::new(name, "SQLite", "µs", Target::AtMost(1.2)).against("after 1,000");
    let (mut walls, mut small) = (Vec::new(), Vec::new());
    let people = |round: usize| round * (CLIENTS + APPLICATIONS)..(round + 1) * (CLIENTS + APPLICATIONS);
    for round in 0..ground.rounds {
        let nothing: &dyn Fn() -> Outcome<Duration> = &|| Ok(Duration::ZERO);
        let ours = apply(many, people(round), nothing)?;
        // Always a fresh one, which would else have grown.
        let theirs = apply(&filled(ground, "few", FEW)?, people(round), nothing)?;
        figure.round(ours.each(ours.cpu), theirs.each(theirs.cpu));
        walls.push(ours.each(ours.took));
        small.push(theirs.each(theirs.took));
    }
    figure.note(format!("by the clock {} µs and {} µs each", middle(&mut walls), middle(&mut small)));
    report.add(&figure);
    Ok(())
}

fn listing(ground: &Ground, report: &mut Report, many: &Store) -> Outcome<()> {
    let few = filled(ground, "few", FEW)?;
    let session = many.session()?;
    let houses = (many.house(&ground.program)?, few.house(&ground.program)?);
    let pages = [
        ("page of the secretariat's list", format!("/staff/sessions/{session}/applicants")),
        ("figures of a session", format!("/staff/sessions/{session}/figures")),
    ];
    for (name, path) in &pages {
        let name = format!("{name} with 200,000 applications, CPU a request");
        let mut figure = Figure::new(&name, "SQLite", "µs", Target::AtMost(1.5)).against("with 1,000");
        for round in 0..=ground.rounds {
            let clients = vec![houses.0.signed_in("secretariat")?, houses.0.signed_in("secretariat")?];
            let ours = each(clients, path, 0, PAGES, &|| houses.0.cpu())?;
            let clients = vec![houses.1.signed_in("secretariat")?, houses.1.signed_in("secretariat")?];
            let theirs = each(clients, path, 0, PAGES, &|| houses.1.cpu())?;
            if round > 0 {
                figure.round(ours, theirs);
            }
        }
        report.add(&figure);
    }
    houses.0.stop()?;
    houses.1.stop()
}
