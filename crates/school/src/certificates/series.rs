//! Completing a series: the 修了証 that the last part brings with it.

use db::{DbResult, Tx};
use kernel::{Day, Timestamp};

use super::certificate::{Attended, CertificateId, Kind, Way};
use super::{issue, store};
use crate::trainings::store::{self as trainings, WholeApplication};

/// `R8-A`: certificates of a whole series name no session.
pub fn prefix(whole: &WholeApplication) -> String {
    format!("{}-{}", whole.programme.year, whole.course.slug.letter())
}

/// Issues the 修了証 of the application's series, if the person has attended as many parts as it asks for, and has none yet.
pub async fn complete(tx: &mut Tx<'_>, whole: &WholeApplication, day: Day, by: &str, now: Timestamp) -> DbResult<Option<CertificateId>> {
    let (person, course) = (whole.application.person, whole.course.id);
    if store::living_series(tx, person, course).await?.is_some() {
        return Ok(None);
    }
    let sessions = trainings::sessions(tx, whole.programme.id).await?;
    let parts = sessions.iter().filter(|session| session.course == course && !session.extra && session.cancelled_at.is_none());
    let of = i64::try_from(parts.count()).unwrap_or(i64::MAX);
    let needed = store::parts_needed(tx, course).await?.unwrap_or(of).min(of);
    let attended = store::parts_attended(tx, person, course).await?;
    if of == 0 || attended < needed {
        return Ok(None);
    }
    let attended = Attended { way: Way::Parts { parts: attended, of }, day, keyword: false, check: None, seen: None };
    issue::add(tx, whole, &prefix(whole), Kind::Series, &attended, by, now).await.map(Some)
}
