//! What the portal promises, each promise told by a test through the front door, on SQLite and on PostgreSQL where data matters.
#![cfg(test)]

mod api;
mod applying;
mod archive;
mod attendance;
mod certificates;
mod day;
mod figures;
mod input;
mod learning;
mod office;
mod packages;
mod programme;
mod records;
mod reminders;
mod rush;
mod security;
mod site;
mod statements;
