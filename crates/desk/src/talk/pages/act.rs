use axum::extract::{Path, State};
use axum::http::HeaderMap;
use db::Lane;
use kernel::EmailAddress;
use vault::Zeroizing;
use web::{Page, PageError, Portal, Posted, Visit};

use super::view;
use crate::cases::REPORTER;
use crate::desk::Desk;
use crate::notices;
use crate::report::{Cookie, come_back};
use crate::talk::message::{self, MOST_BYTES, Side};
use crate::talk::request::{self, ItemId, Reply};

fn done(visit: &Visit, what: &str) -> Page {
    Page::see_other(&visit.to(&format!("/incident/case?done={what}")))
}

/// Says something to the desk.
pub async fn say(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let Some(held) = Cookie::Case.held(&portal, &headers).await? else { return Ok(come_back(&visit)) };
    let words = Zeroizing::new(posted.get("message").trim().to_owned());
    if words.is_empty() {
        return view::page(&portal, &visit, &held, "", &visit.words().t("desk-wrong-message"), "").await;
    }
    if words.len() > MOST_BYTES {
        return view::page(&portal, &visit, &held, "", &visit.words().t("desk-wrong-message-long"), &words).await;
    }
    let (case, key) = (held.case.clone(), posted.key(&portal, &visit));
    let send = async move |tx: &mut db::Tx<'_>, now| message::send(tx, &case, Side::Institution, REPORTER, &words, false, now).await;
    portal.db.write(Lane::Incident, key, send).await?;
    Ok(done(&visit, "said"))
}

/// Answers a thing that the desk asked for.
pub async fn answer_item(
    State(portal): State<Portal>,
    visit: Visit,
    headers: HeaderMap,
    Path(item): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let Some(held) = Cookie::Case.held(&portal, &headers).await? else { return Ok(come_back(&visit)) };
    let item: ItemId = item.parse().map_err(|_| PageError::NotFound)?;
    let words = Zeroizing::new(posted.get("reply").trim().to_owned());
    let Ok(answer) = posted.get("answer").parse::<Reply>() else {
        return view::page(&portal, &visit, &held, "", &visit.words().t("desk-wrong-answer"), "").await;
    };
    if words.len() > MOST_BYTES {
        return view::page(&portal, &visit, &held, "", &visit.words().t("desk-wrong-message-long"), "").await;
    }
    let case = held.case.clone();
    let reply = async move |tx: &mut db::Tx<'_>, now| request::reply(tx, &case, item, answer, &words, now).await;
    if portal.db.write(Lane::Incident, None, reply).await? { Ok(done(&visit, "answered")) } else { Err(PageError::NotFound) }
}

/// Leaves an address for notices, or takes it back.
pub async fn contact(State(portal): State<Portal>, visit: Visit, headers: HeaderMap, posted: Posted) -> Result<Page, PageError> {
    let Some(held) = Cookie::Case.held(&portal, &headers).await? else { return Ok(come_back(&visit)) };
    let id = held.case.id;
    if posted.has("forget") {
        portal.db.write(Lane::Incident, None, async move |tx, _| notices::forget_address(tx, id).await).await?;
        return Ok(done(&visit, "no-contact"));
    }
    let Ok(address) = posted.get("email").parse::<EmailAddress>() else {
        return view::page(&portal, &visit, &held, "", &visit.words().t("desk-wrong-email"), "").await;
    };
    let desk = Desk::of(&portal)?;
    let (case, sealed) = (held.case, notices::seal_address(&desk.notices.public(), id, &address));
    portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            notices::keep_address(tx, id, &sealed, now).await?;
            notices::notify(tx, &case, "received", now).await
        })
        .await?;
    Ok(done(&visit, "contact"))
}
