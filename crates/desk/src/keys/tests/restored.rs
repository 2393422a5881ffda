//! Cases after a backup was put back on an empty machine: they open by the same three ways as before, and a backup tells no more of
//! them than the database does.

use access::Role;
use backup::{Kept, Place, Secret, Trust, Wanted};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use both_engines::both_engines;
use db::copy::{Receiver, Table};
use db::{Db, Engine, Value, sql};
use futures_util::TryStreamExt as _;
use kernel::Span;
use objects::{Bytes, Objects};
use std::io;
use std::path::PathBuf;
use tempfile::TempDir;
use vault::shares;

use super::{Group, Person, begins, glazed, opens, reaches, with_key, write};
use crate::cases::{self, Case, CaseId, WrapKind};
use crate::keys::{GlassId, delete_again, delete_case};
use crate::testing::{Browser, Reported, Site};

/// Words that an institution said, and that nobody may read.
const CANARIES: [&str; 4] = ["電子カルテが暗号化された金糸雀", "見本の型番カナリア九号", "canary-detail-47110815", "記録カナリア.log"];

/// A case that came by the pages, with everything that opens it.
struct Kit {
    lead: Person,
    group: Group,
    glass: GlassId,
    printed: [shares::Share; 3],
    reported: Reported,
    folder: TempDir,
    secret: Secret,
}

impl Kit {
    async fn of(site: &Site, browser: &mut Browser<'_>) -> Self {
        let lead = with_key(&site.db, "lead@example.jp", Role::DeskLead).await;
        let group = begins(&site.db, &lead, None, &[&lead]).await.expect("the first");
        let (glass, secret) = glazed(&site.db, &lead).await;
        let printed = shares::split(&secret);
        let reported = browser.reports("slower").await;
        for words in &CANARIES[..3] {
            assert_eq!(browser.post("/incident/case/messages", &[("message", words)]).await.status, 303);
        }
        let sent = browser.post_file("/incident/case/files", &[], ("file", CANARIES[3]), CANARIES[0].repeat(900).as_bytes()).await;
        assert_eq!(sent.status, 303, "{}", sent.body);
        Self { lead, group, glass, printed, reported, folder: tempfile::tempdir().unwrap(), secret: Secret::generate() }
    }

    async fn backed_up(&self, site: &Site) -> PathBuf {
        let wanted = Wanted {
            db: &site.db,
            objects: &site.portal.objects,
            recipient: self.secret.recipient(),
            installation: crate::testing::ADDRESS,
            master: None,
            folder: self.folder.path(),
            kept: Kept { count: 3, days: 35 },
        };
        backup::make(wanted, site.db.now()).await.unwrap().path
    }

    /// The portal on another machine, with what was in the backup.
    async fn restored(&self, site: &Site, path: &std::path::Path, engine: Engine) -> (Site, Objects) {
        let (place, objects) = (db::testing::TestDatabase::vacant(engine).await, Objects::in_memory());
        let settings = place.settings(site.clock.clone());
        let there = Place { database: &settings, objects: &objects };
        backup::restore(path, &self.secret, there, Trust::Elsewhere, async |_, _| Ok(())).await.unwrap();
        (Site::over(place.open(site.clock.clone()).await, site.clock.clone()).await, objects)
    }
}

async fn case(db: &Db, id: CaseId) -> Case {
    db.read(async move |tx| cases::store::case(tx, id).await).await.unwrap().expect("it is there")
}

#[both_engines]
async fn a_case_of_a_restored_backup_opens_by_words_by_the_group_and_behind_the_glass(site: Site) {
    let kit = Kit::of(&site, &mut site.browser()).await;
    let path = kit.backed_up(&site).await;
    // Weeks later.
    site.clock.advance(Span::days(20));
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (there, _) = kit.restored(&site, &path, engine).await;
        let case = case(&there.db, CaseId::from_uuid(kit.reported.case)).await;

        let mut browser = there.browser();
        let back = browser.post("/incident/back", &[("number", &kit.reported.number), ("words", &kit.reported.words)]).await;
        assert_eq!(back.location(), "/incident/case", "by the institution's six words");
        let page = browser.get("/incident/case").await.body;
        assert!(CANARIES[..3].iter().all(|words| page.contains(words)), "{page}");

        let theirs = Group { id: kit.group.id, secret: reaches(&there.db, &kit.lead, kit.group.id).await.expect("it is wrapped for them") };
        let by_group = opens(&there.db, &theirs, &case).await.expect("by a member of the duty group");
        assert_eq!(by_group.public().as_bytes(), &case.public_key);

        let (id, glass, now) = (case.id, kit.glass.uuid(), there.db.now());
        let wrap = there.db.read(async move |tx| cases::store::wrap(tx, id, WrapKind::Glass, glass, now).await).await.unwrap();
        let joined = shares::join(&kit.printed[2], &kit.printed[0]).unwrap();
        let by_glass = vault::unwrap_from(&joined, id.uuid(), glass, &wrap.expect("a wrap for the glass")).unwrap();
        assert_eq!(by_glass.expose(), by_group.expose(), "by two of the three sheets");

        let whole = there.db.read(async move |tx| cases::verify(tx, id).await).await.unwrap();
        assert_eq!(whole, Ok(()), "the case's chain is as it was");
    }
}

