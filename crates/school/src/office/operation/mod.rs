//! What runs by itself and needs a person when it does not: mails and jobs that were given up, the delivery log, the audit trail.

mod audit;
mod decide;
mod delivery;
mod given_up;
mod show;

pub use audit::audit;
pub use decide::{retire_job, retire_mail, retry_job, retry_mail};
pub use delivery::delivery;
pub use show::{Held, HeldUp, job_words, page};
