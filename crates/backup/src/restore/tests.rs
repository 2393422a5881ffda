use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{Db, Lane, sql};
use journal::Entry;
use kernel::Clock;

use super::*;
use crate::sealed::earlier::of_version_1;
use crate::{Kept, Wanted, make};

/// Backups of before there was anybody to vouch are still somebody's only ones.
#[both_engines]
async fn a_backup_of_the_first_version_is_put_back_once_somebody_says_that_it_is_theirs(db: TestDatabase) {
    let (folder, objects) = (tempfile::tempdir().unwrap(), Objects::in_memory());
    let (secret, master) = (Secret::generate(), Master::new(&[7; 32]));
    objects.put_piece("upload/0", Bytes::from_static(b"a piece")).await.unwrap();
    db.write(Lane::Staff, None, async |tx, now| {
        journal::record(tx, &Entry::by("system").did("sample.made").on_the("sample"), now).await.map(|_| ())
    })
    .await
    .unwrap();
    let wanted = Wanted {
        db: &db,
        objects: &objects,
        recipient: secret.recipient(),
        installation: "https://mist.example.jp",
        master: Some(master.clone()),
        folder: folder.path(),
        kept: Kept { count: 3, days: 35 },
    };
    let made = make(wanted, db.now()).await.unwrap();
    let earlier = folder.path().join("earlier");
    fs::write(&earlier, of_version_1(&made.path, &secret)).unwrap();
    let found = crate::verify(&earlier, &secret).unwrap();
    assert_eq!((found.damages.as_slice(), found.origin(Some(&master))), (&[][..], Origin::Unproven));

    let (vacant, store) = (TestDatabase::vacant(db.engine()).await, Objects::in_memory());
    let settings = vacant.settings(Clock::system());
    let place = || Place { database: &settings, objects: &store };
    let refused = restore(&earlier, &secret, place(), Trust::Ours(&master), async |_, _| Ok(())).await.unwrap_err();
    assert!(matches!(refused, NotRestored::Untrusted(Origin::Unproven)), "{refused}");
    assert!(copy::is_empty(&settings).await.unwrap() && store.everything().await.unwrap().is_empty());

    restore(&earlier, &secret, place(), Trust::Elsewhere, async |_, _| Ok(())).await.unwrap();
    let there = Db::open(settings.clone()).await.unwrap();
    let acts: Vec<String> = there.read(async |tx| tx.all(sql!("SELECT act FROM audit ORDER BY seq"), &[]).await).await.unwrap();
    assert_eq!((acts, store.everything().await.unwrap().len()), (vec!["sample.made".to_owned()], 1));
    there.close().await;
}
