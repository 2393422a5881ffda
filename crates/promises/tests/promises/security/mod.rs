//! Who may do what, and what nobody may: the whole program asked at its front door, route by route.

mod alike;
mod escaping;
mod fixtures;
mod foreign;
mod forged;
mod headers;
mod house;
mod limits;
mod mailbox;
mod matrix;
mod oracle;
mod people;
mod read_cases;
mod recovery;
mod supply;
mod things;

use house::House;
