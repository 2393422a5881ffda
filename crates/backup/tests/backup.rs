//! Backups of whole databases and stores, put back into either engine.
#![cfg(test)]

use backup::{Damage, Kept, Made, Master, NotMade, NotRestored, Origin, Place, Restored, Secret, Trust, Wanted, last, make, restore};
use both_engines::both_engines;
use db::copy::is_empty;
use db::testing::{TestDatabase, Vacant};
use db::{Db, Engine, Lane, sql};
use futures_util::TryStreamExt as _;
use journal::Entry;
use kernel::{Clock, Span, Timestamp};
use objects::{Bytes, Objects};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const HOME: &str = "https://mist.example.jp";
/// The master key of the installation.
const MASTER: [u8; 32] = [7; 32];

/// An installation with something in it.
struct House {
    db: TestDatabase,
    objects: Objects,
    folder: TempDir,
    secret: Secret,
}

impl House {
    async fn on(engine: Engine) -> Self {
        let (db, objects) = (TestDatabase::on(engine).await, Objects::in_memory());
        fill(&db, "before").await;
        let film: Vec<u8> = (0..200_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
        objects.keep_bytes(film.into()).await.unwrap();
        objects.put_piece("upload/0", Bytes::from_static(b"a piece")).await.unwrap();
        Self { db, objects, folder: tempfile::tempdir().unwrap(), secret: Secret::generate() }
    }

    async fn backed_up(&self, now: Timestamp) -> Result<Made, NotMade> {
        self.backed_up_by(Some(Master::new(&MASTER)), now).await
    }

    async fn backed_up_by(&self, master: Option<Master>, now: Timestamp) -> Result<Made, NotMade> {
        let wanted = Wanted {
            db: &self.db,
            objects: &self.objects,
            recipient: self.secret.recipient(),
            installation: HOME,
            master,
            folder: self.folder.path(),
            kept: Kept { count: 3, days: 35 },
        };
        make(wanted, now).await
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }
}

/// An empty place.
struct Empty {
    place: Vacant,
    objects: Objects,
}

impl Empty {
    async fn on(engine: Engine) -> Self {
        Self { place: TestDatabase::vacant(engine).await, objects: Objects::in_memory() }
    }

    async fn takes(&self, path: &Path, secret: &Secret) -> Result<Restored, NotRestored> {
        self.takes_what(path, secret, Trust::Ours(&Master::new(&MASTER))).await
    }

    async fn takes_what(&self, path: &Path, secret: &Secret, trust: Trust<'_>) -> Result<Restored, NotRestored> {
        let settings = self.place.settings(Clock::system());
        let place = Place { database: &settings, objects: &self.objects };
        restore(path, secret, place, trust, async |tx, now| {
            journal::record(tx, &Entry::by("system").did("backup.restored").on_the("backup"), now).await.map(|_| ())
        })
        .await
    }

    async fn is_empty(&self) -> bool {
        is_empty(&self.place.settings(Clock::system())).await.unwrap() && self.objects.everything().await.unwrap().is_empty()
    }

    async fn open(&self) -> Db {
        Db::open(self.place.settings(Clock::system())).await.unwrap()
    }
}

async fn fill(db: &Db, reason: &'static str) {
    db.write(Lane::Staff, None, async move |tx, now| {
        journal::record(tx, &Entry::by("system").did("sample.made").on_the("sample").because(reason), now).await.map(|_| ())
    })
    .await
    .unwrap();
}

async fn acts(db: &Db) -> Vec<(i64, String, Option<String>)> {
    db.read(async |tx| tx.all(sql!("SELECT seq, act, reason FROM audit ORDER BY seq"), &[]).await).await.unwrap()
}

async fn contents(objects: &Objects) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for lying in objects.everything().await.unwrap() {
        let pieces: Vec<Bytes> = objects.lying(&lying.name).await.unwrap().stream.try_collect().await.unwrap();
        all.insert(lying.name, pieces.concat());
    }
    all
}

