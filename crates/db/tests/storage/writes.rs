//! A write happens wholly or not at all, and costs nobody else.

use both_engines::both_engines;
use db::{DbError, DbResult, HotKey, Lane, WriteError, sql};
use futures_util::future::join_all;
use kernel::Uuid;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::venue::{SEATS, Venue, hold, key, note, take_seat, take_seats};

#[both_engines]
async fn a_job_that_fails_or_panics_costs_none_of_those_that_share_its_commit(venue: Venue) {
    let db = venue.again(|settings| settings.writers = 1).await;
    let (release, held) = hold(&db);
    let write = |text: &'static str, end: fn() -> DbResult<()>| {
        let db = db.clone();
        tokio::spawn(async move {
            db.write(Lane::Public, None, async move |tx, _| {
                note(tx, text).await?;
                end()
            })
            .await
        })
    };
    let writes = [
        write("first", || Ok(())),
        write("failed", || Err(DbError::Rollback)),
        write("second", || Ok(())),
        write("panicked", || panic!("on purpose")),
        write("second", || Ok(())),
        write("third", || Ok(())),
    ];
    tokio::time::sleep(Duration::from_millis(50)).await;
    drop(release);
    held.await.unwrap();
    let mut succeeded = Vec::new();
    for write in writes {
        succeeded.push(write.await.unwrap().is_ok());
    }
    assert_eq!(succeeded.iter().filter(|ok| **ok).count(), 3, "{succeeded:?}");
    for (text, times) in [("first", 1), ("failed", 0), ("second", 1), ("panicked", 0), ("third", 1)] {
        assert_eq!(venue.notes(text).await, times, "{text}");
    }
}

#[both_engines]
async fn a_constraint_looked_at_when_committing_costs_only_who_broke_it(venue: Venue) {
    let db = venue.again(|settings| settings.writers = 1).await;
    let (release, held) = hold(&db);
    let write = |text: &'static str, hall: i32| {
        let db = db.clone();
        tokio::spawn(async move {
            let add = sql!("INSERT INTO remarks (text, hall) VALUES ($1, $2)");
            db.write(Lane::Public, Some(key(hall.unsigned_abs().into(), 1)), async move |tx, _| {
                tx.run(add, &[text.into(), hall.into()]).await
            })
            .await
        })
    };
    let (good, bad) = (write("of a hall", 1), write("of none", 2));
    tokio::time::sleep(Duration::from_millis(50)).await;
    drop(release);
    held.await.unwrap();
    assert_eq!(good.await.unwrap().unwrap(), 1);
    let bad = bad.await.unwrap();
    assert!(matches!(bad, Err(WriteError::Storage(_))), "{bad:?}");
    assert_eq!((venue.notes("of a hall").await, venue.notes("of none").await), (1, 0));
    assert_eq!(venue.outcome::<u64>(&key(2, 1)).await.unwrap(), None);
}

#[both_engines]
async fn an_error_that_is_swallowed_commits_nothing(venue: Venue) {
    let answer = venue
        .write(Lane::Public, None, async |tx, _| {
            note(tx, "half").await?;
            Ok(note(tx, "half").await.is_err())
        })
        .await;
    assert!(matches!(answer, Err(WriteError::Storage(DbError::Failed))), "{answer:?}");
    assert_eq!(venue.notes("half").await, 0);
}

#[both_engines]
async fn a_late_write_is_undone(venue: Venue) {
    let db = venue.again(|settings| settings.write_limit = Duration::from_millis(20)).await;
    let answer = db
        .write(Lane::Public, None, async |tx, _| {
            note(tx, "early").await?;
            std::thread::sleep(Duration::from_millis(40));
            note(tx, "late").await
        })
        .await;
    assert!(matches!(answer, Err(WriteError::Storage(DbError::Late))), "{answer:?}");
    assert_eq!((venue.notes("early").await, venue.notes("late").await), (0, 0));
}

