//! What outlives the program: it is killed at random moments, its disk fails or is full, it is told to stop, and what it had
//! acknowledged is there afterwards, once.
#![cfg(test)]

mod books;
mod crowd;
mod failing_disk;
mod full_disk;
mod killed;
mod letters;
mod line;
mod program;
mod scratch;
mod stopped;
