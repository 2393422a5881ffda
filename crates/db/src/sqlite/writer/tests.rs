//! What only a broken disk does, brought about by hand.

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::Writer;
use crate::present::Present;
use crate::write::Write;
use crate::{DbResult, Lane, Tx, WriteError, sql};
use kernel::{Clock, Timestamp};
use std::sync::{Arc, mpsc};

/// A writer of a database in memory, which `prepare` has made ill.
fn writer(prepare: impl FnOnce(&mut Connection)) -> Writer {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch("CREATE TABLE jugs (water TEXT NOT NULL) STRICT").unwrap();
    prepare(&mut connection);
    Writer::serve(connection, 100, Arc::new(Present::new(Clock::system()))).unwrap()
}

/// Hands in a job that pours `litres` after it was told to, and gives back where its answer comes.
fn pour(writer: &Writer, litres: usize, told: Option<mpsc::Receiver<()>>) -> oneshot::Receiver<Result<u64, WriteError>> {
    let (reply, answer) = oneshot::channel();
    let work = async move |tx: &mut Tx<'_>, _: Timestamp| -> DbResult<u64> {
        if let Some(told) = &told {
            let _ = told.recv();
        }
        tx.run(sql!(sqlite "INSERT INTO jugs (water) VALUES ($1)"), &["水".repeat(litres * 1000).into()]).await
    };
    writer.submit(Lane::Public, Box::new(Write { key: None, limit: None, work, answer: None, reply })).unwrap();
    answer
}

#[test]
fn of_a_commit_that_fails_nobody_is_told_that_it_succeeded() {
    let writer = writer(|connection| connection.commit_hook(Some(|| true)).unwrap());
    let (tell, told) = mpsc::channel();
    let answers = [pour(&writer, 1, Some(told)), pour(&writer, 1, None), pour(&writer, 1, None)];
    drop(tell);
    for answer in answers {
        assert!(matches!(answer.blocking_recv().unwrap(), Err(WriteError::Unknown)));
    }
}

#[test]
fn what_a_full_disk_has_no_room_for_costs_nobody_else() {
    let writer = writer(|connection| connection.execute_batch("PRAGMA max_page_count = 20").unwrap());
    let (tell, told) = mpsc::channel();
    let (first, too_much, last) = (pour(&writer, 1, Some(told)), pour(&writer, 100, None), pour(&writer, 1, None));
    drop(tell);
    assert_eq!(first.blocking_recv().unwrap().unwrap(), 1);
    assert!(matches!(too_much.blocking_recv().unwrap(), Err(WriteError::Full)));
    assert_eq!(last.blocking_recv().unwrap().unwrap(), 1);
}

#[test]
fn a_verb_that_waits_for_something_else_is_undone_instead_of_holding_everybody() {
    let writer = writer(|_| {});
    let (reply, answer) = oneshot::channel();
    let work = async |_: &mut Tx<'_>, _: Timestamp| -> DbResult<()> { std::future::pending().await };
    writer.submit(Lane::Public, Box::new(Write { key: None, limit: None, work, answer: None, reply })).unwrap();
    assert!(matches!(answer.blocking_recv().unwrap(), Err(WriteError::Storage(crate::DbError::Awaited))));
    assert_eq!(pour(&writer, 1, None).blocking_recv().unwrap().unwrap(), 1);
}
