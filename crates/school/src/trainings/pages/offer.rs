//! 空きが出ました: the page that answers to the offer of a seat. Opening it changes nothing, since mail scanners open links.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Frame, Page, PageError, Portal, Posted, Section, Visit};

use super::application::mine;
use super::change::{number, what};
use crate::trainings::cancel::NotCancelled;
use crate::trainings::offer::{self, NotTaken, Offer};
use crate::trainings::store::{self, WholeApplication};
use crate::trainings::view::Viewer;

#[derive(Template)]
#[template(path = "trainings/pages/offer.html")]
struct OfferPage {
    frame: Frame,
    path: String,
    what: String,
    number: String,
    lead: String,
    error: String,
}

async fn of(portal: &Portal, whole: &WholeApplication) -> Result<Option<Offer>, PageError> {
    let (id, session) = (whole.application.id, whole.session.id);
    portal.db.read(async move |tx| store::last_offer(tx, id, session).await).await.map_err(Into::into)
}

/// Whoever was offered nothing, or has answered, is at their application.
fn nothing(visit: &Visit, whole: &WholeApplication) -> Page {
    Page::see_other(&visit.to(&format!("/applications/{}", whole.application.id)))
}

fn page(portal: &Portal, visit: &Visit, whole: &WholeApplication, offer: &Offer, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let path = format!("/applications/{}", whole.application.id);
    let is_open = offer.ended_at.is_none() && visit.now < offer.ends_at;
    let is_wrong = !error.is_empty();
    let page = OfferPage {
        frame: Frame::new(portal, visit, w.t("offer-title")).in_section(Section::Trainings).crumb(w.t("application-title"), &path).here(),
        what: what(viewer, whole),
        number: number(whole),
        lead: if is_open { w.one("offer-lead", "ends", &viewer.instant(offer.ends_at)) } else { w.t("offer-late") },
        path,
        error,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::CONFLICT) } else { page })
}

/// The two buttons; whoever has answered is at their application.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let offer = of(&portal, &whole).await?;
    let Some(offer) = offer.filter(|_| whole.application.is_live() && whole.application.is_waiting()) else {
        return Ok(nothing(&visit, &whole));
    };
    page(&portal, &visit, &whole, &offer, String::new())
}

/// Takes the seat, or declines it.
pub async fn answer(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let Some(offer) = of(&portal, &whole).await? else { return Ok(nothing(&visit, &whole)) };
    let (application, by) = (whole.application.id, visit.actor.label());
    let key = posted.key(&portal, &visit);
    let w = visit.words();
    let error = match posted.get("do") {
        "take" => match portal.db.write(Lane::Public, key, async move |tx, now| offer::take(tx, application, &by, now).await).await? {
            Ok(()) => return Ok(Page::see_other(&visit.to(&format!("/applications/{application}?done=taken")))),
            Err(NotTaken::Unknown) => return Ok(nothing(&visit, &whole)),
            Err(NotTaken::Gone) => w.t("offer-gone"),
            Err(NotTaken::TooLate) => w.t("offer-begun"),
            Err(NotTaken::Cancelled | NotTaken::CalledOff) => w.t("not-moved-cancelled"),
        },
        "decline" => {
            match portal.db.write(Lane::Public, key, async move |tx, now| offer::decline(tx, application, &by, now).await).await? {
                Ok(()) => return Ok(Page::see_other(&visit.to(&format!("/applications/{application}?done=cancelled")))),
                Err(NotCancelled::TooLate) => w.t("not-cancelled-too-late"),
                Err(NotCancelled::Unknown | NotCancelled::Already) => w.t("not-cancelled-already"),
            }
        }
        _ => w.t("offer-choose"),
    };
    page(&portal, &visit, &whole, &offer, error)
}
