//! The chain of a case and the roots of days, on both engines.

use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{Arg, Lane, sql};
use kernel::{Lang, Timestamp};
use serde_json::json;
use vault::Visit;

use super::*;

fn morning() -> Timestamp {
    "2026-11-22T09:00+09:00".parse().unwrap()
}

fn new() -> (NewCase, vault::SecretKey) {
    NewCase::prepare(Door::Request, Channel::Web, Lang::Ja, &Circle::default(), morning())
}

async fn opened(db: &TestDatabase, new: &NewCase) -> Case {
    let new = new.clone();
    let id = new.id;
    db.write(Lane::Incident, None, async move |tx, now| open_case(tx, &new, now).await.map(|_| ())).await.unwrap();
    db.read(async move |tx| store::case(tx, id).await).await.unwrap().expect("it was just made")
}

async fn say(db: &TestDatabase, case: &Case, words: &'static str) {
    let case = case.clone();
    let entry = Entry::by(REPORTER).did("message.sent").saying(words).with(json!({ "b": 1, "a": [2] }));
    db.write(Lane::Incident, None, async move |tx, now| record(tx, &case, entry.clone(), now).await.map(|_| ())).await.unwrap();
}

async fn is_whole(db: &TestDatabase, case: CaseId) -> Result<(), Broken> {
    db.read(async move |tx| verify(tx, case).await).await.unwrap()
}

#[both_engines]
async fn a_case_brought_in_twice_is_one_case(db: TestDatabase) {
    let (new, _) = new();
    let first = opened(&db, &new).await;
    let second = opened(&db, &new).await;
    assert_eq!((first.id, first.number), (second.id, second.number));
    let count: i64 = db.read(async |tx| tx.one(sql!("SELECT count(*) FROM cases"), &[]).await).await.unwrap();
    assert_eq!(count, 1);
    assert_eq!(is_whole(&db, first.id).await, Ok(()));
}

#[both_engines]
async fn numbers_of_a_year_follow_each_other(db: TestDatabase) {
    let numbers = [opened(&db, &new().0).await.number, opened(&db, &new().0).await.number];
    assert_eq!(numbers.map(|number| number.to_string()[..11].to_owned()), ["2026-000001", "2026-000002"]);
}

#[both_engines]
async fn the_browser_that_reported_finds_its_case_until_the_visit_ends(db: TestDatabase) {
    let (mut new, key) = new();
    let visit = Visit::generate();
    let ends = morning().plus(kernel::Span::hours(2));
    new.admit(&visit, &key, ends);
    opened(&db, &new).await;
    let holder = visit.id();
    let early = db.read(async move |tx| store::visit(tx, holder, morning()).await).await.unwrap().expect("it is in force");
    assert_eq!(early.case, new.id);
    let opened = visit.unwrap(new.id.uuid(), &early.wrap).unwrap();
    assert_eq!(opened.public(), key.public());
    assert!(db.read(async move |tx| store::visit(tx, holder, ends).await).await.unwrap().is_none(), "it has ended");
}

#[both_engines]
async fn the_chain_names_the_first_entry_that_was_touched(db: TestDatabase) {
    let (new, key) = new();
    let case = opened(&db, &new).await;
    for words in ["画面に文が出ています", "線を抜きました", "写真を撮りました"] {
        say(&db, &case, words).await;
    }
    assert_eq!(is_whole(&db, case.id).await, Ok(()));
    let id = case.id;
    let said = db.read(async move |tx| entries(tx, id).await).await.unwrap();
    assert_eq!(said.len(), 4);
    let place = id.place("case_entries", said[2].id.uuid(), "sealed");
    let words = vault::open(&key, &place, said[2].sealed.as_deref().unwrap()).unwrap();
    assert_eq!(std::str::from_utf8(&words).unwrap(), "線を抜きました");

    let touch: [(&'static db::Stmt, Vec<Arg>); 3] = [
        (sql!("UPDATE case_entries SET recorded_at = recorded_at + 1 WHERE case_id = $1 AND seq = 3"), vec![id.into()]),
        (sql!("UPDATE case_entries SET actor = 'system' WHERE case_id = $1 AND seq = 2"), vec![id.into()]),
        (sql!("DELETE FROM case_entries WHERE case_id = $1 AND seq = 1"), vec![id.into()]),
    ];
    for ((stmt, args), seq) in touch.into_iter().zip([3, 2, 1]) {
        db.write(Lane::Staff, None, async move |tx, _| tx.run(stmt, &args).await).await.unwrap();
        assert_eq!(is_whole(&db, id).await, Err(Broken { seq }));
    }
}

#[both_engines]
async fn the_root_of_a_day_covers_every_chain_of_it(db: TestDatabase) {
    let case = opened(&db, &new().0).await;
    say(&db, &case, "線を抜きました").await;
    let tomorrow = db.now().next_midnight();
    db.write(Lane::Staff, None, async move |tx, _| make_roots(tx, tomorrow).await).await.unwrap();
    let root = db.read(async |tx| last_root(tx).await).await.unwrap().expect("the day is over");
    assert_eq!((root.day, root.cases), (db.now().day(), 1));
    let (is_genuine_before, id) = (root.clone(), case.id);
    assert!(db.read(async move |tx| is_genuine(tx, &is_genuine_before).await).await.unwrap());
    let anew = sql!("UPDATE case_entries SET hash = $2 WHERE case_id = $1 AND seq = 2");
    db.write(Lane::Staff, None, async move |tx, _| tx.run(anew, &[id.into(), [7; 32].into()]).await).await.unwrap();
    assert!(!db.read(async move |tx| is_genuine(tx, &root).await).await.unwrap());
}
