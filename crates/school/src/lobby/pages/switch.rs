use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::meeting::{line, link_error, session};
use crate::lobby::meeting::{Meeting, Moment, Provider, check_link};
use crate::lobby::store;
use crate::lobby::switch::{self as verb, NotSwitched, Other};
use crate::office::staff_pages::{Head, Whole};

#[derive(Template)]
#[template(path = "lobby/pages/switch.html")]
struct SwitchPage {
    frame: Frame,
    head: Head,
    filled: Filled,
    key: String,
    providers: Vec<(&'static str, String)>,
    will: String,
    people: i64,
    was: String,
    button: String,
    refused: String,
}

/// To how many a new meeting would be told, and how it is entered.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (whole, meeting) = session(&portal, &visit, &id).await?;
    let mut filled = Filled::default();
    filled.set("provider", meeting.provider.id());
    page(&portal, &visit, &whole, &meeting, filled, String::new()).await
}

async fn page(portal: &Portal, visit: &Visit, whole: &Whole, meeting: &Meeting, filled: Filled, error: String) -> Result<Page, PageError> {
    let w = visit.words();
    let id = whole.session.id;
    let people = portal.db.read(async move |tx| store::count_seats(tx, id).await).await?;
    let (frame, head) = whole.head(portal, visit, w.t("switch-title"), None);
    let is_over = matches!(meeting.moment(&whole.session, visit.now), Moment::Over | Moment::CalledOff);
    let refused = if error.is_empty() && is_over { w.t("switch-over") } else { error };
    let status = match (refused.is_empty(), filled.is_fine()) {
        (false, _) => StatusCode::CONFLICT,
        (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::OK,
    };
    let page = SwitchPage {
        key: visit.now.uuid().to_string(),
        providers: Provider::ALL.map(|one| (one.id(), w.t(&format!("provider-{}", one.id())))).to_vec(),
        will: w.count("switch-will", people),
        button: w.count("switch-button", people),
        was: meeting.link.clone(),
        people,
        filled,
        refused,
        frame,
        head,
    };
    Ok(Page::html(&page)?.status(status))
}

/// Switches.
pub async fn switch(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, meeting) = session(&portal, &visit, &id).await?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let link = check_link(posted.get("link"));
    if let Err(not) = link {
        filled.wrong("link", w.t(link_error(not)));
    }
    let other = Other {
        provider: posted.get("provider").parse().unwrap_or(Provider::Other),
        link: link.unwrap_or_default(),
        entry: line::<200>(&mut filled, "entry", w),
        dial_in: line::<200>(&mut filled, "dial_in", w),
    };
    if !filled.is_fine() {
        return page(&portal, &visit, &whole, &meeting, filled, String::new()).await;
    }
    let (session, by, key) = (whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| verb::switch(tx, session, &other, &by, now).await).await?;
    let error = match outcome {
        Ok(told) => return Ok(Page::see_other(&visit.to(&whole.path(&format!("/meeting?done=switched&told={told}"))))),
        Err(NotSwitched::Unknown) => return Err(PageError::NotFound),
        Err(NotSwitched::Over) => w.t("switch-over"),
        Err(NotSwitched::Same) => {
            filled.wrong("link", w.t("switch-same"));
            String::new()
        }
    };
    page(&portal, &visit, &whole, &meeting, filled, error).await
}
