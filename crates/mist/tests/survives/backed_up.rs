//! The program makes backups while people apply, is killed while it makes one, and puts one back on another machine.

use both_engines::both_engines;
use db::sql;
use std::fs;
use std::path::{Path, PathBuf};

use crate::books::Books;
use crate::crowd::Crowd;
use crate::killed::is_whole;
use crate::letters::LetterBox;
use crate::line;
use crate::program::{self, Fault, Program};
use crate::scratch::Scratch;

/// Makes the pair of keys, tells the program its public half, and gives the file of the other.
async fn makes_keys(scratch: &Scratch, folder: &Path) -> String {
    let key = folder.join("backup.key").display().to_string();
    let said = program::does(scratch, &["backup", "--new-key", &key]).await;
    let public = said.lines().find(|line| line.starts_with("mist-backup-public:")).expect("it is printed");
    fs::write(scratch.data.path().join("mist.toml"), format!("[backup]\npublic_key = \"{public}\"\n")).unwrap();
    key
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
    program::does(&scratch, &["verify", &path]).await;
    assert!(program::does(&scratch, &["verify", &path, "--key", &key]).await.contains("壊れたところはありません"));

    let there = Scratch::vacant(scratch.engine()).await;
    let said = program::does(&there, &["restore", &path, "--key", &key]).await;
    assert!(said.contains("master.key") && said.contains("保管しているもの"), "{said}");
    fs::copy(scratch.data.path().join("master.key"), there.data.path().join("master.key")).unwrap();
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
