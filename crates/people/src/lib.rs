//! The people's wing: who applied and learns, how they sign in, where they work.

pub mod persons;
