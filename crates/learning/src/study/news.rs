//! What was learned, for whoever keeps records of learning: handing a test in and completing a course queue the news, and the
//! program that does the job asks here.

use access::AccountId;
use db::{DbResult, Tx};
use kernel::{Day, Lang};

use super::exam::{Outcome, TestId};
use super::store::{self, Completion};
use super::way::StudyId;
use crate::authoring::library;

journal::kinds! {
    /// The job that a test queues when it is handed in; its object is the test. A completion queues
    /// [`COMPLETED`](crate::certificates::COMPLETED).
    pub Job HANDED_IN = "learning.handed_in";
}

/// A course as others are told of it.
#[derive(Clone, Debug)]
pub struct About {
    /// Where it is described.
    pub path: String,
    /// What it is called in Japanese, and in English if it has an English text.
    pub title: (String, Option<String>),
}

/// A course that was completed.
#[derive(Clone, Debug)]
pub struct Learned {
    /// By whom.
    pub account: AccountId,
    /// The course.
    pub course: About,
    /// How, and when.
    pub completion: Completion,
}

/// A test that was handed in.
#[derive(Clone, Debug)]
pub struct Tested {
    /// By whom.
    pub account: AccountId,
    /// On which way through the course.
    pub study: StudyId,
    /// The course.
    pub course: About,
    /// What came of it.
    pub outcome: Outcome,
}

/// What is known of the completion of a way.
pub async fn learned(tx: &mut Tx<'_>, study: StudyId) -> DbResult<Option<Learned>> {
    let Some(completion) = store::completion(tx, study).await? else { return Ok(None) };
    let Some((account, slug)) = store::owner(tx, study).await? else { return Ok(None) };
    let course = about(tx, &slug, completion.completed_at.day()).await?;
    Ok(Some(Learned { account, course, completion }))
}

/// What came of a test that was handed in.
pub async fn handed_in(tx: &mut Tx<'_>, test: TestId) -> DbResult<Option<Tested>> {
    let Some(outcome) = store::outcome(tx, test).await? else { return Ok(None) };
    let Some(study) = store::study_of_test(tx, test).await? else { return Ok(None) };
    let Some((account, slug)) = store::owner(tx, study).await? else { return Ok(None) };
    let course = about(tx, &slug, outcome.handed_in_at.day()).await?;
    Ok(Some(Tested { account, study, course, outcome }))
}

/// A course that is not there any more is still called by the word in its address.
async fn about(tx: &mut Tx<'_>, slug: &str, day: Day) -> DbResult<About> {
    let course = library::course(tx, slug, day).await?;
    let title = course.map_or_else(
        || (slug.to_owned(), None),
        |course| {
            let english = (course.lang(Lang::En) == Lang::En).then(|| course.title.get(Lang::En).to_owned());
            (course.title.get(Lang::Ja).to_owned(), english)
        },
    );
    Ok(About { path: format!("/courses/{slug}"), title })
}
