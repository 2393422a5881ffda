//! What is written comes back.

use both_engines::both_engines;
use db::{Arg, DbError, Lane, sql};
use kernel::{Day, Lang, Timestamp, Uuid};
use serde_json::json;

use crate::venue::Venue;

kernel::id!(
    /// What the row is known by.
    ThingId
);

db::row! {
    #[derive(Clone, Debug, PartialEq)]
    struct Thing {
        id: ThingId,
        number: i64,
        small: i32,
        truth: bool,
        text: String,
        bytes: Vec<u8>,
        instant: Timestamp,
        day: Day,
        document: serde_json::Value,
        lang: Lang,
        absent: Option<String>,
    }
}

impl Thing {
    fn sample() -> Self {
        let instant = Timestamp::from_micros(1_774_969_200_000_001);
        Self {
            id: ThingId::from_uuid(Uuid::from_u128(7)),
            number: i64::MAX,
            small: -1,
            truth: true,
            text: "例示 髙子 𠮷".to_owned(),
            bytes: vec![0, 255],
            instant,
            day: instant.day(),
            document: json!({ "名": ["a", 1, null] }),
            lang: Lang::En,
            absent: None,
        }
    }

    fn args(&self) -> Vec<Arg> {
        let Self { id, number, small, truth, text, bytes, instant, day, document, lang, absent } = self;
        vec![
            id.into(),
            number.into(),
            small.into(),
            truth.into(),
            text.into(),
            bytes.into(),
            instant.into(),
            day.into(),
            document.into(),
            lang.into(),
            absent.as_ref().into(),
        ]
    }
}

#[both_engines]
async fn every_type_comes_back_as_it_was_written(venue: Venue) {
    let args = Thing::sample().args();
    let add = sql!(
        "INSERT INTO oddments (id, number, small, truth, text, bytes, instant, day, document, lang, absent)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let added = venue.write(Lane::Staff, None, async move |tx, _| tx.run(add, &args).await).await;
    assert_eq!(added.unwrap(), 1);

    let find = sql!("SELECT id, number, small, truth, text, bytes, instant, day, document, lang, absent FROM oddments WHERE id = $1");
    let found = venue.read(async move |tx| tx.one::<Thing>(find, &[Thing::sample().id.into()]).await).await;
    assert_eq!(found.unwrap(), Thing::sample());
}

#[both_engines]
async fn values_are_bound_by_their_number_not_by_their_place(venue: Venue) {
    let swapped = sql!("SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)");
    let row = venue.read(async move |tx| tx.one::<(String, String, String)>(swapped, &["one".into(), "two".into()]).await).await;
    assert_eq!(row.unwrap(), ("two".to_owned(), "one".to_owned(), "two".to_owned()));
}

#[both_engines]
async fn a_value_too_many_or_too_few_is_an_error_and_no_guess(venue: Venue) {
    let one = sql!("SELECT CAST($1 AS TEXT)");
    for args in [vec![], vec![Arg::from("a"), Arg::from("b")]] {
        let answer = venue.read(async move |tx| tx.one::<String>(one, &args).await).await;
        assert!(answer.is_err(), "{answer:?}");
    }
}

#[both_engines]
async fn a_row_that_does_not_fit_names_the_statement_and_the_column(venue: Venue) {
    let read = venue.read(async |tx| tx.one::<(i64, Lang)>(sql!("SELECT CAST(1 AS BIGINT), 'fr'"), &[]).await).await;
    let said = read.unwrap_err().to_string();
    assert!(said.contains("columns.rs:") && said.contains("column 2"), "{said}");

    let read = venue.read(async |tx| tx.one::<i64>(sql!("SELECT CAST(1 AS BIGINT), CAST(2 AS BIGINT)"), &[]).await).await;
    assert!(matches!(read, Err(DbError::Unreadable { .. })), "{read:?}");
}

#[both_engines]
async fn of_no_row_opt_makes_none_and_one_an_error(venue: Venue) {
    let find = sql!("SELECT taken FROM halls WHERE id = 2");
    assert_eq!(venue.read(async move |tx| tx.opt::<i64>(find, &[]).await).await.unwrap(), None);
    let one = venue.read(async move |tx| tx.one::<i64>(find, &[]).await).await;
    assert!(matches!(one, Err(DbError::NoRow { .. })), "{one:?}");
}
