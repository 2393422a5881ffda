//! The time that writes are given, and the version of the public pages.

use both_engines::both_engines;
use db::{Db, DbError, DbResult, Lane, Queue};
use kernel::{Clock, Span, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::venue::{Venue, key, note};

async fn now(db: &Db) -> Timestamp {
    db.write(Lane::Public, None, async |_, now| Ok(now)).await.unwrap()
}

#[both_engines]
async fn writes_are_given_the_clocks_time(venue: Venue) {
    assert_eq!(now(&venue).await, venue.clock.now());
    venue.clock.advance(Span::hours(1));
    assert_eq!(now(&venue).await, venue.clock.now());
}

#[both_engines]
async fn time_never_runs_backwards(venue: Venue) {
    let before = now(&venue).await;
    venue.clock.advance(Span::hours(-1));
    assert_eq!(now(&venue).await, before);
}

#[both_engines]
async fn time_does_not_run_backwards_over_a_restart_either(venue: Venue) {
    let written = venue.write(Lane::Public, Some(key(1, 1)), async |_, now| Ok(now)).await.unwrap();
    venue.clock.advance(Span::hours(-1));
    assert_eq!(now(&venue.again(|_| {}).await).await, written);
}

#[both_engines]
async fn by_the_machines_clock_time_goes_on(venue: Venue) {
    let db = venue.again(|settings| settings.clock = Clock::system()).await;
    let (first, second) = (now(&db).await, now(&db).await);
    assert!(first <= second);
    assert!(second.since(Clock::system().now()).as_micros().abs() < Span::minutes(1).as_micros());
}

#[both_engines]
async fn the_version_of_public_pages_rises_with_a_commit_and_not_without(venue: Venue) {
    let before = venue.public_version();
    venue.write(Lane::Staff, None, async |tx, _| note(tx, "hidden").await).await.unwrap();
    let failed = venue
        .write(Lane::Staff, None, async |tx, _| -> DbResult<()> {
            tx.public_changed().await?;
            Err(DbError::Full)
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(venue.public_version(), before);

    venue.write(Lane::Staff, None, async |tx, _| tx.public_changed().await).await.unwrap();
    assert_eq!(venue.public_version(), before + 1);
    assert_eq!(venue.again(|_| {}).await.public_version(), before + 1, "another process finds it");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_sees_that_public_pages_have_changed() {
    let venue = Venue::on(db::Engine::Postgres).await;
    let other = venue.again(|_| {}).await;
    venue.write(Lane::Staff, None, async |tx, _| tx.public_changed().await).await.unwrap();
    for _ in 0..100 {
        if other.public_version() == venue.public_version() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the change was not seen within five seconds");
}

#[both_engines]
async fn who_does_what_is_queued_is_woken_by_the_commit_and_by_no_other(venue: Venue) {
    let woken = Arc::new([AtomicUsize::new(0), AtomicUsize::new(0)]);
    for (n, queue) in [Queue::Mail, Queue::Jobs].into_iter().enumerate() {
        let woken = Arc::clone(&woken);
        venue.when_queued(queue, move || {
            woken[n].fetch_add(1, Ordering::SeqCst);
        });
    }
    let counts = || [0, 1].map(|n: usize| woken[n].load(Ordering::SeqCst));
    venue.write(Lane::Staff, None, async |tx, _| note(tx, "nothing is left").await).await.unwrap();
    let undone = venue.write(Lane::Staff, None, async |tx, _| {
        tx.queued(Queue::Mail);
        DbResult::<()>::Err(DbError::Rollback)
    });
    undone.await.unwrap_err();
    let refused = venue.write(Lane::Staff, None, async |tx, _| {
        tx.queued(Queue::Mail);
        tx.refuse(())
    });
    refused.await.unwrap();
    assert_eq!(counts(), [0, 0], "nothing was queued for good");
    let before = Arc::clone(&woken);
    let queued = venue.write(Lane::Staff, None, async move |tx, _| {
        tx.queued(Queue::Mail);
        Ok(before[0].load(Ordering::SeqCst))
    });
    assert_eq!(queued.await.unwrap(), 0, "nobody is woken before the commit");
    assert_eq!(counts(), [1, 0]);
}
