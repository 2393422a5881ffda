//! Between e-learning and certificates, which do not know each other: a completed course becomes a 修了証 here.

use access::AccountId;
use db::{Db, DbResult, Lane, Tx};
use journal::{Handlers, JobError, JobItem, audit::SYSTEM};
use kernel::Timestamp;
use learning::certificates::{Answering, Certificates, Issuing, Proof, completed, facts};
use learning::study::StudyId;
use school::certificates::{self, Learned};

use super::recorded::keep_completion;

/// Who issues the certificates of courses.
struct School;

impl Issuing for School {
    fn proof_of<'a>(&'a self, tx: &'a mut Tx<'_>, study: StudyId) -> Answering<'a, Option<Proof>> {
        Box::pin(async move {
            let found = certificates::of_study(tx, study.uuid()).await?;
            Ok(found.map(|kept| Proof { number: kept.number.clone(), verify: kept.verify(), file: kept.path(), size: kept.size_shown() }))
        })
    }
}

/// The certificates that pages of courses ask for.
pub(super) fn certificates() -> Certificates {
    Certificates::by(School)
}

/// What follows from a completion, and from a name that was written.
pub(super) fn handlers(base_url: &str) -> Handlers {
    let base_url = base_url.to_owned();
    Handlers::new()
        .on(learning::certificates::COMPLETED, move |db: Db, item: JobItem| {
            let base_url = base_url.clone();
            async move {
                let study: StudyId = item.object_id()?;
                let follow = async move |tx: &mut Tx<'_>, now| {
                    keep_completion(tx, &base_url, study, now).await?;
                    certify(tx, study, now).await
                };
                Ok::<(), JobError>(db.write(Lane::Staff, None, follow).await?)
            }
        })
        .on(learning::certificates::NAMED, async |db: Db, item: JobItem| {
            let account: AccountId = item.object_id()?;
            db.write(Lane::Staff, None, async move |tx, now| certify_all(tx, account, now).await).await?;
            Ok(())
        })
}

/// Issues what is owed for every course that an account has completed.
pub(crate) async fn certify_all(tx: &mut Tx<'_>, account: AccountId, now: Timestamp) -> DbResult<()> {
    for study in completed(tx, account).await? {
        certify(tx, study, now).await?;
    }
    Ok(())
}

/// Issues the certificate of a completed course, unless there is one, or nobody's name to print.
async fn certify(tx: &mut Tx<'_>, study: StudyId, now: Timestamp) -> DbResult<()> {
    let Some(facts) = facts(tx, study).await? else { return Ok(()) };
    let learned = Learned {
        study: study.uuid(),
        account: facts.account,
        course: facts.course,
        audience: facts.audience,
        family: facts.family,
        given: facts.given,
        workplace: facts.workplace,
        organization: facts.organization,
        day: facts.day,
        minutes: facts.minutes,
        test: facts.test,
        lang: facts.lang,
    };
    certificates::issue_learned(tx, &learned, SYSTEM, now).await.map(|_| ())
}
