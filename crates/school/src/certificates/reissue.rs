//! Reissuing: a new certificate in place of one that says something wrong.

use db::{DbResult, Tx};
use journal::Job;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use web::load_settings;

use super::certificate::CertificateId;
use super::changed::CHANGED;
use super::printed::{Era, Printed, Subject};
use super::revoke::Why;
use super::{issue, learned, store};
use crate::trainings::store as trainings;

/// What is to be printed instead.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// 例示　髙子
    pub name: String,
    /// みほん市立総合病院
    pub organization: String,
    /// In which years its days are counted.
    pub era: Era,
    /// What was wrong. Stays inside.
    pub note: String,
}

/// Why nothing was reissued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotReissued {
    /// There is no such certificate.
    Unknown,
    /// It counts no more already.
    Ended,
}

/// Issues a certificate in place of another. The old one says so under its address; the new one has a number and a code of its own.
pub async fn reissue(
    tx: &mut Tx<'_>,
    id: CertificateId,
    corrected: &Corrected,
    by: &str,
    now: Timestamp,
) -> DbResult<Result<CertificateId, NotReissued>> {
    let Some(old) = store::find(tx, id).await? else { return Ok(Err(NotReissued::Unknown)) };
    if !store::mark_revoked(tx, id, Why::Replaced, &corrected.note, now).await? {
        return Ok(Err(NotReissued::Ended));
    }
    // The new one brings news of its own; that this one counts no more is news, too.
    journal::job(tx, Job::of(CHANGED, id), now).await?;
    let settings = load_settings(tx).await?;
    let prefix = old.number.rsplit_once('-').map_or_else(|| old.number.clone(), |(prefix, _)| prefix.to_owned());
    let number = format!("{prefix}-{:06}", store::next_number(tx, &prefix).await?);
    let printed = match old.application {
        Some(application) => {
            let Some(whole) = trainings::whole_application(tx, application).await? else { return tx.refuse(Err(NotReissued::Unknown)) };
            let (programme, course, session) = (&whole.programme, &whole.course, &whole.session);
            let subject = Subject { programme, course, session, kind: old.kind, attended: &old.attended };
            Printed::of(&settings, &subject, number, &corrected.name, &corrected.organization, corrected.era, now)
        }
        None => learned::printed_again(&settings, &old, number, corrected, now),
    };
    let new = issue::put(tx, &store::Owner::of(&old), old.kind, printed, &old.attended, Some(id), by, now).await?;
    store::mark_replaced(tx, id, new).await?;
    Ok(Ok(new))
}
