use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::Ground;
use crate::attendance::files::{Tool, Zone};
use crate::attendance::store::{self, ImportLine};
use crate::attendance::withdraw::{self, NotWithdrawn};
use crate::attendance::{ImportId, words};
use crate::office::staff_pages::{self, Head};

#[derive(Template)]
#[template(path = "attendance/pages/file.html")]
struct FilePage {
    frame: Frame,
    head: Head,
    path: String,
    action: String,
    line: ImportLine,
    tool: &'static str,
    zone: String,
    imported: String,
    who: String,
    withdrawn: String,
    rule: String,
    can_withdraw: bool,
    error: String,
}

async fn found(portal: &Portal, ground: &Ground, id: &str) -> Result<(ImportLine, Vec<(String, String)>), PageError> {
    let id: ImportId = id.parse().map_err(|_| PageError::NotFound)?;
    let session = ground.whole.session.id;
    let found = portal
        .db
        .read(async move |tx| {
            let Some(line) = store::import(tx, id).await? else { return Ok(None) };
            let known = staff_pages::known(tx, [line.imported_by.as_str()]).await?;
            Ok(Some((line, known)))
        })
        .await?;
    found.filter(|(line, _)| line.session == session).ok_or(PageError::NotFound)
}

/// A file that was brought in, and what taking it out would do.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path((id, import)): Path<(String, String)>) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    page(&portal, &visit, &ground, &import, String::new()).await
}

async fn page(portal: &Portal, visit: &Visit, ground: &Ground, import: &str, error: String) -> Result<Page, PageError> {
    let (line, known) = found(portal, ground, import).await?;
    let w = visit.words();
    let (frame, head) = ground.head(portal, visit, w.t("attendance-file-title"));
    let can_edit = portal.offers(visit, access::Action::EditAttendance);
    Page::html(&FilePage {
        path: ground.path(""),
        action: ground.path(&format!("/imports/{}", line.id)),
        tool: Tool::of(&line.tool).name(),
        zone: if line.has_times { w.t(&format!("attendance-zone-{}", Zone::of(&line.zone).key())) } else { w.t("attendance-zone-none") },
        imported: staff_pages::long_moment(line.imported_at, visit.lang),
        who: staff_pages::who(w, &line.imported_by, &known),
        withdrawn: line.withdrawn_at.map_or_else(String::new, |at| staff_pages::long_moment(at, visit.lang)),
        rule: words::rule(w, ground.sheet.rule, ground.held),
        can_withdraw: can_edit && line.withdrawn_at.is_none() && !ground.sheet.is_closed(),
        error,
        line,
        frame,
        head,
    })
}

/// Takes a file out.
pub async fn withdraw(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, import)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let (line, _) = found(&portal, &ground, &import).await?;
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| withdraw::withdraw(tx, session, line.id, &by, now).await).await?;
    match outcome {
        Ok(()) | Err(NotWithdrawn::Already) => Ok(Page::see_other(&visit.to(&ground.path("?done=withdrawn")))),
        Err(NotWithdrawn::Unknown) => Err(PageError::NotFound),
        Err(NotWithdrawn::Closed) => {
            let error = visit.words().t("attendance-not-closed");
            Ok(page(&portal, &visit, &ground, &import, error).await?.status(StatusCode::CONFLICT))
        }
    }
}
