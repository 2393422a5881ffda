use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{Db, Engine, Lane, Stmt, Tx, sql};
use journal::audit::{self, Broken, Damage, Filter, Head, Outcome, Recorded, SYSTEM};
use journal::{Entry, EntryId, Leaf, record};
use kernel::{Clock, Span, Timestamp, Uuid};
use serde_json::json;

const CASE: Uuid = Uuid::from_u128(7);

/// A trail with one entry for each act.
struct Trail {
    db: TestDatabase,
    clock: Clock,
    engine: Engine,
}

impl Trail {
    async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at("2026-11-22T09:00:00+09:00".parse().unwrap());
        Self { db: TestDatabase::with_clock(engine, clock.clone()).await, clock, engine }
    }

    async fn has(&self, entry: Entry) -> EntryId {
        self.clock.advance(Span::seconds(1));
        self.db.write(Lane::Staff, None, async move |tx, now| record(tx, &entry, now).await).await.unwrap()
    }

    /// Five entries, all chained.
    async fn of_five(&self) -> Vec<EntryId> {
        let mut ids = Vec::new();
        for number in 1..=5 {
            let entry = Entry::by("account:1").did("cases.read").on("case", CASE).because("見直しのため").with(json!({"number": number}));
            ids.push(self.has(entry).await);
        }
        assert_eq!(audit::chain_waiting(&self.db).await.unwrap(), 5);
        ids
    }

    async fn verify(&self, anchor: Option<Head>) -> Result<audit::Verified, Broken> {
        audit::verify(&self.db, anchor).await.unwrap()
    }

    async fn head(&self) -> Head {
        self.db.read(async |tx| audit::head(tx).await).await.unwrap()
    }

    /// What somebody with the database's password could do, past the portal and the triggers.
    async fn is_tampered_with<const N: usize>(&self, harms: [&'static Stmt; N]) {
        match self.engine {
            Engine::Sqlite => {
                let url = self.db.settings(self.clock.clone()).url;
                let raw = rusqlite::Connection::open(url.trim_start_matches("sqlite:")).unwrap();
                raw.execute_batch(
                    "PRAGMA foreign_keys = OFF; DROP TRIGGER audit_is_never_edited; DROP TRIGGER audit_is_never_shortened;
                     DROP TRIGGER audit_chain_is_never_edited; DROP TRIGGER audit_chain_is_never_cut;",
                )
                .unwrap();
                for harm in harms {
                    assert!(raw.execute(harm.text(), []).unwrap() > 0, "the harm was done");
                }
            }
            Engine::Postgres => {
                let harmed = self.db.write(Lane::Staff, None, async move |tx, _| {
                    tx.run(sql!(postgres "ALTER TABLE audit DISABLE TRIGGER ALL"), &[]).await?;
                    tx.run(sql!(postgres "ALTER TABLE audit_chain DISABLE TRIGGER ALL"), &[]).await?;
                    for harm in harms {
                        assert!(tx.run(harm, &[]).await? > 0, "the harm was done");
                    }
                    Ok(())
                });
                harmed.await.unwrap();
            }
        }
    }
}

async fn history(db: &Db, before: Option<i64>) -> Leaf<Recorded, i64> {
    db.read(async move |tx| audit::history_of(tx, "case", CASE, before).await).await.unwrap()
}

#[both_engines]
async fn an_entry_says_who_did_what_to_what_when_and_why(trail: Trail) {
    let id = trail
        .has(
            Entry::by("account:1")
                .acting_as("responder")
                .did("cases.read")
                .on("case", CASE)
                .because("電話での照会")
                .with(json!({"phase": 2}))
                .refused(),
        )
        .await;
    let entries = history(&trail.db, None).await;
    let entry = &entries.rows[0];
    assert_eq!((entry.id, entry.at), (id, trail.clock.now()));
    assert_eq!((entry.actor.as_str(), entry.role.as_deref(), entry.act.as_str()), ("account:1", Some("responder"), "cases.read"));
    assert_eq!((entry.object_kind.as_deref(), entry.object_id), (Some("case"), Some(CASE)));
    assert_eq!((entry.reason.as_deref(), entry.outcome), (Some("電話での照会"), Outcome::Refused));
    assert_eq!(entry.detail, json!({"phase": 2}));
}