#[both_engines]
async fn what_would_wait_too_long_is_turned_away_at_once(venue: Venue) {
    let db = venue.again(|settings| (settings.writers, settings.room) = (1, 2)).await;
    let (release, held) = hold(&db);
    let writes: Vec<_> = (0..5)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move { db.write(Lane::Public, None, async |tx, _| take_seat(tx).await).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let from_another_lane = tokio::spawn({
        let db = db.clone();
        async move { db.write(Lane::Incident, None, async |tx, _| note(tx, "incident").await).await }
    });
    drop(release);
    held.await.unwrap();
    let mut turned_away = 0;
    for write in writes {
        match write.await.unwrap() {
            Ok(taken) => assert!(taken),
            Err(WriteError::Full) => turned_away += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((turned_away, venue.taken().await), (3, 2));
    from_another_lane.await.unwrap().unwrap();
}

#[both_engines]
async fn a_client_that_leaves_cuts_nothing(venue: Venue) {
    let db = venue.again(|settings| settings.writers = 1).await;
    let (release, held) = hold(&db);
    let leaving = db.write(Lane::Public, Some(key(1, 1)), async |tx, _| take_seat(tx).await);
    assert!(tokio::time::timeout(Duration::from_millis(20), leaving).await.is_err());
    drop(release);
    held.await.unwrap();
    db.close().await;
    assert_eq!(venue.outcome(&key(1, 1)).await.unwrap(), Some(true));
}

#[both_engines]
async fn a_closed_database_has_done_what_it_accepted(venue: Venue) {
    let db = venue.again(|_| {}).await;
    let writes: Vec<_> = (0..50)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move { db.write(Lane::Public, None, async |tx, _| take_seat(tx).await).await })
        })
        .collect();
    tokio::task::yield_now().await;
    db.clone().close().await;
    let mut accepted = 0;
    for write in writes {
        match write.await.unwrap() {
            Ok(_) => accepted += 1,
            Err(WriteError::Storage(DbError::Closed)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(venue.taken().await, accepted);
}

#[both_engines]
async fn a_thousand_who_want_a_hundred_seats_get_a_hundred(venue: Venue) {
    let wanting: Vec<_> = (0..1000)
        .map(|_| {
            let db = venue.clone();
            tokio::spawn(async move { db.write(Lane::Public, None, async |tx, _| take_seat(tx).await).await })
        })
        .collect();
    let mut given = 0;
    for one in wanting {
        given += i64::from(one.await.unwrap().unwrap());
    }
    assert_eq!((given, venue.taken().await), (SEATS, SEATS));
}

#[both_engines]
async fn a_crowd_is_served_together_and_each_key_once(venue: Venue) {
    let hot = HotKey::new("halls", Uuid::from_u128(1));
    let wanting: Vec<_> = (0..1000_u128)
        .map(|number| {
            let db = venue.clone();
            // Everybody asks twice.
            let key = key(number / 2, 1);
            tokio::spawn(async move {
                db.gather(Lane::Public, hot, Some(key), number, async |tx, _, inputs| take_seats(tx, inputs.len()).await).await
            })
        })
        .collect();
    let mut given = 0;
    for one in wanting {
        given += i64::from(one.await.unwrap().unwrap());
    }
    assert_eq!((given, venue.taken().await), (2 * SEATS, SEATS), "both requests of one person get the same answer");
}

#[both_engines]
async fn one_of_a_crowd_who_spoils_it_spoils_it_for_nobody_else(venue: Venue) {
    let hot = HotKey::new("remarks", Uuid::from_u128(1));
    let wanting: Vec<_> = (0..20)
        .map(|number| {
            let db = venue.clone();
            let text = if number == 7 { "bad".to_owned() } else { number.to_string() };
            tokio::spawn(async move {
                db.gather(Lane::Public, hot, None, text, async |tx, _, inputs| {
                    for input in &inputs {
                        note(tx, input).await?;
                    }
                    if inputs.iter().any(|input| input == "bad") { Err(DbError::Rollback) } else { Ok(inputs) }
                })
                .await
            })
        })
        .collect();
    let mut served = 0;
    for one in wanting {
        served += i32::from(one.await.unwrap().is_ok());
    }
    assert_eq!((served, venue.notes("bad").await, venue.notes("8").await), (19, 0, 1));
}

#[both_engines]
async fn a_crowd_that_is_served_apart_is_served_in_the_order_of_coming(venue: Venue) {
    let hot = HotKey::new("lines", Uuid::from_u128(1));
    let served = Arc::new(Mutex::new(Vec::new()));
    // In one task, so that they come in their order.
    let wanting = (0..20_u128).map(|number| {
        let (db, served) = (venue.clone(), served.clone());
        async move {
            db.gather(Lane::Public, hot, None, number, async move |_, _, inputs| {
                let [one] = inputs[..] else { return Err(DbError::Rollback) };
                served.lock().unwrap().push(one);
                Ok(inputs)
            })
            .await
        }
    });
    let answers: Vec<u128> = join_all(wanting).await.into_iter().map(Result::unwrap).collect();
    assert!(answers.into_iter().eq(0..20), "each gets the answer to what they asked");
    let served = served.lock().unwrap();
    assert_eq!((served.len(), served.is_sorted()), (20, true), "{served:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_made_anew() {
    let venue = Venue::on(db::Engine::Postgres).await;
    venue.write(Lane::Public, None, async |tx, _| take_seat(tx).await).await.unwrap();
    venue.taken().await;
    let cut = sql!(postgres "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
    let cut = venue.write(Lane::Incident, None, async move |tx, _| tx.one::<i64>(cut, &[]).await).await.unwrap();
    assert!(cut >= 2, "the reader's and the public lane's, not {cut}");
    assert!(venue.write(Lane::Public, None, async |tx, _| take_seat(tx).await).await.unwrap());
    assert_eq!(venue.taken().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_lost_while_committing_leaves_it_unknown() {
    let venue = Venue::on(db::Engine::Postgres).await;
    let setup = [
        sql!(postgres "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"),
        sql!(postgres "CREATE CONSTRAINT TRIGGER cuts AFTER INSERT ON remarks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()"),
    ];
    venue
        .write(Lane::Staff, None, async move |tx, _| {
            for stmt in setup {
                tx.run(stmt, &[]).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let answer = venue.write(Lane::Public, Some(key(1, 1)), async |tx, _| note(tx, "unknown").await).await;
    assert!(matches!(answer, Err(WriteError::Unknown)), "{answer:?}");
    assert_eq!(venue.outcome::<()>(&key(1, 1)).await.unwrap(), None, "the key tells what became of it");
}
