//! What was decided about attendance, for whoever keeps records of learning: the transaction that decides queues the news, and the
//! program that does the job asks what is true by then.

use db::{DbResult, Tx};
use journal::{Job, JobError, JobItem};
use kernel::{FiscalYear, Lang, Timestamp, Uuid};
use people::persons::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::Words;

use super::store;
use super::verdict::Verdict;
use crate::trainings::application::ApplicationId;
use crate::trainings::nth;
use crate::trainings::programme::Audience;
use crate::trainings::session::SessionId;

journal::kinds! {
    /// The job that a decision about attendance queues; its object is the session.
    pub Job CHANGED = "attendance.changed";
}

/// Applications of one job.
const AT_ONCE: usize = 500;

db::row! {
    /// What is known of an application's attendance.
    #[derive(Clone, Debug)]
    pub struct Attendance {
        pub application: ApplicationId,
        pub person: PersonId,
        pub verdict: Option<Verdict>,
        pub evidence: String,
        pub seconds: i64,
        pub decided_at: Option<Timestamp>,
        pub number: i64,
        pub extra: bool,
        pub ends_at: Option<Timestamp>,
        pub audience: Audience,
        pub year: FiscalYear,
    }
}

/// Of which session, from which application to which.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    session: SessionId,
    ends: Ends,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Ends {
    from: Uuid,
    to: Uuid,
}

impl Attendance {
    /// Whether the session counts as attended: there and then, or by its recording.
    pub fn is_attended(&self) -> bool {
        matches!(self.verdict, Some(Verdict::Present | Verdict::Archive))
    }

    /// 経営者向け 第3回
    pub fn title(&self, lang: Lang) -> String {
        format!("{} {}", self.course(lang), nth(Words::of(lang), self.number, self.extra))
    }

    /// 経営者向け
    pub fn course(&self, lang: Lang) -> &str {
        self.audience.prose().tab(lang)
    }

    /// Where the course is described.
    pub fn course_path(&self) -> String {
        format!("/trainings/{}/{}", self.year, self.audience)
    }

    /// Where the session is described.
    pub fn path(&self) -> String {
        format!("{}/{}", self.course_path(), self.number)
    }
}

/// Queues the news that something was decided about these, or that they were looked at anew.
pub(crate) async fn tell(
    tx: &mut Tx<'_>,
    session: SessionId,
    applications: impl IntoIterator<Item = ApplicationId>,
    now: Timestamp,
) -> DbResult<()> {
    let mut all: Vec<Uuid> = applications.into_iter().map(ApplicationId::uuid).collect();
    all.sort_unstable();
    for some in all.chunks(AT_ONCE) {
        if let (Some(from), Some(to)) = (some.first(), some.last()) {
            queue(tx, session, Ends { from: *from, to: *to }, now).await?;
        }
    }
    Ok(())
}

impl Stretch {
    /// What such a job is about.
    pub fn of(item: &JobItem) -> Result<Self, JobError> {
        let ends = serde_json::from_value(item.payload.clone()).map_err(|_| JobError::Never("payload"))?;
        Ok(Self { session: item.object_id()?, ends })
    }
}

/// What is true now of these applications, as far as something was decided. Where there are more than one transaction should hold,
/// the rest is queued as a job of its own.
pub async fn changed(tx: &mut Tx<'_>, Stretch { session, ends }: Stretch, now: Timestamp) -> DbResult<Vec<Attendance>> {
    let between = (ApplicationId::from_uuid(ends.from), ApplicationId::from_uuid(ends.to));
    let mut found = store::decided_between(tx, session, between, AT_ONCE + 1).await?;
    if found.len() > AT_ONCE
        && let Some(next) = found.pop()
    {
        queue(tx, session, Ends { from: next.application.uuid(), to: ends.to }, now).await?;
    }
    Ok(found)
}

async fn queue(tx: &mut Tx<'_>, session: SessionId, ends: Ends, now: Timestamp) -> DbResult<()> {
    journal::job(tx, Job::of(CHANGED, session).with(json!(ends)), now).await.map(|_| ())
}