#[both_engines]
async fn the_log_is_read_page_by_page_and_sifted(trail: Trail) {
    for number in 0..60 {
        trail.has(Entry::by("account:1").did("cases.read").on("case", CASE).with(json!({"number": number}))).await;
    }
    let middle = trail.clock.now();
    trail.has(Entry::by(SYSTEM).did("settings.changed").on_the("settings")).await;
    trail.has(Entry::by("account:2").did("cases.read").on("case", Uuid::from_u128(8))).await;

    let first = history(&trail.db, None).await;
    assert_eq!((first.rows.len(), &first.rows[0].detail), (50, &json!({"number": 59})));
    let second = history(&trail.db, first.next).await;
    assert_eq!((second.rows.len(), &second.rows[0].detail, second.next), (10, &json!({"number": 9}), None));

    let count = async |filter: Filter| trail.db.read(async move |tx| audit::entries(tx, &filter, None).await).await.unwrap().rows.len();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(count(Filter::default()).await, 50);
    assert_eq!(count(Filter { actor: text("account:2"), ..Filter::default() }).await, 1);
    assert_eq!(count(Filter { act: text("settings.changed"), ..Filter::default() }).await, 1);
    assert_eq!(count(Filter { actor: text(SYSTEM), act: text("cases.read"), ..Filter::default() }).await, 0);
    assert_eq!(count(Filter { object_kind: text("settings"), ..Filter::default() }).await, 1);
    assert_eq!(count(Filter { since: Some(middle.plus(Span::micros(1))), ..Filter::default() }).await, 2);
    assert_eq!(count(Filter { until: Some(middle), act: text("cases.read"), ..Filter::default() }).await, 50);
    assert_eq!(count(Filter { until: Some(Timestamp::from_micros(0)), ..Filter::default() }).await, 0);
}

#[both_engines]
async fn nothing_in_the_trail_can_be_changed(trail: Trail) {
    trail.of_five().await;
    let attempts = [
        sql!("UPDATE audit SET actor = 'account:2'"),
        sql!("DELETE FROM audit WHERE seq = 5"),
        sql!("UPDATE audit_chain SET seq = seq + 10"),
        sql!("DELETE FROM audit_chain"),
    ];
    for attempt in attempts {
        let answer = trail.db.write(Lane::Staff, None, async move |tx: &mut Tx<'_>, _| tx.run(attempt, &[]).await).await;
        assert!(answer.is_err(), "{attempt:?}");
    }
    assert!(trail.verify(None).await.is_ok());
}

#[both_engines]
async fn a_sound_trail_is_found_sound(trail: Trail) {
    assert_eq!(trail.verify(None).await.unwrap().head.seq, 0, "an empty one too");
    trail.of_five().await;
    let head = trail.head().await;
    trail.has(Entry::by(SYSTEM).did("settings.changed").on_the("settings")).await;
    let verified = trail.verify(Some(head)).await.unwrap();
    assert_eq!((verified.head, verified.unchained), (head, 1));

    assert_eq!(audit::chain_waiting(&trail.db).await.unwrap(), 1);
    let verified = trail.verify(Some(head)).await.unwrap();
    assert_eq!((verified.head.seq, verified.unchained), (6, 0));
}

#[both_engines]
async fn more_than_one_step_is_chained_and_verified(trail: Trail) {
    let write = async |tx: &mut Tx<'_>, now| {
        for _ in 0..1200 {
            record(tx, &Entry::by(SYSTEM).did("cases.read").on("case", CASE), now).await?;
        }
        Ok(())
    };
    trail.db.write(Lane::Staff, None, write).await.unwrap();
    assert_eq!(audit::chain_waiting(&trail.db).await.unwrap(), 1200);
    assert_eq!(trail.verify(None).await.unwrap().head.seq, 1200);
}

#[both_engines]
async fn several_processes_make_one_chain(trail: Trail) {
    for number in 0..30 {
        trail.has(Entry::by(SYSTEM).did("cases.read").with(json!({"number": number}))).await;
    }
    let other = Db::open(trail.db.settings(trail.clock.clone())).await.unwrap();
    let (one, two) = tokio::join!(audit::chain_waiting(&trail.db), audit::chain_waiting(&other));
    assert_eq!(one.unwrap() + two.unwrap(), 30);
    assert_eq!(trail.verify(None).await.unwrap().head.seq, 30);
    other.close().await;
}

#[both_engines]
async fn an_edited_entry_is_named(trail: Trail) {
    let ids = trail.of_five().await;
    trail.is_tampered_with([sql!("UPDATE audit SET reason = 'nothing special' WHERE seq = 3")]).await;
    assert_eq!(trail.verify(None).await, Err(Broken { link: Some(3), entry: Some(ids[2]), damage: Damage::Altered }));
}

