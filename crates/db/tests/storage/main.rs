//! What the storage promises, on both engines.

#![cfg(test)]

mod columns;
mod keys;
mod reads;
mod time;
mod venue;
mod writes;
