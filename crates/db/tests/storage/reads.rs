//! Reads only look, at one state of the data, and not for ever.

use both_engines::both_engines;
use db::{DbError, Lane, Tx, sql};
use std::time::Duration;

use crate::venue::{Venue, note, take_seat};

#[both_engines]
async fn a_read_cannot_write(venue: Venue) {
    assert!(venue.read(async |tx| take_seat(tx).await).await.is_err());
    assert_eq!(venue.taken().await, 0);
}

#[both_engines]
async fn all_queries_of_a_read_see_one_state(venue: Venue) {
    let (seen, has_seen) = std::sync::mpsc::channel();
    let (written, is_written) = std::sync::mpsc::channel::<()>();
    let count = sql!("SELECT count(*) FROM remarks");
    let db = venue.clone();
    let reading = tokio::spawn(async move {
        db.read(async move |tx| {
            let before: i64 = tx.one(count, &[]).await?;
            seen.send(()).unwrap();
            is_written.recv().unwrap();
            let after: i64 = tx.one(count, &[]).await?;
            Ok((before, after))
        })
        .await
    });
    has_seen.recv().unwrap();
    venue.write(Lane::Public, None, async |tx, _| note(tx, "between").await).await.unwrap();
    written.send(()).unwrap();
    assert_eq!(reading.await.unwrap().unwrap(), (0, 0));
    assert_eq!(venue.notes("between").await, 1);
}

#[both_engines]
async fn a_read_without_end_is_stopped_and_the_next_one_runs(venue: Venue) {
    let db = venue.again(|settings| (settings.readers, settings.read_limit) = (1, Duration::from_millis(100))).await;
    let endless =
        sql!("WITH RECURSIVE numbers (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers) SELECT max(n) FROM numbers");
    let read = db.read(async move |tx| tx.one::<i64>(endless, &[]).await).await;
    assert!(matches!(read, Err(DbError::Late)), "{read:?}");
    assert_eq!(db.read(async |tx| tx.one::<i64>(sql!("SELECT taken FROM halls"), &[]).await).await.unwrap(), 0);
}

#[both_engines]
async fn a_panic_in_a_read_costs_that_read_alone(venue: Venue) {
    let db = venue.again(|settings| settings.readers = 1).await;
    let read = db.read(async |_| -> db::DbResult<i64> { panic!("on purpose") }).await;
    assert!(matches!(read, Err(DbError::Panicked(_))), "{read:?}");
    assert_eq!(db.read(async |tx| tx.one::<i64>(sql!("SELECT taken FROM halls"), &[]).await).await.unwrap(), 0);
}

#[both_engines]
async fn a_glance_sees_what_was_committed_and_cannot_write(venue: Venue) {
    assert!(venue.glance(async |tx| take_seat(tx).await).await.is_err());
    venue.write(Lane::Public, None, async |tx, _| take_seat(tx).await).await.unwrap();
    assert_eq!(venue.glance(async |tx| tx.one::<i64>(sql!("SELECT taken FROM halls"), &[]).await).await.unwrap(), 1);
}

#[both_engines]
async fn a_glance_that_takes_long_goes_on_as_a_read(venue: Venue) {
    let long = sql!(
        "WITH RECURSIVE numbers (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < 3000000)
         SELECT max(n) FROM numbers"
    );
    assert_eq!(venue.glance(async move |tx| tx.one::<i64>(long, &[]).await).await.unwrap(), 3_000_000);
}

#[both_engines]
async fn a_panic_in_a_glance_costs_that_glance_alone(venue: Venue) {
    let glance = venue.glance(async |_| -> db::DbResult<i64> { panic!("on purpose") }).await;
    assert!(matches!(glance, Err(DbError::Panicked(_))), "{glance:?}");
    assert_eq!(venue.glance(async |tx| tx.one::<i64>(sql!("SELECT taken FROM halls"), &[]).await).await.unwrap(), 0);
}

#[both_engines]
async fn an_answer_that_is_kept_is_asked_for_again_once_something_public_changes(venue: Venue) {
    let taken = sql!("SELECT taken FROM halls");
    let look = async || {
        let kept = async move |tx: &mut Tx<'_>| tx.kept("taken".to_owned(), async move |tx| tx.one::<i64>(taken, &[]).await).await;
        venue.read(kept).await.unwrap()
    };
    assert_eq!(look().await, 0);
    venue.write(Lane::Public, None, async |tx, _| take_seat(tx).await).await.unwrap();
    assert_eq!(look().await, 0, "nothing public has changed");
    let in_a_write = async move |tx: &mut Tx<'_>, _| tx.kept("taken".to_owned(), async move |tx| tx.one::<i64>(taken, &[]).await).await;
    assert_eq!(venue.write(Lane::Public, None, in_a_write).await.unwrap(), 1, "what is decided is never decided by what was kept");
    venue.write(Lane::Staff, None, async |tx, _| tx.public_changed().await).await.unwrap();
    assert_eq!(look().await, 1);
}
