use axum::extract::{Path, State};
use web::{Page, PageError, Portal, Visit};

use crate::certificates::certificate::CertificateId;
use crate::certificates::store;
use crate::trainings::pages::mine;

/// `GET /certificates/{id}.pdf`: one's own, by the link of the application or signed in.
pub async fn file(State(portal): State<Portal>, visit: Visit, Path(file): Path<String>) -> Result<Page, PageError> {
    let id: Option<CertificateId> = file.strip_suffix(".pdf").and_then(|id| id.parse().ok());
    let found = match id {
        Some(id) => portal.db.read(async move |tx| store::find(tx, id).await).await?,
        None => None,
    };
    // Nothing under this address looks like somebody else's.
    match found.as_ref().and_then(|certificate| certificate.account) {
        Some(account) if visit.actor.account() == Some(account) => {}
        Some(_) if visit.actor.is_signed_in() => return Err(PageError::NotFound),
        Some(_) => return Err(PageError::SignInFirst),
        None => {
            let application = found.as_ref().and_then(|certificate| certificate.application);
            mine(&portal, &visit, &application.map_or_else(String::new, |id| id.to_string())).await?;
        }
    }
    let certificate = found.ok_or(PageError::NotFound)?;
    let id = certificate.id;
    let bytes = portal.db.read(async move |tx| store::file(tx, id).await).await?.ok_or(PageError::NotFound)?;
    Ok(Page::file("application/pdf", &format!("{}.pdf", certificate.number), bytes))
}
