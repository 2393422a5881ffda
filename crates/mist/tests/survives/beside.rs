//! Commands that somebody gives beside the running program, in processes of their own.

use both_engines::both_engines;

use crate::crowd::Crowd;
use crate::killed::{closes_the_books, contradictions};
use crate::letters::LetterBox;
use crate::program::{self, Program};
use crate::scratch::Scratch;

/// On SQLite the processes share a file, and whoever closes it last clears away the log of what was committed.
#[both_engines]
async fn a_command_beside_the_running_program_takes_nothing_from_it(scratch: Scratch) {
    let (mut letters, crowd) = (LetterBox::new().await, Crowd::default());
    let program = Program::start(&scratch, letters.port()).await;
    crowd.opens_the_form(program.address).await;
    let mut life = crowd.applies(program.address);
    life.has_answered(30).await;
    program::does(&scratch, &["audit", "verify"]).await;
    // What is acknowledged after the command has gone is on the disk when the power fails.
    life.has_answered(30).await;
    program.kill().await;
    life.ends().await;

    let program = Program::start(&scratch, letters.port()).await;
    crowd.asks_again(program.address, 60).await;
    let books = closes_the_books(&scratch, program, &mut letters).await;
    let wrong = contradictions(&crowd, &books, &letters);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
