use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use db::Lane;
use journal::delivery::Bounce;
use serde_json::json;
use web::{Page, PageError, Portal, Problem, Visit};

use crate::reminders::bounce::{self, Noted};

/// A notification with the mail that came back in it.
const LARGEST: usize = 1 << 20;

/// Takes one delivery status notification, as it came (`message/rfc822`).
pub async fn take(State(portal): State<Portal>, visit: Visit, request: Request<Body>) -> Result<Page, PageError> {
    let body = to_bytes(request.into_body(), LARGEST).await.map_err(|_| PageError::Refused(Problem::TooLarge))?;
    let Some(found) = Bounce::read(&body) else { return Err(PageError::Refused(Problem::Unreadable)) };
    let by = visit.actor.label();
    let noted = portal.db.write(Lane::Staff, None, async move |tx, now| bounce::note(tx, &found, &by, now).await).await?;
    let word = match noted {
        Noted::Bounced { .. } => "bounced",
        Noted::Late => "late",
        Noted::Unknown => "unknown",
    };
    Ok(Page::json(&json!({ "noted": word }))?.status(StatusCode::OK))
}
