//! The disk is full, and after a while it is not.

use db::{Engine, sql};
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::crowd::{Crowd, Life};
use crate::institution::Institution;
use crate::killed::{LONGEST_LIFE, closes_the_books, contradictions, is_whole};
use crate::letters::LetterBox;
use crate::line::{self, Answer};
use crate::not_shown::not_shown;
use crate::program::{Fault, Program};
use crate::scratch::Scratch;

/// Whoever cannot be served is told in words that nothing is saved, and when to come again.
fn are_in_words(apologies: &[Answer]) {
    for apology in apologies {
        assert_eq!((apology.status, apology.header("retry-after")), (503, Some("30")), "{}", apology.body);
        assert!(apology.body.contains("今回の操作は、まだ保存していません"), "{}", apology.body);
    }
}

#[test]
fn writes_for_which_there_is_no_room_are_refused_in_words_and_go_on_when_there_is() {
    db::testing::run(async {
        let scratch = Scratch::on(Engine::Sqlite).await;
        let (mut letters, crowd) = (LetterBox::new().await, Crowd::default());
        let fault = Fault::disk_is_full(400, 460);
        let mut program = Program::start_with(&fault, &scratch, letters.port()).await.expect("it starts while there is room");
        crowd.opens_the_form(program.address).await;
        let mut life = crowd.applies(program.address);
        let mut answers = 0;
        // Before the disk is full, while it is, and well after.
        let mut after = None;
        while after.is_none_or(|after| answers < after) {
            answers += 10;
            tokio::select! {
                () = life.has_answered(answers) => {}
                said = program.falls() => panic!("the program did not outlast it: {said}"),
            }
            assert!(answers < LONGEST_LIFE, "the disk was never full");
            if after.is_none() && !crowd.apologies().is_empty() {
                after = Some(answers + 100);
            }
        }
        life.ends().await;
        are_in_words(&crowd.apologies());
        crowd.asks_again(program.address, 30).await;
        let books = closes_the_books(&scratch, program, &mut letters).await;
        let wrong = contradictions(&crowd, &books, &letters);
        assert!(wrong.is_empty(), "{wrong:#?}");
        is_whole(&scratch).await;
    });
}

/// A small disk in memory.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// Nothing where this user may not mount.
    fn at(folder: &'a Path, megabytes: u32) -> Option<Self> {
        let options = format!("size={megabytes}m,mode=700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "mist"]).arg(folder).status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(folder))
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        let mut file = File::create(self.0.join("filler")).expect("there is room for a name");
        while file.write_all(&[0; 4096]).is_ok() {}
    }

    fn free(&self) {
        std::fs::remove_file(self.0.join("filler")).expect("it is there");
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").args(["--lazy"]).arg(self.0).status();
        if !unmounted.is_ok_and(|status| status.success()) {
            eprintln!("{} is still mounted", self.0.display());
        }
    }
}

/// A program on a small disk that has become full while people applied; they are told so, and keep trying.
struct Full<'a> {
    program: Program,
    life: Life,
    crowd: Crowd,
    letters: LetterBox,
    scratch: Scratch,
    /// Taken away last.
    disk: SmallDisk<'a>,
}

impl<'a> Full<'a> {
    /// Nothing, and a word about it, where this user may not mount.
    async fn at(folder: &'a Path, megabytes: u32) -> Option<Self> {
        let Some(disk) = SmallDisk::at(folder, megabytes) else {
            not_shown("this user may not mount a small disk; run the tests as root to see it");
            return None;
        };
        let scratch = Scratch::in_folder(tempfile::tempdir_in(folder).expect("there is room")).await;
        let (letters, crowd) = (LetterBox::new().await, Crowd::default());
        let program = Program::start(&scratch, letters.port()).await;
        crowd.opens_the_form(program.address).await;
        let mut life = crowd.applies(program.address);
        life.has_answered(30).await;
        disk.fill();
        crowd.is_put_off(50).await;
        Some(Self { program, life, crowd, letters, scratch, disk })
    }
}

#[test]
fn on_a_full_disk_everything_can_be_read_and_once_there_is_room_it_goes_on_without_a_restart() {
    db::testing::run(async {
        let place = tempfile::tempdir().expect("a folder can be made");
        let Some(full) = Full::at(place.path(), 48).await else { return };
        let Full { disk, scratch, mut letters, crowd, program, life } = full;
        for page in ["/", "/trainings", "/trainings/R8/executive", "/apply/R8/executive/3", "/healthz"] {
            assert_eq!(line::get(program.address, page).await.map(|answer| answer.status), Ok(200), "{page}");
        }
        disk.free();
        let before = crowd.told().len();
        while crowd.told().len() < before + 50 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        are_in_words(&crowd.apologies());
        life.ends().await;

        crowd.asks_again(program.address, 30).await;
        let books = closes_the_books(&scratch, program, &mut letters).await;
        eprintln!("{} applications acknowledged, {} refused for want of room", crowd.told().len(), crowd.apologies().len());
        let wrong = contradictions(&crowd, &books, &letters);
        assert!(wrong.is_empty(), "{wrong:#?}");
        is_whole(&scratch).await;
    });
}

/// So many reports have to come in when nothing else does.
const REPORTS: usize = 1_000;

#[test]
fn when_general_writes_have_stopped_a_thousand_reports_are_still_accepted_and_become_cases_once() {
    db::testing::run(async {
        let place = tempfile::tempdir().expect("a folder can be made");
        let Some(full) = Full::at(place.path(), 72).await else { return };
        let Full { disk, scratch, mut letters, crowd, program, life } = full;
        life.ends().await;

        let mut accepted = 0;
        for _ in 0..REPORTS {
            let answer = Institution::answers_first(program.address).await.expect("it answers");
            let is_accepted = answer.status == 303 || (answer.status == 200 && answer.header("set-cookie").is_some());
            assert!(is_accepted, "report {}: {} {}", accepted + 1, answer.status, answer.body);
            accepted += 1;
        }
        assert_eq!(accepted, REPORTS);
        let stored = scratch.read(async |tx| tx.one::<i64>(sql!("SELECT count(*) FROM cases"), &[]).await).await;
        eprintln!("{accepted} reports accepted on the full disk, {stored} of them stored in the database");

        disk.free();
        let count = async || scratch.read(async |tx| tx.one::<i64>(sql!("SELECT count(*) FROM cases"), &[]).await).await;
        for _ in 0..240 {
            if count().await >= i64::try_from(REPORTS).expect("it is small") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        }
        assert_eq!(count().await, i64::try_from(REPORTS).expect("it is small"), "each became one case");
        let books = closes_the_books(&scratch, program, &mut letters).await;
        let wrong = contradictions(&crowd, &books, &letters);
        assert!(wrong.is_empty(), "{wrong:#?}");
        is_whole(&scratch).await;
    });
}