#[both_engines]
async fn an_emptied_reason_is_not_the_same_as_none(trail: Trail) {
    let ids = trail.of_five().await;
    trail.is_tampered_with([sql!("UPDATE audit SET role = '' WHERE seq = 1")]).await;
    assert_eq!(trail.verify(None).await, Err(Broken { link: Some(1), entry: Some(ids[0]), damage: Damage::Altered }));
}

#[both_engines]
async fn a_deleted_entry_is_named(trail: Trail) {
    let ids = trail.of_five().await;
    trail.is_tampered_with([sql!("DELETE FROM audit WHERE seq = 2")]).await;
    assert_eq!(trail.verify(None).await, Err(Broken { link: Some(2), entry: Some(ids[1]), damage: Damage::EntryMissing }));
}

#[both_engines]
async fn a_deleted_link_is_named(trail: Trail) {
    trail.of_five().await;
    trail.is_tampered_with([sql!("DELETE FROM audit_chain WHERE seq = 4")]).await;
    assert_eq!(trail.verify(None).await, Err(Broken { link: Some(4), entry: None, damage: Damage::LinkMissing }));
}

#[both_engines]
async fn entries_that_changed_places_are_named(trail: Trail) {
    let ids = trail.of_five().await;
    let swap = [
        sql!("UPDATE audit SET seq = 1000 WHERE seq = 2"),
        sql!("UPDATE audit SET seq = 2 WHERE seq = 3"),
        sql!("UPDATE audit SET seq = 3 WHERE seq = 1000"),
    ];
    trail.is_tampered_with(swap).await;
    assert_eq!(trail.verify(None).await, Err(Broken { link: Some(2), entry: Some(ids[1]), damage: Damage::Altered }));
}

#[both_engines]
async fn an_inserted_entry_is_named(trail: Trail) {
    trail.of_five().await;
    // Once some time has passed, no entry can turn up late any more.
    trail.clock.advance(Span::hours(1));
    trail.has(Entry::by(SYSTEM).did("cases.read").on("case", CASE)).await;
    audit::chain_waiting(&trail.db).await.unwrap();
    let forged = EntryId::new(trail.clock.now());
    trail
        .db
        .write(Lane::Staff, None, async move |tx, now| {
            let forge = sql!(
                "INSERT INTO audit (seq, id, at, actor, act, result, detail) VALUES (0, $1, $2, 'account:1', 'cases.closed', 'done', '{}')"
            );
            tx.run(forge, &[forged.into(), now.into()]).await
        })
        .await
        .unwrap();
    audit::chain_waiting(&trail.db).await.unwrap();
    assert_eq!(trail.verify(None).await, Err(Broken { link: None, entry: Some(forged), damage: Damage::Inserted }));
}

#[both_engines]
async fn an_end_that_is_gone_is_seen(trail: Trail) {
    trail.of_five().await;
    trail.is_tampered_with([sql!("DELETE FROM audit_chain WHERE seq > 3")]).await;
    assert_eq!(trail.verify(None).await, Err(Broken { link: Some(4), entry: None, damage: Damage::Truncated }));
}

#[both_engines]
async fn an_end_that_is_gone_without_a_trace_is_seen_by_whoever_wrote_the_head_down(trail: Trail) {
    trail.of_five().await;
    let head = trail.head().await;
    let cut = [
        sql!("DELETE FROM audit_chain WHERE seq > 3"),
        sql!("DELETE FROM audit WHERE seq > 3"),
        sql!("UPDATE audit_head SET seq = 3, settled = 3, hash = (SELECT hash FROM audit_chain WHERE seq = 3)"),
    ];
    trail.is_tampered_with(cut).await;
    assert!(trail.verify(None).await.is_ok(), "sound in itself");
    assert_eq!(trail.verify(Some(head)).await, Err(Broken { link: Some(4), entry: None, damage: Damage::Truncated }));
}

#[both_engines]
async fn a_chain_that_was_made_anew_is_not_the_one_that_was_written_down(trail: Trail) {
    let ids = trail.of_five().await;
    let head = trail.head().await;
    let anew = [
        sql!("UPDATE audit SET actor = 'account:2' WHERE seq = 4"),
        sql!("DELETE FROM audit_chain WHERE seq > 2"),
        sql!("UPDATE audit_head SET seq = 2, settled = 2, hash = (SELECT hash FROM audit_chain WHERE seq = 2)"),
    ];
    trail.is_tampered_with(anew).await;
    audit::chain_waiting(&trail.db).await.unwrap();
    assert!(trail.verify(None).await.is_ok(), "sound in itself");
    assert_eq!(trail.verify(Some(head)).await, Err(Broken { link: Some(5), entry: Some(ids[4]), damage: Damage::Rewritten }));
}
