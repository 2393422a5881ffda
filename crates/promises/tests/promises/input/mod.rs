//! Whatever comes in: typed, sent by a program, late, twice, or while something behind the portal is broken.
//!
//! It is taken and put in order, or refused in words that say what to do; and nothing that was typed is lost.

mod bad;
mod database;
mod doors;
mod envelope;
mod fields;
mod late;
mod links;
mod mail;
mod meanwhile;
