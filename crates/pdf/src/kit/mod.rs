//! 院内研修キット: what somebody needs to teach a course at their own institution, on paper and on a wall.

mod deck;
mod quiz;
mod roster;

pub use deck::{Block, Deck, DeckPart, DeckSlide, Mark, Run, script, slides};
pub use quiz::{Ask, Quiz, QuizWords, answers, quiz};
pub use roster::{Roster, roster};
