//! The program makes backups while people apply, is killed while it makes one, and puts one back on another machine.

use both_engines::both_engines;
use db::{Lane, sql};
use journal::Job;
use kernel::{Clock, Span, Uuid};
use school::certificates::{self, Attended, Way};
use school::trainings::application::ApplicationId;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::books::{Books, Told};
use crate::crowd::Crowd;
use crate::killed::is_whole;
use crate::letters::LetterBox;
use crate::line;
use crate::program::{self, Fault, Program};
use crate::reports::Reporters;
use crate::scratch::Scratch;

/// Makes the pair of keys, tells the program its public half, and gives the file of the other.
async fn makes_keys(scratch: &Scratch, folder: &Path) -> String {
    let key = folder.join("backup.key").display().to_string();
    let said = program::does(scratch, &["backup", "--new-key", &key]).await;
    let public = said.lines().find(|line| line.starts_with("mist-backup-public:")).expect("it is printed");
    fs::write(scratch.data.path().join("mist.toml"), format!("[backup]\npublic_key = \"{public}\"\n")).unwrap();
    key
}

/// Takes a file of the data of one machine to another.
fn moves(from: &Scratch, to: &Scratch, name: &str) {
    fs::copy(from.data.path().join(name), to.data.path().join(name)).unwrap();
}

/// A backup as somebody makes it who knows to whom those of this installation are sealed, and has another master key.
async fn forged(scratch: &Scratch, folder: &Path) -> String {
    let theirs = Scratch::on(scratch.engine()).await;
    moves(scratch, &theirs, "mist.toml");
    fs::write(theirs.data.path().join("master.key"), [8; 32]).unwrap();
    program::does(&theirs, &["backup", "--to", &folder.display().to_string()]).await;
    let made = fs::read_dir(folder).unwrap().next().expect("it was made").unwrap();
    made.path().display().to_string()
}

/// What stands in the folder under the names of backups.
fn backups(scratch: &Scratch) -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(scratch.data.path().join("backups")) else { return Vec::new() };
    found.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|ending| ending == "backup")).collect()
}

#[both_engines]
async fn what_was_acknowledged_before_a_backup_is_in_it_and_serves_on_another_machine(scratch: Scratch) {
    let safe = tempfile::tempdir().unwrap();
    let key = makes_keys(&scratch, safe.path()).await;
    let (letters, crowd) = (LetterBox::new().await, Crowd::default());
    let program = Program::start(&scratch, letters.port()).await;
    crowd.opens_the_form(program.address).await;
    let mut life = crowd.applies(program.address);
    life.has_answered(60).await;
    let told = crowd.told();
    program::does(&scratch, &["backup"]).await;
    // It went on meanwhile, and goes on.
    life.has_answered(10).await;
    program.kill().await;
    life.ends().await;

    let found = backups(&scratch);
    let [path] = found.as_slice() else { panic!("{found:?}") };
    let path = path.display().to_string();
    assert!(program::does(&scratch, &["verify", &path]).await.contains("このポータルで作られた"));
    assert!(program::does(&scratch, &["verify", &path, "--key", &key]).await.contains("壊れたところはありません"));

    let there = Scratch::vacant(scratch.engine()).await;
    let (at_once, said) = program::tries(&there, &["restore", &path, "--key", &key]).await;
    assert!(!at_once && said.contains("master.key") && said.contains("保管しているもの"), "{said}");
    moves(&scratch, &there, "master.key");
    let of_another = forged(&scratch, &safe.path().join("forged")).await;
    let (at_once, said) = program::tries(&there, &["restore", &of_another, "--key", &key]).await;
    assert!(!at_once && said.contains("--from-elsewhere") && said.contains("何も変わっていません"), "{said}");
    let (is_ours, said) = program::tries(&there, &["verify", &of_another, "--key", &key]).await;
    assert!(!is_ours && said.contains("壊れたところはありません"), "{said}");
    let said = program::does(&there, &["restore", &path, "--key", &key]).await;
    assert!(said.contains("削除の記録") && said.contains("もう一度削除してください"), "{said}");
    let (again, said) = program::tries(&there, &["restore", &path, "--key", &key]).await;
    assert!(!again && said.contains("すでに表があります"), "{said}");

    let books = there.read(async |tx| Books::read(tx).await).await;
    let wrong = books.contradictions(&told);
    assert!(!told.is_empty() && wrong.is_empty(), "{wrong:#?}");
    is_whole(&there).await;
    let waiting =
        there.read(async |tx| tx.one::<i64>(sql!("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND dropped_at IS NULL"), &[]).await);
    assert_eq!(waiting.await, 0, "no mail goes out twice");
    let program = Program::start(&there, letters.port()).await;
    assert_eq!(line::get(program.address, "/trainings").await.map(|answer| answer.status), Ok(200));
    let mut applicants = crowd.applies(program.address);
    applicants.has_answered(5).await;
    program.kill().await;
    applicants.ends().await;
}

