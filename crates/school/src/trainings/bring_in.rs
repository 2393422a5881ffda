//! Bringing in somebody from a list: an application like any other, told by mail only if the secretariat wants it so.

use access::Label;
use db::{DbResult, Tx};
use journal::{Entry, Mail};
use kernel::Timestamp;
use people::lists::ListId;

use super::application::Wanted;
use super::apply::{Applied, Entered, NotApplied, SessionPath, enter};
use super::mail::About;
use super::store;

/// Enters a person of a list. Who had applied before stays as they are, and hears nothing.
pub async fn bring_in(
    tx: &mut Tx<'_>,
    path: SessionPath,
    wanted: &Wanted,
    list: ListId,
    tells: bool,
    now: Timestamp,
) -> DbResult<Result<Applied, NotApplied>> {
    let (id, waits) = match enter(tx, path, wanted, now).await? {
        Ok(Entered::New { id, waits }) => (id, waits),
        // Nobody of a list is asked, so that nobody is elsewhere.
        Ok(Entered::Earlier(_) | Entered::Elsewhere(_)) => return Ok(Ok(Applied::Earlier)),
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::note_list(tx, id, list).await?;
    if tells {
        journal::mail(tx, Mail::of(About::Applied.kind(), id, wanted.lang), now).await?;
    }
    let by = wanted.entered_by.unwrap_or(Label::System).to_string();
    let entry = Entry::by(&by).did("applications.imported").on("application", id).with(serde_json::json!({ "list": list, "told": tells }));
    journal::record(tx, &entry, now).await?;
    Ok(Ok(if waits { Applied::Waiting(id) } else { Applied::Seat(id) }))
}
