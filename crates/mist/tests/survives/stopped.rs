//! The program is asked to stop while people apply.

use both_engines::both_engines;

use crate::crowd::Crowd;
use crate::killed::{closes_the_books, contradictions};
use crate::letters::LetterBox;
use crate::program::Program;
use crate::scratch::Scratch;

#[both_engines]
async fn a_program_that_is_asked_to_stop_answers_whoever_it_listens_to_and_loses_nothing(scratch: Scratch) {
    let (mut letters, crowd) = (LetterBox::new().await, Crowd::default());
    let program = Program::start(&scratch, letters.port()).await;
    crowd.opens_the_form(program.address).await;
    let halfway = crowd.comes_halfway(program.address, 12).await;
    let mut life = crowd.applies(program.address);
    life.has_answered(40).await;
    program.terminate().await;
    program.says("止めています").await;
    assert_eq!(crowd.goes_all_the_way(halfway).await, 12, "everybody whose form was on its way is answered");
    let (status, said) = program.ended().await;
    assert_eq!(status.code(), Some(0), "{said}");
    life.ends().await;
    assert_eq!(crowd.apologies(), []);

    let program = Program::start(&scratch, letters.port()).await;
    crowd.asks_again(program.address, 30).await;
    let books = closes_the_books(&scratch, program, &mut letters).await;
    let wrong = contradictions(&crowd, &books, &letters);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
