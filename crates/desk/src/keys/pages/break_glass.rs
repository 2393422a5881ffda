use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Problem, Visit};

use super::{Answer, PATH, inner, sent};
use crate::cases::CaseNumber;
use crate::keys::glass::{self, Breaking};
use crate::keys::{EpochId, NotBroken, UseId, store};

#[derive(Template)]
#[template(path = "keys/pages/emergency.html")]
struct EmergencyPage {
    frame: Frame,
    path: &'static str,
    filled: Filled,
    key: String,
}

#[derive(Template)]
#[template(path = "keys/pages/shares.html")]
struct SharesPage {
    frame: Frame,
    path: &'static str,
    id: UseId,
    number: String,
    case: String,
    /// Every way into it from behind the glass, as JSON.
    wraps: String,
    epoch: String,
    epoch_key: String,
}

/// `GET /desk/keys/emergency`: which case, and why.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    page(&portal, &visit, Filled::default())
}

fn page(portal: &Portal, visit: &Visit, filled: Filled) -> Result<Page, PageError> {
    let is_wrong = !filled.is_fine();
    let frame = inner(portal, visit, "desk-keys-emergency");
    let page = Page::html(&EmergencyPage { frame, path: PATH, filled, key: visit.now.uuid().to_string() })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// `POST /desk/keys/emergency`: puts the reason into the case's chain, and leads on to the shares.
pub(super) async fn ask(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (me, by, w) = (visit.account()?, visit.actor.label(), visit.words());
    let mut filled = Filled::from_posted(&posted);
    let Ok(number) = posted.get("number").parse::<CaseNumber>() else {
        filled.wrong("number", w.t("desk-keys-number-wrong"));
        return page(&portal, &visit, filled);
    };
    let (key, reason) = (posted.key(&portal, &visit), posted.get("reason").to_owned());
    let asked = portal.db.write(Lane::Staff, key, async move |tx, now| glass::break_glass(tx, number, &reason, me, &by, now).await).await?;
    let (field, fault) = match asked {
        Ok(id) => return Ok(Page::see_other(&visit.to(&format!("{PATH}/emergency/{id}")))),
        Err(NotBroken::NoReason) => ("reason", "desk-keys-reason-missing"),
        Err(NotBroken::NoWayIn) => ("number", "desk-keys-number-no-way"),
        Err(NotBroken::NoEpoch) => ("number", "desk-keys-number-no-epoch"),
        Err(_) => ("number", "desk-keys-number-none"),
    };
    filled.wrong(field, w.t(fault));
    page(&portal, &visit, filled)
}

/// `GET /desk/keys/emergency/{id}`: takes two shares; the browser joins them.
pub(super) async fn shares(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (me, now) = (visit.account()?, visit.now);
    let id: UseId = id.parse().map_err(|_| PageError::NotFound)?;
    let found = portal.db.read(async move |tx| {
        let Some(breaking) = store::breaking(tx, id).await?.filter(|breaking| breaking.is_open_to(me, now)) else { return Ok(None) };
        let wraps = store::glass_wraps(tx, breaking.case).await?;
        Ok(store::current_epoch(tx).await?.filter(|_| !wraps.is_empty()).map(|epoch| (breaking, wraps, epoch)))
    });
    let (Breaking { number, case, .. }, wraps, epoch) = found.await?.ok_or(PageError::NotFound)?;
    Page::html(&SharesPage {
        frame: inner(&portal, &visit, "desk-keys-shares"),
        path: PATH,
        id,
        number: number.to_string(),
        case: case.to_string(),
        wraps: serde_json::to_string(&wraps).map_err(|_| PageError::Bug("ways into a case are no JSON"))?,
        epoch: epoch.id.to_string(),
        epoch_key: STANDARD.encode(epoch.public_key),
    })
}

/// `POST /desk/keys/emergency/{id}`, by the script: gives the duty group its way in again.
pub(super) async fn let_in(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (me, by) = (visit.account()?, visit.actor.label());
    let id: UseId = id.parse().map_err(|_| PageError::NotFound)?;
    let epoch: EpochId = sent(&posted, "epoch")?;
    let wrap = STANDARD.decode(posted.get("wrap")).map_err(|_| PageError::Refused(Problem::Unreadable))?;
    let opened = portal.db.write(Lane::Staff, None, async move |tx, now| {
        let wrap = wrap.clone();
        glass::let_in(tx, id, epoch, wrap, me, &by, now).await
    });
    match opened.await? {
        Ok(()) => Answer::done(),
        Err(NotBroken::Over) => Answer::refused(visit.words().t("desk-keys-refused-over")),
        Err(_) => Answer::refused(visit.words().t("desk-keys-refused-roster")),
    }
}
