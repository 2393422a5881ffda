//! Jobs: work for later, queued by the verb that needs it and done by a worker at least once.
//!
//! A job holds an id and calls a verb; running it twice does no harm.

mod handlers;
mod job;
mod lists;
mod resume;
pub(crate) mod store;
mod workshop;

pub use handlers::{Handlers, JobError};
pub use job::{Job, JobId, JobItem, forget, job, job_all, retire, retry};
pub use lists::{JobCounts, JobRow, Shelf, counts, kinds_of, list};
pub use resume::{RESTORED, resume};
pub use workshop::{Worked, Workshop};
