//! Reading a file of slides that somebody has sent, in a process that can do nothing else: no file is opened, nothing is called, and
//! what takes more memory or time than slides need ends here.

use learning::authoring::deck::answer;
use nix::sys::resource::{Resource, setrlimit};
use std::io::{self, Write as _};

use crate::failure::Failure;

/// The most bytes of memory, the program itself and its typefaces included.
const MEMORY: u64 = 1 << 30;
/// The most seconds of a processor.
const SECONDS: u64 = 60;
/// Input, output and errors: nothing further can be opened, neither file nor connection.
const OPEN: u64 = 3;

/// Reads a file from the input, whose name ends so, and writes what it holds.
pub(super) fn run(ending: &str) -> Result<(), Failure> {
    let answered = answer(ending, io::stdin().lock(), confine)?;
    io::stdout().lock().write_all(&answered)?;
    Ok(())
}

/// Gives up what reading does not need.
fn confine() -> io::Result<()> {
    let limits = [
        (Resource::RLIMIT_AS, MEMORY),
        (Resource::RLIMIT_CPU, SECONDS),
        (Resource::RLIMIT_FSIZE, 0),
        (Resource::RLIMIT_CORE, 0),
        (Resource::RLIMIT_NOFILE, OPEN),
    ];
    for (resource, most) in limits {
        setrlimit(resource, most, most)?;
    }
    Ok(())
}
