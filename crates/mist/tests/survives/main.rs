//! The real program, from its first start: it is killed at random moments, its disk fails or is full, it is told to stop, and what it
//! had acknowledged is there afterwards, once.
#![cfg(test)]

mod backed_up;
mod beside;
mod books;
mod canaries;
mod clear;
mod crowd;
mod failing_disk;
mod first_start;
mod full_disk;
mod institution;
mod killed;
mod letters;
mod line;
mod not_shown;
mod program;
mod reports;
mod scratch;
mod statements;
mod stopped;
mod uploads;