#[both_engines]
async fn what_was_backed_up_comes_back_into_either_engine(house: House) {
    journal::audit::chain_waiting(&house.db).await.unwrap();
    let before = acts(&house.db).await;
    let made = house.backed_up(house.db.now()).await.unwrap();
    assert_eq!(made.counts.1, 2);
    fill(&house.db, "after").await;
    let found = backup::verify(&made.path, &house.secret).unwrap();
    assert!(found.damages.is_empty(), "{:?}", found.damages);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let there = Empty::on(engine).await;
        let restored = there.takes(&made.path, &house.secret).await.unwrap();
        assert_eq!(restored.manifest.installation, HOME);
        assert_eq!(restored.manifest.master, Some(Master::new(&MASTER).hash().to_owned()));
        let db = there.open().await;
        let after = acts(&db).await;
        assert_eq!(after[..before.len()], before, "as it was when it was made");
        assert_eq!(after[before.len()..].iter().map(|(_, act, _)| act.as_str()).collect::<Vec<_>>(), ["backup.restored"]);
        assert_eq!(contents(&there.objects).await, contents(&house.objects).await);
        // The chain goes on over the restore.
        journal::audit::chain_waiting(&db).await.unwrap();
        assert!(journal::audit::verify(&db, None).await.unwrap().is_ok());
        db.close().await;
    }
}

#[both_engines]
async fn a_backup_stands_in_the_audit_trail(house: House) {
    let known = async || house.db.read(async |tx| last(tx).await).await.unwrap();
    assert_eq!(known().await, None);
    let made = house.backed_up(house.db.now()).await.unwrap();
    let entry = known().await.unwrap();
    assert_eq!((entry.bytes, entry.file), (made.bytes, made.path.file_name().unwrap().to_string_lossy().into_owned()));
    assert_eq!(fs::metadata(&made.path).unwrap().len(), made.bytes);
}

#[both_engines]
async fn a_place_that_is_not_empty_is_refused_and_left_alone(house: House) {
    let made = house.backed_up(house.db.now()).await.unwrap();
    let there = Empty::on(house.db.engine()).await;
    let file = there.objects.keep_bytes(Bytes::from_static(b"somebody else's")).await.unwrap();
    assert!(matches!(there.takes(&made.path, &house.secret).await, Err(NotRestored::Files)));
    assert_eq!(contents(&there.objects).await.len(), 1);
    there.objects.remove(file.hash).await.unwrap();
    assert!(there.is_empty().await);

    there.takes(&made.path, &house.secret).await.unwrap();
    let db = there.open().await;
    let (rows, files) = (acts(&db).await, contents(&there.objects).await);
    assert!(matches!(there.takes(&made.path, &house.secret).await, Err(NotRestored::Database)));
    assert_eq!((acts(&db).await, contents(&there.objects).await), (rows, files));
    db.close().await;
}

#[both_engines]
async fn a_damaged_backup_and_another_key_leave_nothing(house: House) {
    let made = house.backed_up(house.db.now()).await.unwrap();
    let there = Empty::on(house.db.engine()).await;
    let refused = there.takes(&made.path, &Secret::generate()).await.unwrap_err();
    assert!(matches!(refused, NotRestored::Unreadable(backup::NotABackup::WrongKey { .. })), "{refused}");
    let whole = fs::read(&made.path).unwrap();
    let damaged = house.folder.path().join("damaged");
    for at in [whole.len() / 3, whole.len() / 2, whole.len() - 20] {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        fs::write(&damaged, &bytes).unwrap();
        let refused = there.takes(&damaged, &house.secret).await.unwrap_err();
        assert!(matches!(&refused, NotRestored::Damaged(damages) if !damages.is_empty()), "{refused}");
        assert!(there.is_empty().await, "byte {at}");
    }
    fs::write(&damaged, &whole[..whole.len() - 1]).unwrap();
    let refused = there.takes(&damaged, &house.secret).await.unwrap_err();
    assert!(matches!(&refused, NotRestored::Damaged(damages) if damages.contains(&Damage::Cut)), "{refused}");
    assert!(there.is_empty().await);
}

