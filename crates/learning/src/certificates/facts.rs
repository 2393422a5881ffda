use access::{AccountId, OrganizationId};
use db::{DbResult, Tx};
use kernel::{Day, Lang};

use super::store;
use crate::authoring::library;
use crate::study::time::LONGEST_STEP;
use crate::study::{StudyId, store as studies};

/// What a certificate about a completed course rests on.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The way through the course.
    pub study: StudyId,
    /// Whose.
    pub account: AccountId,
    /// The title of the course, in Japanese.
    pub course: String,
    /// For whom it is.
    pub audience: String,
    /// 例示
    pub family: String,
    /// 髙子
    pub given: String,
    /// Where they work, as they have written it.
    pub workplace: String,
    /// The institution on whose list they stand.
    pub organization: Option<OrganizationId>,
    /// When the course was completed.
    pub day: Day,
    /// Minutes of learning, and how long one page counts at most; nothing, if the test before the course completed it.
    pub minutes: Option<(i64, i64)>,
    /// Right answers of how many.
    pub test: (i64, i64),
    /// In which language the account is written to.
    pub lang: Lang,
}

/// The facts of a completed course, once its learner has written their name.
pub async fn facts(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Option<Facts>> {
    let Some(done) = store::done(tx, study).await? else { return Ok(None) };
    let Some(completion) = studies::completion(tx, study).await? else { return Ok(None) };
    let Some(course) = library::course(tx, &done.course, completion.completed_at.day()).await? else { return Ok(None) };
    let minutes = (completion.how == studies::How::Learned).then_some(((completion.seconds + 59) / 60, LONGEST_STEP / 60));
    Ok(Some(Facts {
        study,
        account: done.account,
        course: course.title.get(Lang::Ja).to_owned(),
        audience: course.audience.clone(),
        family: done.family,
        given: done.given,
        workplace: done.workplace,
        organization: done.organization,
        day: completion.completed_at.day(),
        minutes,
        test: (completion.right, completion.asked),
        lang: done.lang,
    }))
}

/// The courses that an account has completed, each as its way through it.
pub async fn completed(tx: &mut Tx<'_>, account: AccountId) -> DbResult<Vec<StudyId>> {
    store::completed(tx, account).await
}
