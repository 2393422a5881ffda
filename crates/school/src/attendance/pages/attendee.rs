use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::fold;
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::Ground;
use super::queue::{Row, row};
use crate::attendance::AttendeeId;
use crate::attendance::settle::{self, NotSettled, Whose};
use crate::attendance::store::{self, AttendeeLine, Candidate};
use crate::office::staff_pages::Head;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// Somebody to choose.
struct Person {
    id: String,
    name: String,
    small: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "attendance/pages/attendee.html")]
struct AttendeePage {
    frame: Frame,
    head: Head,
    path: String,
    row: Row,
    stays: i64,
    suggested: Vec<Person>,
    found: Vec<Person>,
    q: String,
    is_open: bool,
    effect: String,
    can_edit: bool,
    error: String,
}

/// One participant: whose it is, or may be.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, attendee)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    page(&portal, &visit, &ground, &attendee, &asked.q, String::new()).await
}

async fn line(portal: &Portal, ground: &Ground, id: &str) -> Result<AttendeeLine, PageError> {
    let id: AttendeeId = id.parse().map_err(|_| PageError::NotFound)?;
    let session = ground.whole.session.id;
    let found = portal.db.read(async move |tx| store::attendee(tx, id).await).await?;
    found.filter(|line| line.session == session).ok_or(PageError::NotFound)
}

async fn page(portal: &Portal, visit: &Visit, ground: &Ground, id: &str, q: &str, error: String) -> Result<Page, PageError> {
    let line = line(portal, ground, id).await?;
    let w = visit.words();
    let q: String = q.trim().chars().take(100).collect();
    let folded = fold(&q);
    let number = folded.rsplit_once('-').map_or(folded.as_str(), |(_, number)| number).parse().ok();
    let (at, like) = (line.id, db::holding(&folded));
    let is_asked = !folded.is_empty();
    let (candidates, found) = portal
        .db
        .read(async move |tx| {
            let candidates = store::candidates_of(tx, at).await?;
            let found = if is_asked { store::find_seats(tx, at, &like, number).await? } else { Vec::new() };
            Ok((candidates, found))
        })
        .await?;
    let (frame, head) = ground.head(portal, visit, w.t("attendance-attendee-title"));
    let person = |candidate: &Candidate| Person {
        id: candidate.application.to_string(),
        name: format!("{} {}", candidate.family, candidate.given),
        small: format!("{}　{}", ground.whole.receipt(candidate.number), candidate.organization),
        chosen: line.application == Some(candidate.application),
    };
    let is_wrong = !error.is_empty();
    let page = AttendeePage {
        path: ground.path(""),
        row: row(visit, ground, &line, &candidates),
        stays: line.stays,
        suggested: candidates.iter().map(person).collect(),
        found: found.iter().filter(|one| candidates.iter().all(|known| known.application != one.application)).map(person).collect(),
        q,
        is_open: line.how.is_empty(),
        effect: w.t(if ground.sheet.is_closed() { "attendance-attendee-closed" } else { "attendance-attendee-open" }),
        can_edit: portal.offers(visit, access::Action::EditAttendance) && line.withdrawn_at.is_none(),
        error,
        frame,
        head,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Decides whose a participant is.
pub async fn settle(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, attendee)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let line = line(&portal, &ground, &attendee).await?;
    if line.withdrawn_at.is_some() {
        return Ok(Page::see_other(&visit.to(&ground.path("/queue"))));
    }
    let whose = match posted.get("do") {
        "stranger" => Whose::Stranger,
        "open" => Whose::Open,
        _ => {
            let Ok(application) = posted.get("application").parse() else {
                let error = visit.words().t("attendance-attendee-choose");
                return page(&portal, &visit, &ground, &attendee, "", error).await;
            };
            Whose::Applicant(application)
        }
    };
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| settle::settle(tx, session, line.id, whose, &by, now).await).await?;
    match outcome {
        Ok(()) => Ok(Page::see_other(&visit.to(&ground.path("/queue?done=settled&n=1")))),
        Err(NotSettled::Unknown) => Err(PageError::NotFound),
        Err(NotSettled::NoSeat) => {
            let error = visit.words().t("attendance-attendee-no-seat");
            page(&portal, &visit, &ground, &attendee, "", error).await
        }
    }
}
