use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::long_moment;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::{PATH, frame_below, operator, place_of_request, role_word};
use crate::accounts::find;
use crate::accounts::roles::decide::{Decision, NotDecided, decide as decide_request};
use crate::accounts::roles::store::{self, RequestId};

#[derive(Template)]
#[template(path = "accounts/roles/pages/request.html")]
struct RequestPage {
    frame: Frame,
    action: String,
    email: String,
    role: String,
    place: String,
    asked_by: String,
    asked_at: String,
    exception: String,
    will: String,
    is_own: bool,
    can_refuse: bool,
    key: String,
    error: String,
    path: &'static str,
}

/// What was asked for, for the second person.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    page(&portal, &visit, &id, "").await
}

async fn page(portal: &Portal, visit: &Visit, id: &str, error: &str) -> Result<Page, PageError> {
    let me = operator(visit)?;
    let id: RequestId = id.parse().map_err(|_| PageError::NotFound)?;
    let found = portal.db.read(async move |tx| {
        let Some(request) = store::request(tx, id).await? else { return Ok(None) };
        let by = find(tx, request.asked_by).await?;
        Ok(Some((request, by)))
    });
    let (request, by) = found.await?.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let page = Page::html(&RequestPage {
        frame: frame_below(portal, visit, w.t("roles-request-title")).here(),
        action: visit.to(&format!("{PATH}/requests/{id}")),
        email: request.email.to_string(),
        role: role_word(request.role.0, w),
        place: place_of_request(&request, w),
        asked_by: by.map_or_else(|| w.t("office-who-account"), |by| by.email.to_string()),
        asked_at: long_moment(request.asked_at, w.lang),
        exception: request.exception.clone(),
        will: w.one("roles-will-mail", "address", request.email.as_str()),
        is_own: request.asked_by == me || request.account == me,
        can_refuse: request.account != me,
        key: visit.now.uuid().to_string(),
        error: if error.is_empty() { String::new() } else { w.t(error) },
        path: PATH,
    })?;
    Ok(if error.is_empty() { page } else { page.status(StatusCode::CONFLICT) })
}

/// Approves or refuses.
pub(super) async fn decide(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let me = operator(&visit)?;
    let request: RequestId = id.parse().map_err(|_| PageError::NotFound)?;
    let all = [Decision::Approved, Decision::Refused];
    let decision = all.into_iter().find(|decision| decision.id() == posted.get("decision"));
    let decision = decision.ok_or(PageError::Refused(web::Problem::Unreadable))?;
    let key = posted.key(&portal, &visit);
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| decide_request(tx, request, decision, me, now).await).await?;
    match outcome {
        Ok(account) => Ok(Page::see_other(&visit.to(&format!("{PATH}/{account}?done={}", decision.id())))),
        Err(NotDecided::SecondPerson) => page(&portal, &visit, &id, "roles-request-second").await,
        Err(NotDecided::Gone | NotDecided::Overtaken) => Ok(Page::see_other(&visit.to(PATH))),
    }
}