/// Leaves behind what a worker is at while a backup is made: the file of a certificate, and the rest of telling everybody of a session
/// that it is called off, which is to be told once more in a month. Gives the certificate.
async fn leaves_work(scratch: &Scratch, seat: Uuid) -> Uuid {
    let db = scratch.open().await;
    let left = db.write(Lane::Staff, None, async move |tx, now| {
        let attended = Attended { way: Way::Live { minutes: 46, of: 60 }, day: now.day(), keyword: false, check: None, seen: None };
        let issued = certificates::issue(tx, ApplicationId::from_uuid(seat), &attended, "system", now).await?;
        let session: Uuid = tx.one(sql!("SELECT session FROM applications WHERE id = $1"), &[seat.into()]).await?;
        for at in [now, now.plus(Span::days(30))] {
            let rest = json!({ "news": "called_off", "after": Uuid::nil() });
            journal::job(tx, Job::of("office.tell", session).with(rest).at(at), now).await?;
        }
        let hold = sql!("UPDATE jobs SET lease_owner = $1, lease_until = $2 WHERE done_at IS NULL AND run_at <= $3");
        tx.run(hold, &[now.uuid().into(), now.plus(Span::minutes(15)).into(), now.into()]).await?;
        Ok(issued.expect("there is a seat").id.uuid())
    });
    let certificate = left.await.expect("it can be written");
    db.close().await;
    certificate
}

/// Waits until the running program has nothing more to do that is due.
async fn has_worked(place: &Scratch) {
    let find = sql!("SELECT kind FROM jobs WHERE done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL AND run_at <= $1");
    let db = place.open().await;
    for _ in 0..2400 {
        let now = Clock::system().now();
        let left: Vec<String> = db.read(async move |tx| tx.all(find, &[now.into()]).await).await.expect("the jobs can be read");
        if left.is_empty() {
            return db.close().await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("what was due is not done");
}

#[both_engines]
async fn what_waited_in_a_backup_is_done_on_another_machine_and_nobody_is_told_twice(scratch: Scratch) {
    let safe = tempfile::tempdir().unwrap();
    let key = makes_keys(&scratch, safe.path()).await;
    let (mut letters, crowd) = (LetterBox::new().await, Crowd::default());
    let program = Program::start(&scratch, letters.port()).await;
    crowd.opens_the_form(program.address).await;
    let mut life = crowd.applies(program.address);
    life.has_answered(20).await;
    program.kill().await;
    life.ends().await;
    let seat = crowd.told().into_iter().find_map(|told| match told {
        Told::Seat(application) => Some(application),
        Told::Waiting(_) => None,
    });
    let certificate = leaves_work(&scratch, seat.expect("somebody has a seat")).await;
    program::does(&scratch, &["backup"]).await;

    let found = backups(&scratch);
    let [path] = found.as_slice() else { panic!("{found:?}") };
    let there = Scratch::vacant(scratch.engine()).await;
    for name in ["master.key", "deletions.log"] {
        moves(&scratch, &there, name);
    }
    let said = program::does(&there, &["restore", &path.display().to_string(), "--key", &key]).await;
    assert!(said.contains("/staff/operation") && said.contains("事案 0件"), "{said}");
    program::does(&there, &["xapi", "client", "new", "--name", "見本", "--key", "reader", "--secret", "a secret of many letters"]).await;
    letters.empty();
    let before = letters.message_ids().len();

    // Whoever held the work when the backup was made holds it here no more.
    let program = Program::start(&there, letters.port()).await;
    has_worked(&there).await;
    let (all, _) = Reporters::new("reader", "a secret of many letters").lists(program.address, None).await;
    let named = Value::from(format!("https://mist.example.jp/certificates/{certificate}"));
    assert_eq!(all.iter().filter(|one| one["object"]["id"] == named).count(), 1, "{all:?}");
    let find = sql!("SELECT c.code, f.size FROM certificates c JOIN certificate_files f ON f.certificate = c.id WHERE c.id = $1");
    let made: Option<(String, i64)> = there.read(async move |tx| tx.opt(find, &[certificate.into()]).await).await;
    let (code, _) = made.expect("its file was made");
    let page = line::get(program.address, &format!("/verify/{code}")).await.expect("it answers");
    assert!(page.status == 200 && page.body.contains("この証明書は有効です"), "{} {}", page.status, page.body);

    letters.waits_for_the_last(&there).await;
    assert_eq!(letters.message_ids().len() - before, 1, "of the certificate, and of nothing else");
    let find = sql!("SELECT last_error, run_at > $1 FROM jobs WHERE kind = 'office.tell' ORDER BY run_at");
    let now = Clock::system().now();
    let telling: Vec<(Option<String>, bool)> = there.read(async move |tx| tx.all(find, &[now.into()]).await).await;
    assert_eq!(telling, [(Some("restored".to_owned()), false), (None, true)], "a person decides of the one, and the other is yet to come");
    program.kill().await;
}

#[both_engines]
async fn a_program_that_is_killed_while_it_makes_a_backup_leaves_none(scratch: Scratch) {
    let safe = tempfile::tempdir().unwrap();
    let key = makes_keys(&scratch, safe.path()).await;
    let mut killed = 0;
    for (calls, nth) in [("write", 1), ("write", 3), ("write", 7), ("write", 20), ("fsync", 1), ("renameat2,rename,linkat,link", 1)] {
        let before = backups(&scratch);
        let (succeeds, said) = program::tries_with(&Fault::killed_at(calls, nth), &scratch, &["backup"]).await;
        let made: Vec<PathBuf> = backups(&scratch).into_iter().filter(|path| !before.contains(path)).collect();
        for path in &made {
            // Killed after it was whole, or not at all.
            program::does(&scratch, &["verify", &path.display().to_string(), "--key", &key]).await;
        }
        killed += usize::from(!succeeds);
        // It may die while it says so, but says so of nothing that is not there.
        assert!(!made.is_empty() || !said.contains("バックアップを作りました"), "{said}");
    }
    assert!(killed >= 3, "{killed} were killed in the middle");
    // Two of one second are refused.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    program::does(&scratch, &["backup"]).await;
}
