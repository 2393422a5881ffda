//! The pages of exports: choosing the form, the names that a file cannot hold, and the requests that wait for a second person.

mod choose;
mod list;
mod lost;
mod show;

pub use choose::{choose, export};
pub use list::list;
pub use show::{decide, show, take, withdraw};

use db::{DbResult, Tx};
use web::{Page, PageError, Portal, Visit};

use super::super::applicants::{Asked, Sifted};
use super::super::staff_pages::{self, Whole};
use super::format::{Format, Written};
use super::request::{ExportRequestId, MOST, NotDecided};
use super::taken::{Leaving, taken};
use crate::trainings::session::SessionId;
use crate::trainings::store::{self, Applicant, Place};
use access::Scope;
use db::Lane;

/// The address of the requests.
const PATH: &str = "/staff/exports";

/// A list of applicants, as its address asks for it.
struct Shown {
    whole: Whole,
    sifted: Sifted,
    /// How many are on it; counting ends one above [`MOST`].
    count: i64,
}

/// The list of a session with these filters, counted.
async fn shown(tx: &mut Tx<'_>, scope: &Scope, id: SessionId, asked: Asked) -> DbResult<Option<Shown>> {
    let Some(whole) = staff_pages::whole(tx, id).await? else { return Ok(None) };
    let sifted = asked.sift(&whole);
    let count = store::count_applicants(tx, scope, &sifted.sieve, MOST).await?;
    Ok(Some(Shown { whole, sifted, count }))
}

/// Who is on it, in its order, at most [`MOST`].
async fn lines(portal: &Portal, visit: &Visit, sifted: &Sifted) -> Result<Vec<Applicant>, PageError> {
    let place = match sifted.from().place {
        Place::Newest(_) => Place::Newest(None),
        Place::Oldest(_) => Place::Oldest(None),
        Place::Workplace(_) | Place::WorkplaceBack(_) => Place::Workplace(None),
    };
    let (scope, sieve) = (visit.scope.clone(), sifted.sieve.clone());
    Ok(portal.db.read(async move |tx| store::applicants(tx, &scope, &sieve, &place, MOST).await).await?)
}

/// Writes the file, away from the threads that answer: a long one takes seconds.
async fn write(visit: &Visit, format: Format, whole: &Whole, lines: Vec<Applicant>) -> Result<(Written, Vec<Applicant>), PageError> {
    let (w, whole) = (visit.words(), whole.clone());
    let written = tokio::task::spawn_blocking(move || format.write(w, &whole, &lines).map(|written| (written, lines))).await;
    match written {
        Ok(Ok(written)) => Ok(written),
        Ok(Err(_)) | Err(_) => Err(PageError::Bug("a list could not be written")),
    }
}

/// The file, once the trail says that it was taken.
async fn leave(
    portal: &Portal,
    visit: &Visit,
    shown: &Shown,
    format: Format,
    written: Written,
    request: Option<ExportRequestId>,
) -> Result<Result<Page, NotDecided>, PageError> {
    let (session, people, is_part) = (shown.whole.session.id, written.people, shown.sifted.is_set());
    let (list, by) = (Leaving { session, format, people, is_part, request }, visit.actor.label());
    let outcome = portal.db.write(Lane::Staff, None, async move |tx, now| taken(tx, list, &by, now).await).await?;
    Ok(outcome.map(|()| Page::file(format.content_type(), &format.file_name(&shown.whole), written.bytes)))
}