/// Whoever can write where backups lie knows to whom they are sealed, and can seal one with an operator of their own in it.
#[both_engines]
async fn a_backup_that_somebody_else_made_is_put_back_only_if_a_person_says_so(house: House) {
    let there = Empty::on(house.db.engine()).await;
    let mut now = house.db.now();
    for (master, origin) in [(None, Origin::Unproven), (Some(Master::new(&[8; 32])), Origin::Other)] {
        now = now.plus(Span::seconds(1));
        let made = house.backed_up_by(master, now).await.unwrap();
        let refused = there.takes(&made.path, &house.secret).await.unwrap_err();
        assert!(matches!(refused, NotRestored::Untrusted(found) if found == origin), "{refused:?}");
        assert!(there.is_empty().await);
        let elsewhere = Empty::on(house.db.engine()).await;
        elsewhere.takes_what(&made.path, &house.secret, Trust::Elsewhere).await.unwrap();
        assert!(!elsewhere.is_empty().await);
    }
}

#[both_engines]
async fn a_restore_that_fails_at_its_end_leaves_nothing(house: House) {
    let made = house.backed_up(house.db.now()).await.unwrap();
    let there = Empty::on(house.db.engine()).await;
    let settings = there.place.settings(Clock::system());
    let place = Place { database: &settings, objects: &there.objects };
    let failed = restore(&made.path, &house.secret, place, Trust::Elsewhere, async |tx, _| {
        tx.run(sql!("INSERT INTO public_version (one, version) VALUES (1, 1)"), &[]).await.map(|_| ())
    });
    assert!(matches!(failed.await, Err(NotRestored::Db(_))));
    assert!(there.is_empty().await);
    // Files of a try that was killed are no other installation's.
    there.objects.put_piece("upload/0", Bytes::from_static(b"a piece")).await.unwrap();
    there.takes(&made.path, &house.secret).await.unwrap();
}

#[both_engines]
async fn the_newest_stay_and_none_stays_longer_than_backups_may_remember(house: House) {
    let start = house.db.now();
    let foreign = house.folder.path().join("mist-other.example.jp-20260101-000000.backup");
    fs::write(&foreign, b"somebody else's").unwrap();
    for day in 0..5 {
        house.backed_up(start.plus(Span::days(day))).await.unwrap();
    }
    let kept = house.names();
    assert_eq!(kept.len(), 3 + 1, "{kept:?}");
    assert!(matches!(house.backed_up(start.plus(Span::days(4))).await, Err(NotMade::Taken)));
    assert_eq!(house.names(), kept);
    let made = house.backed_up(start.plus(Span::days(39))).await.unwrap();
    assert_eq!(made.removed.len(), 2, "one makes room, and one is too old");
    house.backed_up(start.plus(Span::days(99))).await.unwrap();
    assert_eq!(house.names().len(), 1 + 1, "the newest stays");
    assert!(foreign.exists());
}

#[both_engines]
async fn a_backup_that_fails_leaves_nothing(house: House) {
    house
        .db
        .write(Lane::Staff, None, async |tx, _| {
            tx.run(sql!("CREATE TABLE measured (height DOUBLE PRECISION)"), &[]).await?;
            tx.run(sql!("INSERT INTO measured (height) VALUES (0.5)"), &[]).await
        })
        .await
        .unwrap();
    let outcome = house.backed_up(house.db.now()).await;
    assert!(matches!(outcome, Err(NotMade::Rows(db::copy::NotCopied::Io(_)))), "a backup holds no fractions: {outcome:?}");
    assert_eq!(house.names(), Vec::<String>::new());
}
