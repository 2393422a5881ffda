//! The pages of every kind of list: sending a file, what it would do, what it did, and what is to be mended.

mod send;
mod show;

use access::Action::ImportLists;
use access::{AccountId, Scope};
use axum::extract::Path;
use std::collections::BTreeMap;
use web::{PageError, Portal, Routes, Visit};

use super::list::List;

/// A file, and the rest of the form around it: what the frame reads of several parts is limited to two megabytes.
const FORM_BYTES: usize = 2_000_000;

/// What the address names: `id` the target, `list` the list.
type Named = Path<BTreeMap<String, String>>;

/// The routes of a kind of list.
pub fn routes<L: List>() -> Routes {
    let at = |rest: &str| format!("{}{rest}", L::BASE);
    Routes::new()
        .get(&at("/import"), ImportLists, send::form::<L>)
        .upload(&at("/import"), ImportLists, FORM_BYTES, send::send::<L>)
        .get(&at("/import/template.xlsx"), ImportLists, send::template::<L>)
        .get(&at("/imports/{list}"), ImportLists, show::show::<L>)
        .post(&at("/imports/{list}"), ImportLists, show::bring_in::<L>)
        .get(&at("/imports/{list}/mend.xlsx"), ImportLists, show::mend::<L>)
}

/// What lists are brought into, if the address names one and the visitor's role reaches it.
async fn target<L: List>(portal: &Portal, visit: &Visit, named: &Named) -> Result<(String, L::Target), PageError> {
    if visit.scope != Scope::All {
        return Err(PageError::NotFound);
    }
    let id = named.get("id").cloned().unwrap_or_default();
    let wanted = id.clone();
    let found = portal.db.read(async move |tx| L::find(tx, &wanted).await).await?;
    found.map(|target| (id, target)).ok_or(PageError::NotFound)
}

fn account(visit: &Visit) -> Result<AccountId, PageError> {
    visit.actor.account().ok_or(PageError::NotFound)
}
