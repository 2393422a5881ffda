//! What others have sent is read in a process apart, which can do nothing else: whatever goes wrong in it, or grows without end, ends
//! with it, and the program that serves everybody goes on.
//!
//! [`Reader`] starts that process, speaks to it and says how it died; [`sheet()`] is the way by which tables come in. Other kinds of
//! files have their own way over the same [`Reader`]. Knows nothing of the portal.

mod reader;
mod sheet;

pub use reader::{Died, Input, Kind, Reader, ending_of};
pub use sheet::{answer, sheet};
