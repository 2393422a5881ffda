use access::Hand;
use axum::extract::{Path, State};
use db::Lane;
use web::{Filled, Page, PageError, Portal, Posted, Visit};

use super::{draft, seen, show};
use crate::authoring::approve::{self as approving, NotApproved};
use crate::authoring::give_back as giving_back;
use crate::authoring::request::{self as requesting, NotRequested};

/// The most characters of a word to whoever comes next.
const NOTE_MAX: usize = 500;

/// Asks for approval.
pub async fn request(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let note = match remark(&posted, "note", true, &visit) {
        Ok(note) => note,
        Err(filled) => return refused(&portal, &visit, (&slug, &id), "", filled).await,
    };
    let Some(seen) = seen(&posted, &id) else { return changed(&portal, &visit, (&slug, &id)).await };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    draft(&portal, &slug, &id).await?;
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| requesting::request(tx, seen, &note, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done(&visit, &slug, &id, "requested")),
        Err(NotRequested::Faults(_)) => refused(&portal, &visit, (&slug, &id), "authoring-mend-first", Filled::default()).await,
        Err(NotRequested::SameLabel) => refused(&portal, &visit, (&slug, &id), "authoring-same-label", Filled::default()).await,
        Err(NotRequested::Unknown | NotRequested::Changed) => changed(&portal, &visit, (&slug, &id)).await,
    }
}

/// Approves.
pub async fn approve(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let Some(seen) = seen(&posted, &id) else { return changed(&portal, &visit, (&slug, &id)).await };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    draft(&portal, &slug, &id).await?;
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| approving::approve(tx, seen, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done(&visit, &slug, &id, "approved")),
        Err(NotApproved::Own) => refused(&portal, &visit, (&slug, &id), "authoring-own", Filled::default()).await,
        Err(NotApproved::Unknown | NotApproved::Changed) => changed(&portal, &visit, (&slug, &id)).await,
    }
}

/// Gives back with a word about what to mend.
pub async fn give_back(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let note = match remark(&posted, "why", false, &visit) {
        Ok(note) => note,
        Err(filled) => return refused(&portal, &visit, (&slug, &id), "", filled).await,
    };
    let Some(seen) = seen(&posted, &id) else { return changed(&portal, &visit, (&slug, &id)).await };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    draft(&portal, &slug, &id).await?;
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| giving_back::give_back(tx, seen, &note, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done(&visit, &slug, &id, "returned")),
        Err(_) => changed(&portal, &visit, (&slug, &id)).await,
    }
}

/// Gives up writing it.
pub async fn give_up(
    State(portal): State<Portal>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let Some(seen) = seen(&posted, &id) else { return changed(&portal, &visit, (&slug, &id)).await };
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    draft(&portal, &slug, &id).await?;
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| giving_back::give_up(tx, seen, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done(&visit, &slug, &id, "dropped")),
        Err(_) => changed(&portal, &visit, (&slug, &id)).await,
    }
}

/// Goes back to the version, which says what was done.
pub(super) fn done(visit: &Visit, slug: &str, id: &str, what: &str) -> Page {
    Page::see_other(&visit.to(&format!("/staff/courses/{slug}/versions/{id}?done={what}")))
}

/// The page again, saying why something was not done; the key is of its words.
pub(super) async fn refused(
    portal: &Portal,
    visit: &Visit,
    (slug, id): (&str, &str),
    key: &str,
    filled: Filled,
) -> Result<Page, PageError> {
    let refusal = if key.is_empty() { String::new() } else { visit.words().t(key) };
    show::page(portal, visit, &draft(portal, slug, id).await?, String::new(), refusal, filled).await
}

/// The page again, saying that the version is not as it was.
pub(super) async fn changed(portal: &Portal, visit: &Visit, of: (&str, &str)) -> Result<Page, PageError> {
    refused(portal, visit, of, "approval-changed", Filled::default()).await
}

/// A word to whoever comes next, in order; or the form with what is to be mended.
fn remark(posted: &Posted, field: &'static str, may_be_empty: bool, visit: &Visit) -> Result<String, Filled> {
    let typed = posted.get(field).trim();
    let key = match typed.chars().count() {
        0 if may_be_empty => return Ok(String::new()),
        0 => "approval-wrong-why",
        length if length > NOTE_MAX => "approval-wrong-long",
        _ => return Ok(typed.to_owned()),
    };
    let mut filled = Filled::from_posted(posted);
    filled.wrong(field, visit.words().t(key));
    Err(filled)
}
