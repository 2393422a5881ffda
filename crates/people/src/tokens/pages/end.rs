use access::ApiTokenId;
use askama::Template;
use axum::extract::{Path, State};
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::{PATH, frame, is_alive, reaches, scope_word};
use crate::tokens::end::end;

#[derive(Template)]
#[template(path = "tokens/pages/end.html")]
struct EndPage {
    frame: Frame,
    path: &'static str,
    id: String,
    name: String,
    scopes: Vec<String>,
}

/// Says what will happen.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    reaches(&visit)?;
    let id: ApiTokenId = id.parse().map_err(|_| PageError::NotFound)?;
    let token = portal.db.read(async move |tx| access::token(tx, id).await).await?;
    let token = token.filter(|token| is_alive(token, visit.now)).ok_or(PageError::NotFound)?;
    let w = visit.words();
    Page::html(&EndPage {
        frame: frame(&portal, &visit, w.t("tokens-end-title")).crumb(w.t("tokens-title"), PATH).here(),
        path: PATH,
        id: token.id.to_string(),
        scopes: token.scopes.split_whitespace().map(|scope| scope_word(scope, w)).collect(),
        name: token.name,
    })
}

/// Ends it. Ending twice is the same as once.
pub(super) async fn end_it(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, _: Posted) -> Result<Page, PageError> {
    reaches(&visit)?;
    let id: ApiTokenId = id.parse().map_err(|_| PageError::NotFound)?;
    let by = visit.actor.label();
    portal.db.write(Lane::Staff, None, async move |tx, now| end(tx, id, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("{PATH}?done=ended"))))
}
