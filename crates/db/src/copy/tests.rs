use std::collections::VecDeque;
use std::io;

use super::{Giver, NotCopied, Receiver, Table, copy_in, is_empty};
use crate::testing::{TestDatabase, Vacant};
use crate::{Arg, Db, Engine, Lane, Value, sql};
use both_engines::both_engines;
use kernel::Clock;

/// A copy in memory.
#[derive(Default)]
struct Held {
    tables: Vec<(String, VecDeque<Vec<Arg>>)>,
    at: usize,
}

impl Receiver for Held {
    fn table(&mut self, table: &Table) -> io::Result<()> {
        self.tables.push((table.name.clone(), VecDeque::new()));
        Ok(())
    }

    fn row(&mut self, values: &[Value<'_>]) -> io::Result<()> {
        let owned = values.iter().map(|value| match value {
            Value::Null => Arg::Null,
            Value::Int(number) => Arg::Int(*number),
            Value::Bool(yes) => Arg::Int((*yes).into()),
            Value::Text(text) => Arg::Text((*text).to_owned()),
            Value::Bytes(bytes) => Arg::Bytes(bytes.to_vec()),
            Value::Uuid(id) => Arg::Bytes(id.as_bytes().to_vec()),
            Value::Real(_) => panic!("no column holds fractions"),
        });
        self.tables.last_mut().unwrap().1.push_back(owned.collect());
        Ok(())
    }
}

impl Giver for Held {
    fn table(&mut self, name: &str) -> io::Result<()> {
        self.at = self.tables.iter().position(|(known, _)| known == name).unwrap();
        Ok(())
    }

    fn row(&mut self) -> io::Result<Option<Vec<Arg>>> {
        Ok(self.tables[self.at].1.pop_front())
    }
}

async fn fill(db: &Db) {
    db.write(Lane::Staff, None, async |tx, _| {
        for (act, detail) in [("a.b", "{\"z\": 1, \"a\": \"\\\\ \\t\"}"), ("c.d", "{}")] {
            let add = sql!(
                "INSERT INTO audit (id, at, actor, role, act, object_kind, object_id, reason, result, detail)
                 VALUES ($1, 5, 'system', NULL, $2, NULL, NULL, $3, 'done', $4)"
            );
            let reason = "一行目\n二\\行\t目";
            let id = kernel::Uuid::now_v7();
            tx.run(add, &[id.into(), act.into(), reason.into(), Arg::Json(detail.to_owned())]).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

/// What a copy must not change.
async fn told(db: &Db) -> (Vec<(i64, String, String)>, Option<String>, i64) {
    db.read(async |tx| {
        let entries = tx.all(sql!("SELECT seq, act, reason FROM audit ORDER BY seq"), &[]).await?;
        let detail = tx.opt(sql!("SELECT CAST(detail AS TEXT) FROM audit ORDER BY seq LIMIT 1"), &[]).await?;
        Ok((entries, detail, tx.one(sql!("SELECT count(*) FROM migrations"), &[]).await?))
    })
    .await
    .unwrap()
}

async fn copied(db: &Db, to: Engine) -> (Vacant, Db) {
    let (shape, held) = db.copy_out(Held::default()).await.unwrap();
    let (place, clock) = (TestDatabase::vacant(to).await, Clock::system());
    assert!(is_empty(&place.settings(clock.clone())).await.unwrap());
    copy_in(&place.settings(clock.clone()), &shape, held, async |_, _| Ok(())).await.unwrap();
    let copy = Db::open(place.settings(clock)).await.unwrap();
    (place, copy)
}

#[both_engines]
async fn a_copy_is_the_same_in_either_engine(db: TestDatabase) {
    fill(&db).await;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (_place, copy) = copied(&db, engine).await;
        assert_eq!(told(&copy).await, told(&db).await, "into {engine:?}");
        assert_eq!(copy.schema().await.unwrap(), TestDatabase::on(engine).await.schema().await.unwrap());
        assert_eq!(copy.migrate().await.unwrap(), Vec::<String>::new());
        // What counts by itself goes on, and what forbids forbids again.
        fill(&copy).await;
        assert_eq!(told(&copy).await.0.iter().map(|(seq, ..)| *seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
        let edit = copy.write(Lane::Staff, None, async |tx, _| tx.run(sql!("UPDATE audit SET act = 'x'"), &[]).await);
        assert!(edit.await.unwrap_err().to_string().contains("append-only"));
        let orphan = copy.write(Lane::Staff, None, async |tx, _| {
            let id = kernel::Uuid::now_v7();
            tx.run(sql!("INSERT INTO audit_chain (seq, entry, hash) VALUES (9, $1, $2)"), &[id.into(), [0_u8; 32].into()]).await
        });
        assert!(orphan.await.is_err(), "references are looked at again");
        copy.close().await;
    }
}

#[both_engines]
async fn a_copy_that_fails_at_its_end_leaves_nothing(db: TestDatabase) {
    fill(&db).await;
    let (shape, held) = db.copy_out(Held::default()).await.unwrap();
    let place = TestDatabase::vacant(db.engine()).await;
    let settings = place.settings(Clock::system());
    let failed = copy_in(&settings, &shape, held, async |tx, _| {
        tx.run(sql!("INSERT INTO public_version (one, version) VALUES (1, 7)"), &[]).await.map(|_| ())
    });
    assert!(matches!(failed.await, Err(NotCopied::Db(_))));
    assert!(is_empty(&settings).await.unwrap());
}

#[both_engines]
async fn a_place_with_tables_and_a_later_copy_are_refused(db: TestDatabase) {
    let (mut shape, held) = db.copy_out(Held::default()).await.unwrap();
    let there = db.settings(Clock::system());
    assert!(!is_empty(&there).await.unwrap());
    assert!(matches!(copy_in(&there, &shape, held, async |_, _| Ok(())).await, Err(NotCopied::NotEmpty)));
    shape.steps.push(super::Step { name: "9999_later".to_owned(), checksum: [0; 32] });
    assert!(matches!(shape.check(db.engine()), Err(NotCopied::Newer(name)) if name == "9999_later"));
    shape.steps.pop();
    shape.steps[0].checksum = [0; 32];
    assert!(matches!(shape.check(db.engine()), Err(NotCopied::Foreign(_))));
}

#[both_engines]
async fn a_copy_of_an_earlier_version_comes_forward(db: TestDatabase) {
    fill(&db).await;
    let (mut shape, mut held) = db.copy_out(Held::default()).await.unwrap();
    // As it was when there were two migrations.
    shape.steps.truncate(2);
    let first = ["idempotency", "public_version", "audit", "audit_chain", "audit_head", "outbox", "jobs"];
    shape.tables.retain(|table| first.contains(&table.name.as_str()));
    held.tables.retain(|(name, _)| first.contains(&name.as_str()));
    let (place, clock) = (TestDatabase::vacant(db.engine()).await, Clock::system());
    copy_in(&place.settings(clock.clone()), &shape, held, async |_, _| Ok(())).await.unwrap();
    let copy = place.open(clock).await;
    assert_eq!(told(&copy).await, told(&db).await);
    assert_eq!(copy.schema().await.unwrap(), db.schema().await.unwrap());
}
