use access::OrganizationId;
use db::{DbResult, Tx};
use journal::{Entry, Job as Later};
use kernel::{Day, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::assignment::{Assignment, AssignmentId, end_of};
use super::job::Job;
use super::path::Target;
use super::{jobs, store};

/// What is to be assigned.
#[derive(Clone, Debug)]
pub struct NewAssignment {
    /// To people of which organization.
    pub organization: OrganizationId,
    /// What.
    pub target: Target,
    /// To whom: nobody named means everybody.
    pub jobs: Vec<Job>,
    /// The last day.
    pub due: Day,
    /// Why, in words that they read.
    pub reason: String,
}

/// Why nothing was assigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotAssigned {
    /// The last day is past.
    Past,
    /// A course closes before the last day.
    Closed,
    /// Nobody on the list has such a job.
    Nobody,
}

impl NewAssignment {
    /// Why it cannot be assigned on this day, whoever there is.
    pub fn refusal(&self, today: Day) -> Option<NotAssigned> {
        match () {
            () if self.due < today => Some(NotAssigned::Past),
            () if self.target.until().is_none_or(|until| until < self.due) => Some(NotAssigned::Closed),
            () => None,
        }
    }
}

/// Assigns a course or a path to people of an organization: those on its list now, and those of the same jobs who come later. They
/// are written to within the hours of mails.
pub async fn assign(tx: &mut Tx<'_>, new: &NewAssignment, by: &str, now: Timestamp) -> DbResult<Result<AssignmentId, NotAssigned>> {
    if let Some(refusal) = new.refusal(now.day()) {
        return Ok(Err(refusal));
    }
    let jobs = Job::stored(&new.jobs);
    if store::count_staff(tx, new.organization, &jobs).await? == 0 {
        return Ok(Err(NotAssigned::Nobody));
    }
    let id = AssignmentId::new(now);
    let assignment = Assignment {
        id,
        organization: new.organization,
        path: new.target.path().to_owned(),
        course: String::new(),
        jobs,
        reason: new.reason.clone(),
        due_at: end_of(new.due),
        made_at: now,
        ended_at: None,
    };
    store::add_assignment(tx, &assignment, new.target.courses(), by).await?;
    let people = store::join_open(tx, new.organization, now).await?;
    journal::job(tx, Later::general(jobs::REMIND).once(format!("{}/{id}", jobs::REMIND)), now).await?;
    let facts = json!({ "what": new.target.word(), "people": people });
    journal::record(tx, &Entry::by(by).did("assignments.assigned").on("assignment", id).with(facts), now).await?;
    Ok(Ok(id))
}
