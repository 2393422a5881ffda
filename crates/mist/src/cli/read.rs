//! Reading a file that somebody has sent, in a process that can do nothing else: no file is opened, nothing is called, no other process
//! begins, and what takes more memory or time than such files need ends here.

use learning::authoring::deck;
use nix::sys::resource::{Resource, setrlimit};
use std::io;

use super::arguments::Read;
use crate::failure::Failure;

/// The most bytes that are written to in memory. It is enough for the largest file of slides (50 MiB), all pictures of it as they come
/// in (64 MiB), and the largest picture that is decoded (96 MiB), made smaller beside that; and for the largest table (24 MiB, and
/// 36 MiB as text) beside its cells. What of the program itself is only read does not count: it differs from build to build.
const MEMORY: u64 = 256 << 20;
/// The most bytes of addresses, with the program and its typefaces: what is counted above is not all that can be had of the system.
const ADDRESSES: u64 = 1 << 30;
/// The most seconds of a processor for slides. One with a photograph takes a fifth of one: decoded, made smaller, encoded; a page of a
/// PDF is drawn besides. A hundred of them take twenty seconds, and a slow machine a little more.
const SLIDES: u64 = 30;
/// The same for a table.
const SHEET: u64 = 10;
/// Input, output and errors: nothing further can be opened, neither file nor connection.
const OPEN: u64 = 3;

/// Reads a file from the input, whose name ends so, and writes what it holds.
pub(super) fn run(what: &Read) -> Result<(), Failure> {
    let (input, mut output) = (io::stdin().lock(), io::stdout().lock());
    match what {
        Read::Slides { ending } => deck::answer(ending, input, &mut output, || confine(SLIDES))?,
        Read::Sheet { ending, limits } => apart::answer(ending, limits, input, &mut output, || confine(SHEET))?,
    }
    Ok(())
}

/// Gives up what reading does not need.
fn confine(seconds: u64) -> io::Result<()> {
    let limits = [
        (Resource::RLIMIT_DATA, MEMORY, MEMORY),
        (Resource::RLIMIT_AS, ADDRESSES, ADDRESSES),
        // The first limit ends it by a signal that says why; the second stands behind it.
        (Resource::RLIMIT_CPU, seconds, seconds + 5),
        (Resource::RLIMIT_FSIZE, 0, 0),
        (Resource::RLIMIT_CORE, 0, 0),
        (Resource::RLIMIT_NOFILE, OPEN, OPEN),
        (Resource::RLIMIT_NPROC, 0, 0),
    ];
    for (resource, soft, hard) in limits {
        setrlimit(resource, soft, hard)?;
    }
    Ok(())
}
