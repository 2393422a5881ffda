use axum::extract::{Query, State};
use db::Lane;
use journal::Entry;
use web::{Page, PageError, Portal, Posted, Visit};

use super::{After, Answer, sent};
use crate::keys::{self, Found, NewWrapId, NotProven};

/// `GET /desk/keys/proofs`, by the script: the next ways into cases that others made.
pub(super) async fn batch(State(portal): State<Portal>, visit: Visit, Query(asked): Query<After>) -> Result<Page, PageError> {
    let (me, by, after) = (visit.account()?, visit.actor.label(), NewWrapId::from_uuid(asked.id()?));
    let proofs = portal.db.read(async move |tx| keys::proofs(tx, me, after).await).await?.ok_or(PageError::NotFound)?;
    if !proofs.wraps.is_empty() {
        let entry = Entry::by(&by).did("desk_keys.proofs_handed").on_the("desk_keys");
        let entry = entry.with(serde_json::json!({ "wraps": proofs.wraps.len() }));
        portal.db.write(Lane::Staff, None, async move |tx, now| journal::record(tx, &entry, now).await.map(drop)).await?;
    }
    Page::json(&proofs)
}

/// `POST /desk/keys/proofs`, by the script: takes what opened in this browser, and what did not.
pub(super) async fn prove(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, by, w) = (visit.account()?, visit.actor.label(), visit.words());
    let found: Found = sent(&posted, "found")?;
    let proven = portal.db.write(Lane::Staff, None, async move |tx, now| keys::prove(tx, &found, me, &by, now).await).await?;
    match proven {
        Ok(left) => Answer::left(left),
        Err(NotProven::NoKey) => Answer::refused(w.t("desk-keys-refused-roster")),
        Err(NotProven::Unsound) => Answer::refused(w.t("desk-keys-refused-unsound")),
    }
}
