//! A mail by rule to 100,000 people, into a sink: noted down, queued, made and sent, with the work broken off on the way. Then the
//! books are looked at: each once.

use db::{Db, Lane, Settings};
use kernel::{Clock, Span, Timestamp};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::applications::count;
use crate::crowd::filled;
use crate::ground::Ground;
use crate::meter;
use crate::report::{Figure, Report, Target};

const PEOPLE: u32 = 100_000;

/// So often the work is broken off, each time after this long.
const BREAKS: usize = 3;
const WORKED: Duration = Duration::from_secs(1);

pub fn measure(ground: &Ground, report: &mut Report) -> Outcome<()> {
    let store = filled(ground, "mailing", PEOPLE)?;
    let session = format!("x'{}'", store.session()?.replace('-', ""));
    let begins = Timestamp::from_micros(store.number(&format!("SELECT starts_at FROM sessions WHERE id = {session}"))?);
    let morning = Timestamp::in_japan(begins.minus(Span::days(1)).day(), 7, 0);
    let (before, begun) = (meter::own()?, Instant::now());
    tokio::runtime::Runtime::new()?.block_on(run(&store.url(), morning))?;
    let (took, used) = (begun.elapsed(), meter::own()?.saturating_sub(before));
    let rows = |of: &str| store.number(&format!("SELECT count(*) FROM {of}"));
    let all = i64::from(PEOPLE);
    let of_the_day = format!("reminders WHERE session = {session} AND rule = 'day'");
    let noted = rows(&of_the_day)?;
    let sent = rows(&format!("outbox WHERE sent_at IS NOT NULL AND id IN (SELECT mail FROM {of_the_day})"))?;
    let mails = store.number(&format!("SELECT count(DISTINCT mail) FROM {of_the_day}"))?;
    if [noted, sent, mails] != [all; 3] {
        return Err(format!("{noted} noted down, {mails} mails, {sent} sent, of {all}").into());
    }
    let mut figure = Figure::new("mail by rule to 100,000 people, into a sink", "SQLite", "mails/s", Target::None);
    figure.round(f64::from(PEOPLE) / took.as_secs_f64(), 0.0);
    let each = used.as_secs_f64() * 1e6 / count(usize::try_from(PEOPLE)?);
    figure.note(format!("{each:.0} µs of CPU each, sink included; broken off {BREAKS} times, nobody twice"));
    report.add(&figure);
    Ok(())
}

async fn run(url: &str, morning: Timestamp) -> Outcome<()> {
    let clock = Clock::standing_at(morning);
    let db = Db::open(Settings::new(url, clock.clone())).await?;
    db.write(Lane::Staff, None, async |tx, now| school::reminders::look(tx, now).await).await?;
    let (_, _, postman, workshop, sink) = mist::Program::start_for_test(Db::clone(&db), clock.clone()).await;
    workshop.run_due(clock.now()).await?;
    clock.set(morning.plus(Span::minutes(50)));
    for _ in 0..BREAKS {
        // Whatever was held is free again once its lease has ended.
        let _ = tokio::time::timeout(WORKED, workshop.run_due(clock.now())).await;
        clock.advance(Span::minutes(16));
    }
    workshop.run_due(clock.now()).await?;
    for _ in 0..BREAKS {
        let _ = tokio::time::timeout(WORKED, postman.deliver_due(clock.now())).await;
        clock.advance(Span::minutes(25));
        sink.clear();
    }
    postman.deliver_due(clock.now()).await?;
    db.close().await;
    Ok(())
}
