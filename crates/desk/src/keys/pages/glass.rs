use askama::Template;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Problem, Visit};

use super::{Answer, PATH, inner, moment};
use crate::keys::{GlassId, make_glass, store};

#[derive(Template)]
#[template(path = "keys/pages/glass.html")]
struct GlassPage {
    frame: Frame,
    path: &'static str,
    next: String,
    /// When the key that is replaced was made, empty if there is none.
    before: String,
    today: String,
}

/// `GET /desk/keys/glass`: makes the key behind glass and prints its shares.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let glass = portal.db.read(async |tx| store::glass(tx).await).await?;
    Page::html(&GlassPage {
        frame: inner(&portal, &visit, "desk-keys-glass-make"),
        path: PATH,
        next: visit.now.uuid().to_string(),
        before: glass.map_or_else(String::new, |glass| moment(glass.made_at, visit.lang)),
        today: kernel::long_date(visit.now.day(), visit.lang),
    })
}

/// `POST /desk/keys/glass`, by the script: takes the public half; the shares stay on the page.
pub(super) async fn make(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, by) = (visit.account()?, visit.actor.label());
    let unreadable = PageError::Refused(Problem::Unreadable);
    let id: GlassId = posted.get("glass").parse().map_err(|_| unreadable.clone())?;
    let public_key = STANDARD.decode(posted.get("public_key")).ok().and_then(|key| <[u8; 32]>::try_from(key).ok()).ok_or(unreadable)?;
    let made = portal.db.write(Lane::Staff, None, async move |tx, now| make_glass(tx, id, public_key, me, &by, now).await).await?;
    match made {
        Ok(()) => Answer::done(),
        Err(_) => Answer::refused(visit.words().t("desk-keys-refused-unsound")),
    }
}
