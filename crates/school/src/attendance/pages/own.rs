use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Section, Visit};

use crate::attendance::learner::{self, Own};
use crate::attendance::object::{self, Body, NotReceived};
use crate::office::staff_pages;
use crate::trainings::Viewer;
use crate::trainings::pages::mine;
use crate::trainings::store::WholeApplication;

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// Something that was written, and its answer.
struct Said {
    at: String,
    body: String,
    answer: String,
}

#[derive(Template)]
#[template(path = "attendance/pages/own.html")]
struct OwnPage {
    frame: Frame,
    path: String,
    session: String,
    when: String,
    own: Own,
    said: Vec<Said>,
    waits: bool,
    filled: Filled,
}

/// One's own attendance, and the form to write about it.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, Query(done): Query<Done>) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    page(&portal, &visit, &whole, Filled::default(), &done.done).await
}

async fn page(portal: &Portal, visit: &Visit, whole: &WholeApplication, filled: Filled, done: &str) -> Result<Page, PageError> {
    let (w, now) = (visit.words(), visit.now);
    let (session, application) = (whole.session.clone(), whole.application.clone());
    let path = format!("/applications/{}", whole.application.id);
    let own = portal.db.read(async move |tx| learner::own(tx, &session, &application, w, now).await).await?;
    // Before the end, and without a seat, there is nothing yet to see or to write about.
    let Some(own) = own else { return Ok(Page::see_other(&visit.to(&path))) };
    let viewer = Viewer { w, now };
    let is_wrong = !filled.is_fine();
    let said = own
        .objections
        .iter()
        .map(|objection| Said {
            at: staff_pages::long_moment(objection.received_at, visit.lang),
            body: objection.body.clone(),
            answer: objection.answer.clone(),
        })
        .collect();
    let page = Page::html(&OwnPage {
        frame: Frame::new(portal, visit, w.t("attendance-own-title"))
            .in_section(Section::Trainings)
            .crumb(w.t("application-title"), &path)
            .here()
            .done(if done == "received" { w.t("attendance-own-received") } else { String::new() }),
        session: format!("{} {}", viewer.course(&whole.programme, &whole.course, &[]).name, viewer.nth(&whole.session)),
        when: whole.session.when(visit.lang),
        waits: own.waits(),
        own,
        said,
        path,
        filled,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Receives what somebody writes about their attendance.
pub async fn send(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let mut filled = Filled::from_posted(&posted);
    let w = visit.words();
    let Ok(body) = Body::new(posted.get("body")) else {
        filled.wrong("body", w.t("attendance-own-empty"));
        return page(&portal, &visit, &whole, filled, "").await;
    };
    let body = body.into_string();
    let (id, by, key) = (whole.application.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Public, key, async move |tx, now| object::object(tx, id, &body, &by, now).await).await?;
    match outcome {
        Ok(_) => Ok(Page::see_other(&visit.to(&format!("/applications/{id}/attendance?done=received")))),
        Err(NotReceived::Unknown | NotReceived::NotEnded) => Ok(Page::see_other(&visit.to(&format!("/applications/{id}")))),
        Err(NotReceived::Waiting) => {
            filled.wrong("body", w.t("attendance-own-waits"));
            page(&portal, &visit, &whole, filled, "").await
        }
    }
}
