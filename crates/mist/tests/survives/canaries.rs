//! A thousand words are told to the desk. Afterwards they stand in clear nowhere: not on the disk, not in the database, not in what the
//! program says of itself, and, two seconds after the last request, not in its memory.

use both_engines::both_engines;
use db::Engine;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::clear::Word;
use crate::institution::Institution;
use crate::letters::LetterBox;
use crate::line;
use crate::not_shown::not_shown;
use crate::program::Program;
use crate::scratch::Scratch;

/// With this every planted word begins.
const CANARY: &str = "ぬらけへぽ";

fn word(number: usize) -> String {
    format!("{CANARY}{number:04}")
}

/// So many words, each another.
fn words(from: usize, count: usize) -> String {
    (from..from + count).map(word).collect::<Vec<_>>().join("、")
}

/// Tells the desk a thousand words: as answers, messages, contents and names of files.
async fn plants(program: &Program) {
    let address = program.address;
    let institution = Institution::reports(address).await.expect("it answers");
    let form = |fields: &[(&'static str, String)]| fields.to_vec();
    let person = form(&[("answer", "given".to_owned()), ("number", word(0)), ("name", word(1)), ("institution", word(2))]);
    let answered = institution.posts(address, "/incident/report/phone", &person).await.expect("it answers");
    assert_eq!(answered.status, 303, "{}", answered.body);
    for message in 0..9 {
        let said = form(&[("message", words(100 * message, 100))]);
        let sent = institution.posts(address, "/incident/case/messages", &said).await.expect("it answers");
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
    let file = words(900, 100).repeat(2_000).into_bytes();
    let sent = institution.sends(address, &format!("{}.log", word(999)), &file).await.expect("it answers");
    assert_eq!(sent.status, 303, "{}", sent.body);
    let view = institution.view(address).await.expect("it answers");
    assert!((0..900).all(|number| view.body.contains(&word(number))), "the institution sees what it wrote");
    // A request that goes wrong says nothing of what it carried either.
    let long = form(&[("message", words(0, 900).repeat(10))]);
    let refused = institution.posts(address, "/incident/case/messages", &long).await.expect("it answers").status;
    assert!([413, 422].contains(&refused), "{refused}");
    let strange = form(&[("answer", word(998))]);
    institution.posts(address, "/incident/report/seen", &strange).await.expect("it answers");
}

/// The memory of a process, in a file. False where this user may not look into it.
fn dumps(process: u32, into: &Path) -> bool {
    let dumped = Command::new("gcore").arg("-o").arg(into).arg(process.to_string()).output();
    dumped.is_ok_and(|output| output.status.success())
}

#[both_engines]
async fn a_thousand_words_told_to_the_desk_are_found_nowhere(scratch: Scratch) {
    let (letters, canary) = (LetterBox::new().await, Word::of(CANARY));
    let aside = tempfile::tempdir().expect("a folder can be made");
    let log = aside.path().join("log");
    let program = Program::start_talking(&scratch, letters.port(), &log).await;
    plants(&program).await;
    let metrics = line::get(program.address, "/metrics").await.expect("it answers");
    assert_eq!(metrics.status, 200, "{}", metrics.body);
    assert_eq!(canary.in_bytes(metrics.body.as_bytes()), [""; 0], "metrics");
    tokio::time::sleep(Duration::from_secs(2)).await;

    let core = aside.path().join("core");
    if dumps(program.id(), &core) {
        let core = aside.path().join(format!("core.{}", program.id()));
        let size = core.metadata().expect("it was written").len();
        assert_eq!(canary.in_file(&core), [""; 0], "in a core dump of {size} bytes");
        std::fs::remove_file(core).expect("it was read");
    } else {
        not_shown("no core dump, since there is no gcore or this user may not use it");
    }
    program.terminate().await;
    let (status, said) = program.ended().await;
    assert!(status.success(), "{status}: {said}");
    let logged = std::fs::read(&log).expect("it was written");
    assert!(logged.len() > 1_000, "the program said what it may say");
    assert_eq!(canary.in_bytes(&logged), [""; 0], "log");
    assert_eq!(canary.in_folder(scratch.data.path()), [""; 0], "on the disk");
    if scratch.engine() == Engine::Postgres {
        let dump = Command::new("pg_dump").arg(&scratch.url).output().expect("pg_dump is where PostgreSQL is");
        assert!(dump.status.success() && dump.stdout.len() > 10_000, "{}", String::from_utf8_lossy(&dump.stderr));
        assert_eq!(canary.in_bytes(&dump.stdout), [""; 0], "in the database");
    }
}
