//! A request that comes twice changes things once.

use both_engines::both_engines;
use db::{DbError, DbResult, Key, Lane, WriteError, forget_keys};
use kernel::{Span, Uuid};

use crate::venue::{Venue, key, note, take_seat};

#[both_engines]
async fn a_request_that_comes_again_gets_the_same_answer_and_changes_nothing(venue: Venue) {
    for _ in 0..2 {
        let answer = venue.write(Lane::Public, Some(key(1, 1)), async |tx, _| Ok((take_seat(tx).await?, "受付".to_owned()))).await;
        assert_eq!(answer.unwrap(), (true, "受付".to_owned()));
    }
    assert_eq!(venue.taken().await, 1);
}

#[both_engines]
async fn two_equal_requests_at_once_are_one(venue: Venue) {
    let requests: Vec<_> = (0..8)
        .map(|_| {
            let db = venue.clone();
            tokio::spawn(async move { db.write(Lane::Public, Some(key(1, 1)), async |tx, _| take_seat(tx).await).await })
        })
        .collect();
    for request in requests {
        assert!(request.await.unwrap().unwrap());
    }
    assert_eq!(venue.taken().await, 1);
}

#[both_engines]
async fn a_key_of_another_request_or_another_person_is_refused(venue: Venue) {
    venue.write(Lane::Public, Some(key(1, 1)), async |tx, _| take_seat(tx).await).await.unwrap();
    let other_person = Key::new(Uuid::from_u128(1), "見本 花子", [1; 32]);
    for key in [key(1, 2), other_person] {
        let answer = venue.write(Lane::Public, Some(key.clone()), async |tx, _| take_seat(tx).await).await;
        assert!(matches!(answer, Err(WriteError::KeyReused)), "{answer:?}");
        assert_eq!(venue.outcome::<bool>(&key).await.unwrap(), None, "nor does it learn the answer");
    }
    assert_eq!(venue.taken().await, 1);
}

#[both_engines]
async fn what_failed_may_come_again(venue: Venue) {
    let failed = venue.write(Lane::Public, Some(key(1, 1)), async |_, _| -> DbResult<bool> { Err(DbError::Rollback) }).await;
    assert!(failed.is_err());
    assert_eq!(venue.outcome::<bool>(&key(1, 1)).await.unwrap(), None);
    assert!(venue.write(Lane::Public, Some(key(1, 1)), async |tx, _| take_seat(tx).await).await.unwrap());
    assert_eq!(venue.outcome(&key(1, 1)).await.unwrap(), Some(true));
}

#[both_engines]
async fn a_refusal_undoes_what_was_written_and_is_kept_as_the_answer(venue: Venue) {
    for _ in 0..2 {
        let answer = venue
            .write(Lane::Public, Some(key(1, 1)), async |tx, _| {
                note(tx, "too early").await?;
                tx.refuse(Err::<(), _>("定員".to_owned()))
            })
            .await;
        assert_eq!(answer.unwrap(), Err("定員".to_owned()));
    }
    assert_eq!(venue.notes("too early").await, 0);
    assert_eq!(venue.outcome(&key(1, 1)).await.unwrap(), Some(Err::<(), _>("定員".to_owned())));
}

#[both_engines]
async fn nothing_follows_a_refusal(venue: Venue) {
    let answer = venue
        .write(Lane::Public, None, async |tx, _| {
            tx.refuse(())?;
            note(tx, "after").await
        })
        .await;
    assert!(matches!(answer, Err(WriteError::Storage(DbError::Rollback))), "{answer:?}");
    assert_eq!(venue.notes("after").await, 0);
}

#[both_engines]
async fn old_keys_are_forgotten(venue: Venue) {
    venue.write(Lane::Public, Some(key(1, 1)), async |tx, _| take_seat(tx).await).await.unwrap();
    venue.clock.advance(Span::days(7));
    venue.write(Lane::Public, Some(key(2, 1)), async |tx, _| take_seat(tx).await).await.unwrap();
    let before = venue.clock.now().minus(Span::days(1));
    assert_eq!(venue.write(Lane::Staff, None, async move |tx, _| forget_keys(tx, before).await).await.unwrap(), 1);
    assert_eq!(venue.outcome::<bool>(&key(1, 1)).await.unwrap(), None);
    assert_eq!(venue.outcome(&key(2, 1)).await.unwrap(), Some(true));
}
