use axum::extract::State;
use axum::http::StatusCode;
use web::{Page, PageError, Portal, load_settings};

const TEXT: &str = "text/plain; charset=utf-8";

/// The program runs; whoever restarts it on silence need not.
pub async fn alive() -> Result<Page, PageError> {
    Ok(Page::of(TEXT, b"ok\n".to_vec()))
}

/// The program can serve: the database answers and takes writes.
pub async fn ready(State(portal): State<Portal>) -> Result<Page, PageError> {
    let answers = portal.db.read(async |tx| load_settings(tx).await).await;
    match answers {
        Ok(_) if portal.db.is_writable() => Ok(Page::of(TEXT, b"ready\n".to_vec())),
        Ok(_) => Ok(Page::of(TEXT, b"read only\n".to_vec()).status(StatusCode::SERVICE_UNAVAILABLE)),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            Ok(Page::of(TEXT, b"no database\n".to_vec()).status(StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}
