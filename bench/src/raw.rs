//! The program that SQLite is compared with: the same statements in the same batches on one thread, and nothing else.

use db::Arg;
use kernel::Clock;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use school::trainings::application::{ApplicationId, Wanted};
use std::time::Instant;

use crate::applications::Done;
use crate::ground::Store;
use crate::people::{self, NOW};
use crate::statements::{ADD, CLAIM, KEEP, LIVING, LOCK, MAIL, NEXT_NUMBER, RECOGNIZE, RECORD, SESSION_AT, TAKE_SEAT, Values};
use crate::{Outcome, meter};

/// Lets these people apply, so many with each commit.
pub fn apply(store: &Store, people: std::ops::Range<usize>, batch: usize) -> Outcome<Done> {
    let wanted: Vec<Wanted> = people.map(people::wanted).collect::<Outcome<_>>()?;
    let connection = Connection::open(store.folder().join("mist.sqlite"))?;
    connection.set_prepared_statement_cache_capacity(1024);
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;",
    )?;
    let clock = Clock::starting_at(NOW.parse().map_err(|_| "no moment")?);
    let (cpu, begun) = (meter::own()?, Instant::now());
    for batch in wanted.chunks(batch) {
        let now = clock.now();
        connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        for wanted in batch {
            connection.prepare_cached("SAVEPOINT job")?.execute([])?;
            one(&connection, &Values::of(wanted, now), ApplicationId::new(now))?;
            connection.prepare_cached("RELEASE job")?.execute([])?;
        }
        connection.prepare_cached("COMMIT")?.execute([])?;
    }
    let done = Done {
        applications: wanted.len(),
        took: begun.elapsed(),
        cpu: meter::own()?.saturating_sub(cpu),
        database_cpu: std::time::Duration::ZERO,
    };
    let seats = usize::try_from(store.count("place = 'seat'")?)?;
    if seats == wanted.len() { Ok(done) } else { Err(format!("{seats} of {} have a seat", wanted.len()).into()) }
}

fn one(connection: &Connection, values: &Values, application: ApplicationId) -> Outcome<()> {
    let path = people::session()?;
    run(connection, CLAIM, &values.claim())?;
    let session = first(connection, SESSION_AT, &[path.year.into(), path.audience.slug().into(), path.number.into()])?;
    let session = id(session.ok_or("no such session")?)?;
    let person = id(first(connection, RECOGNIZE, &values.recognize())?.ok_or("no person")?)?;
    first(connection, LOCK, std::slice::from_ref(&session))?.ok_or("no such session")?;
    if first(connection, LIVING, &[session.clone(), person.clone()])?.is_some() {
        return Err("somebody applies twice".into());
    }
    if run(connection, TAKE_SEAT, std::slice::from_ref(&session))? != 1 {
        return Err("no seat is left".into());
    }
    let Some(Value::Integer(number)) = first(connection, NEXT_NUMBER, std::slice::from_ref(&session))? else {
        return Err("no number".into());
    };
    run(connection, ADD, &values.add(application, &session, &person, number))?;
    run(connection, MAIL, &values.mail(application))?;
    run(connection, RECORD, &values.record(application))?;
    run(connection, KEEP, &values.keep(application))?;
    Ok(())
}

fn run(connection: &Connection, sql: &str, args: &[Arg]) -> Outcome<usize> {
    Ok(connection.prepare_cached(sql)?.execute(params_from_iter(args))?)
}

/// The first column of the first row; the others are read like it.
fn first(connection: &Connection, sql: &str, args: &[Arg]) -> Outcome<Option<Value>> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(params_from_iter(args))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    for column in 1..columns {
        row.get::<_, Value>(column)?;
    }
    Ok(Some(row.get(0)?))
}

fn id(value: Value) -> Outcome<Arg> {
    match value {
        Value::Blob(bytes) => Ok(Arg::Bytes(bytes)),
        _ => Err("an id is bytes".into()),
    }
}
