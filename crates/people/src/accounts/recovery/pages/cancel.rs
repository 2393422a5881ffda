use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Visit};

use crate::accounts::recovery::cancel::{NotCancelled, PURPOSE, cancel as cancel_it};
use crate::accounts::recovery::life::{RecoveryId, State as Standing};
use crate::accounts::recovery::store;

#[derive(Template)]
#[template(path = "accounts/recovery/pages/cancel.html")]
struct CancelPage {
    frame: Frame,
    action: String,
    email: String,
}

/// `GET /recovery/cancel/{token}`: a button only, since scanners of mail open links too.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    let Some(id) = id_of(&portal, &token) else { return gone(&portal, &visit) };
    let found = portal.db.read(async move |tx| store::find(tx, id).await).await?;
    match found.filter(|recovery| !matches!(recovery.state(visit.now), Standing::Over(_))) {
        Some(recovery) => {
            let frame = Frame::new(&portal, &visit, visit.words().t("recovery-cancel-title")).here();
            Page::html(&CancelPage { frame, action: visit.to(&visit.path), email: recovery.email.to_string() })
        }
        None => gone(&portal, &visit),
    }
}

/// `POST /recovery/cancel/{token}`: stops it.
pub(super) async fn cancel(State(portal): State<Portal>, visit: Visit, Path(token): Path<String>) -> Result<Page, PageError> {
    let Some(id) = id_of(&portal, &token) else { return gone(&portal, &visit) };
    match portal.db.write(Lane::Staff, None, async move |tx, now| cancel_it(tx, id, now).await).await? {
        Ok(()) => super::over(&portal, &visit, "recovery-cancelled", "recovery-cancelled-text", StatusCode::OK),
        Err(NotCancelled) => gone(&portal, &visit),
    }
}

fn gone(portal: &Portal, visit: &Visit) -> Result<Page, PageError> {
    super::over(portal, visit, "accounts-over", "recovery-cancel-over-text", StatusCode::GONE)
}

fn id_of(portal: &Portal, token: &str) -> Option<RecoveryId> {
    portal.keys.verify(PURPOSE, token)?.parse().ok()
}