/// What deleting a case can't reach: an earlier backup. What it does reach: whoever holds that backup alone, and a restore that knows
/// of the deletion.
#[both_engines]
async fn a_case_deleted_since_comes_back_with_an_older_backup_and_not_with_a_newer_one(site: Site) {
    let kit = Kit::of(&site, &mut site.browser()).await;
    let older = kit.backed_up(&site).await;
    let id = CaseId::from_uuid(kit.reported.case);
    let (number, account) = (case(&site.db, id).await.number, kit.lead.account);
    let deleted = write(&site.db, async move |tx, now| {
        tx.run(sql!("UPDATE cases SET closed_at = $2, outcome = 'done' WHERE id = $1"), &[id.into(), now.into()]).await?;
        delete_case(tx, number, "保存期間が過ぎた", account, "system", now).await
    });
    deleted.await.expect("it is closed");
    site.clock.advance(Span::hours(1));
    let newer = kit.backed_up(&site).await;
    assert_eq!(site.one::<i64>(sql!("SELECT count(*) FROM jobs WHERE kind = 'desk.deleted'")).await, 1, "it is noted elsewhere");
    for (path, is_noted, is_there) in [(&older, false, true), (&newer, false, false), (&older, true, false)] {
        let (there, _) = kit.restored(&site, path, site.db.engine()).await;
        if is_noted {
            assert!(write(&there.db, async move |tx, now| delete_again(tx, id, now).await).await, "it is there to be deleted");
            assert!(!write(&there.db, async move |tx, now| delete_again(tx, id, now).await).await, "once");
            let whole = there.db.read(async move |tx| cases::verify(tx, id).await).await.unwrap();
            assert_eq!(whole, Ok(()), "its chain goes on");
            let certificate = there.db.read(async move |tx| crate::keys::certificate(tx, number).await).await.unwrap();
            assert!(certificate.is_some_and(|certificate| certificate.wraps > 0));
        }
        let case = case(&there.db, id).await;
        assert_eq!(opens(&there.db, &kit.group, &case).await.is_some(), is_there);
        // Nobody is asked to answer what nobody can read; whoever reads its page finds words for it.
        assert!(!is_noted || case.closed_at.is_some());
        let mut browser = there.browser();
        let back = browser.post("/incident/back", &[("number", &kit.reported.number), ("words", &kit.reported.words)]).await;
        assert_eq!(back.status == 303, is_there);
    }
}

#[both_engines]
async fn a_backup_tells_nothing_of_what_was_said_even_to_whoever_opens_it(site: Site) {
    let kit = Kit::of(&site, &mut site.browser()).await;
    let path = kit.backed_up(&site).await;
    let (there, objects) = kit.restored(&site, &path, site.db.engine()).await;
    // What the backup's own key opens: every value of every row, and every file.
    let (_, Heap(mut opened)) = there.db.copy_out(Heap::default()).await.unwrap();
    let lying = objects.everything().await.unwrap();
    assert!(!lying.is_empty(), "the file that was sent is among them");
    for lying in lying {
        opened.extend_from_slice(lying.name.as_bytes());
        let pieces: Vec<Bytes> = objects.lying(&lying.name).await.unwrap().stream.try_collect().await.unwrap();
        opened.extend_from_slice(&pieces.concat());
    }
    assert!(holds(&opened, kit.reported.number.as_bytes()), "the heap is of this very backup");
    let closed = std::fs::read(&path).unwrap();
    let words: Vec<&str> = kit.reported.words.split(' ').collect();
    for canary in CANARIES.into_iter().chain([kit.reported.words.as_str(), &words[..3].join(" ")]) {
        for (spelling, bytes) in spellings(canary) {
            assert!(!holds(&closed, &bytes), "{canary} in {spelling} stands in the file");
            assert!(!holds(&opened, &bytes), "{canary} in {spelling} stands in what the key opens");
        }
    }
    assert!(!holds(&closed, kit.reported.number.as_bytes()), "without its key the file tells not even what is in clear");
}

/// Every value of a copy, one behind the other.
#[derive(Default)]
struct Heap(Vec<u8>);

impl Receiver for Heap {
    fn table(&mut self, _: &Table) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, values: &[Value<'_>]) -> io::Result<()> {
        for value in values {
            match value {
                Value::Text(text) => self.0.extend_from_slice(text.as_bytes()),
                Value::Bytes(bytes) => self.0.extend_from_slice(bytes),
                _ => {}
            }
        }
        Ok(())
    }
}

fn holds(heap: &[u8], needle: &[u8]) -> bool {
    heap.windows(needle.len()).any(|window| window == needle)
}

/// A text as it may hide: in four encodings, and in base64 at each of the three places where it may begin.
fn spellings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let mut spellings = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-16 little", utf16(u16::to_le_bytes)),
        ("UTF-16 big", utf16(u16::to_be_bytes)),
        ("Shift_JIS", encoding_rs::SHIFT_JIS.encode(text).0.into_owned()),
    ];
    for shift in 0..3 {
        let shifted = [&[0; 2][..shift.min(2)], text.as_bytes()].concat();
        for alphabet in [&STANDARD, &URL_SAFE] {
            let encoded = alphabet.encode(&shifted);
            // The first and the last groups depend on what stands beside the text.
            spellings.push(("base64", encoded.as_bytes()[4..encoded.len() - 4].to_vec()));
        }
    }
    spellings
}
