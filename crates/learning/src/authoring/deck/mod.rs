//! Slides of others in a draft: a file is read, shown as it would come in, and taken over as the files that an author writes.

mod compose;
mod describe;
mod keep;
mod read;
mod take;

pub use describe::{Depicted, Described};
pub use keep::{KEPT_DAYS, Laid, UploadId, clear_later, handlers, laid, lay};
pub use read::{answer, read};
pub use take::{NotTaken, Range, Taking};
