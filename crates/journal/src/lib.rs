//! What the portal remembers having done, and what it still has to do: the audit trail, the outbox, and jobs.
//!
//! All three are written by the verb that causes them, in its transaction, so nothing is recorded, mailed or started for
//! something that did not happen, and nothing is forgotten that did:
//! ```ignore
//! journal::record(tx, &Entry::by(&actor.label()).did("applications.applied").on("application", id), now).await?;
//! journal::mail(tx, Mail::of(APPLIED, id, lang).with("sequence", 1), now).await?;
//! journal::job(tx, Job::of(LET_GO, id).at(when), now).await?;
//! ```
//! Workers do the rest afterwards: [`audit::keep_chained`], [`Postman`] and [`Workshop`]. Any number of processes may run them.

pub mod audit;
mod bell;
pub mod delivery;
pub mod jobs;
mod kinds;
mod leaf;
pub mod outbox;
mod retry;
pub mod sink;
mod worker;

pub use audit::{Entry, EntryId, record, record_all};
pub use bell::Bell;
pub use delivery::{Postman, RenderError, Rendered, Renderers};
pub use jobs::{Handlers, Job, JobError, JobId, JobItem, Workshop, job, job_all};
pub use kinds::{Kind, kinds};
pub use leaf::Leaf;
pub use outbox::{Mail, MailId, OutboxItem, Priority, mail, mail_all, mail_all_as};

#[doc(hidden)]
pub mod reexport {
    pub use inventory;
}
