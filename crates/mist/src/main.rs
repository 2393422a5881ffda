//! The program.

use std::alloc::System;
use std::process::ExitCode;
use zeroizing_alloc::ZeroAlloc;

/// What the program gives back is wiped: of what somebody wrote to the desk nothing stays behind in memory once their request is over.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    mist::run()
}
