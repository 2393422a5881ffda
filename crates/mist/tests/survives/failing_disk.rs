//! The disk says that it has not kept what it was given. On PostgreSQL that is the server's to deal with.

use db::Engine;

use crate::crowd::Crowd;
use crate::killed::{LONGEST_LIFE, closes_the_books, contradictions, is_whole};
use crate::letters::LetterBox;
use crate::program::{Fault, Program};
use crate::scratch::Scratch;

/// Lets the disk fail at each of these syncs, each in a life of its own.
async fn fails(at: impl Iterator<Item = u32>) {
    let scratch = Scratch::on(Engine::Sqlite).await;
    let (mut letters, crowd) = (LetterBox::new().await, Crowd::default());
    let program = Program::start(&scratch, letters.port()).await;
    crowd.opens_the_form(program.address).await;
    program.kill().await;

    for nth in at {
        let mut program = Program::start_with(&Fault::sync_fails(nth), &scratch, letters.port()).await.expect("it starts without a sync");
        // On a busy machine many are put off while the program comes to its end.
        let put_off = crowd.apologies().len() + 4 * LONGEST_LIFE;
        let mut life = crowd.applies(program.address);
        tokio::select! {
            _ = program.falls() => {}
            () = life.has_answered(LONGEST_LIFE) => panic!("sync {nth} never came"),
            () = crowd.is_put_off(put_off) => panic!("sync {nth} failed, and the program went on"),
        }
        life.ends().await;
        let (status, said) = program.ended().await;
        assert_eq!(status.code(), Some(1), "sync {nth}: {said}");
        assert!(said.contains("ディスクの不具合"), "sync {nth}: {said}");
        letters.empty();
    }
    let is_saved = |text: &str| !text.contains("保存しました") && !text.contains("受け付けました");
    assert!(crowd.apologies().iter().all(|apology| is_saved(&apology.body)), "nobody is told that it was saved");

    let program = Program::start(&scratch, letters.port()).await;
    crowd.asks_again(program.address, 30).await;
    let books = closes_the_books(&scratch, program, &mut letters).await;
    eprintln!("{} applications acknowledged, {} requests lost, {} refused", crowd.told().len(), crowd.lost(), crowd.apologies().len());
    let wrong = contradictions(&crowd, &books, &letters);
    assert!(wrong.is_empty(), "{wrong:#?}");
    is_whole(&scratch).await;
}

#[test]
fn after_the_first_sync_that_fails_nothing_is_acknowledged_and_the_program_ends_with_a_failure() {
    db::testing::run(fails([1, 2, 5, 13].into_iter()));
}

#[test]
#[ignore = "long: each of two hundred syncs fails once"]
fn whichever_sync_fails_nothing_acknowledged_is_lost() {
    db::testing::run(fails(1..=200));
}
