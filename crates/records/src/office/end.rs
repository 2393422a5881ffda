use askama::Template;
use axum::extract::{Path, State};
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::{CLIENTS, PATH, frame, reaches};
use crate::clients::{self, ClientId};

#[derive(Template)]
#[template(path = "office/end.html")]
struct EndPage {
    frame: Frame,
    path: &'static str,
    id: String,
    name: String,
    whose: String,
    key: String,
}

/// Says what will happen.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    reaches(&visit)?;
    let id: ClientId = id.parse().map_err(|_| PageError::NotFound)?;
    let all = portal.db.read(async |tx| clients::listed(tx).await).await?;
    let found = all.into_iter().find(|one| one.client.id == id && one.client.ended_at.is_none()).ok_or(PageError::NotFound)?;
    let w = visit.words();
    Page::html(&EndPage {
        frame: frame(&portal, &visit, w.t("records-end-title"))
            .crumb(w.t("records-title"), PATH)
            .crumb(w.t("records-clients"), CLIENTS)
            .here(),
        path: CLIENTS,
        id: id.to_string(),
        whose: found.organization.unwrap_or_else(|| w.t("records-of-portal")),
        name: found.client.name,
        key: found.client.key,
    })
}

/// Ends it. Ending twice is the same as once.
pub(super) async fn end_it(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, _: Posted) -> Result<Page, PageError> {
    reaches(&visit)?;
    let id: ClientId = id.parse().map_err(|_| PageError::NotFound)?;
    let by = visit.actor.label();
    portal.db.write(Lane::Staff, None, async move |tx, now| clients::end(tx, id, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("{CLIENTS}?done=ended"))))
}
