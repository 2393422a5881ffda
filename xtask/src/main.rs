//! Tidy.

fn main() {}
