//! What is written comes back, on both engines.

use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{Arg, Lane, sql};
use kernel::{Day, Lang, Timestamp, Uuid};
use serde_json::json;

kernel::id!(ThingId);

db::row! {
    #[derive(Debug, PartialEq)]
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
        nothing: Option<String>,
    }
}

#[both_engines]
async fn every_type_comes_back_as_it_was_written(db: TestDatabase) {
    let instant = Timestamp::from_micros(1_774_969_200_000_001);
    let thing = Thing {
        id: ThingId::from_uuid(Uuid::from_u128(7)),
        number: i64::MAX,
        small: -1,
        truth: true,
        text: "例示 髙子 𠮷".to_owned(),
        bytes: vec![0, 255],
        instant,
        day: instant.day(),
        document: json!({"名": ["a", 1, null]}),
        lang: Lang::En,
        nothing: None,
    };
    let args: Vec<Arg> = vec![
        thing.id.into(),
        thing.number.into(),
        thing.small.into(),
        thing.truth.into(),
        (&thing.text).into(),
        (&thing.bytes).into(),
        thing.instant.into(),
        thing.day.into(),
        (&thing.document).into(),
        thing.lang.into(),
        thing.nothing.as_ref().into(),
    ];
    let back = db
        .write(Lane::Staff, None, async move |tx, _| {
            tx.run(sql!("INSERT INTO things VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"), &args).await
        })
        .await;
    assert_eq!(back.unwrap(), 1);
}
