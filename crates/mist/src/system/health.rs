use axum::extract::State;
use axum::http::StatusCode;
use web::{Page, PageError, Portal, load_settings};

use crate::program::Standing;

const TEXT: &str = "text/plain; charset=utf-8";

/// The program runs; whoever restarts it on silence need not.
pub async fn alive() -> Result<Page, PageError> {
    Ok(Page::of(TEXT, b"ok\n".to_vec()))
}

/// The program can serve: the database answers and takes writes, and everybody who works beside the service is at work.
pub async fn ready(State(portal): State<Portal>) -> Result<Page, PageError> {
    if let Err(error) = portal.db.read(async |tx| load_settings(tx).await).await {
        tracing::error!(%error, "the database does not answer");
        return Ok(not_ready("no database\n".to_owned()));
    }
    if !portal.db.is_writable() {
        return Ok(not_ready("read only\n".to_owned()));
    }
    let ended = portal.part::<Standing>().map(|standing| standing.ended()).unwrap_or_default();
    if ended.is_empty() { Ok(Page::of(TEXT, b"ready\n".to_vec())) } else { Ok(not_ready(format!("not at work: {}\n", ended.join(", ")))) }
}

fn not_ready(why: String) -> Page {
    Page::of(TEXT, why.into_bytes()).status(StatusCode::SERVICE_UNAVAILABLE)
}
