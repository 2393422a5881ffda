use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Pager, Portal, Posted, Visit, paging};

use super::ROWS;
use crate::attendance::answer::{self as answering, NotAnswered};
use crate::attendance::learner::{self, Own};
use crate::attendance::mail::answer_preview;
use crate::attendance::object::Body;
use crate::attendance::store::{self, Objection};
use crate::attendance::verdict::Mark;
use crate::attendance::{ObjectionId, words};
use crate::office::staff_pages;
use crate::trainings::application::receipt_number;
use crate::trainings::store::{WholeApplication, whole_application};

const PATH: &str = "/staff/attendance/objections";

/// What the address of the list asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    after: String,
    done: String,
}

/// A row of the list.
struct Row {
    path: String,
    name: String,
    number: String,
    workplace: String,
    session: String,
    at: String,
    said: String,
}

#[derive(Template)]
#[template(path = "attendance/pages/objections.html")]
struct ListPage {
    frame: Frame,
    chips: Vec<(String, String, i64, bool)>,
    rows: Vec<Row>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "attendance/pages/objection.html")]
struct ObjectionPage {
    frame: Frame,
    path: String,
    name: String,
    number: String,
    workplace: String,
    session: String,
    session_path: String,
    applicant_path: String,
    received: String,
    body: String,
    lang: &'static str,
    own: Option<Own>,
    answered: String,
    answer: String,
    decided: String,
    can_edit: bool,
    filled: Filled,
    preview: Option<(String, String)>,
    mark_words: String,
}

/// What people wrote about their attendance: first those that wait.
pub async fn list(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let is_waiting = asked.state != "answered";
    let after = paging::read_place(&asked.after);
    let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
    let (mut found, counts) = portal
        .db
        .read(async move |tx| Ok((store::objections(tx, is_waiting, after, limit).await?, store::count_objections(tx).await?)))
        .await?;
    let w = visit.words();
    let next = paging::cut(&mut found, ROWS).map_or_else(String::new, |last| {
        let at = if is_waiting { last.received_at } else { last.answered_at.unwrap_or(last.received_at) };
        let state = if is_waiting { "" } else { "state=answered&" };
        format!("{}?{state}after={}", visit.to(PATH), paging::place(at, last.id))
    });
    let page = ListPage {
        chips: vec![
            (PATH.to_owned(), w.t("attendance-objections-waiting"), counts.0, is_waiting),
            (format!("{PATH}?state=answered"), w.t("attendance-objections-answered"), counts.1, !is_waiting),
        ],
        rows: found.iter().map(|objection| row(&visit, objection)).collect(),
        pager: Pager {
            previous: if asked.after.is_empty() { String::new() } else { visit.to(PATH) },
            next,
            shown: w.count("attendance-objections-shown", if is_waiting { counts.0 } else { counts.1 }),
        },
        frame: staff_pages::frame(&portal, &visit, w.t("attendance-objections-title")).here().done(if asked.done == "answered" {
            w.t("attendance-done-answered")
        } else {
            String::new()
        }),
    };
    Page::html(&page)
}

fn session_name(visit: &Visit, objection: &Objection) -> String {
    let w = visit.words();
    let nth = crate::trainings::nth(w, objection.session_number, objection.extra);
    format!("{} {} {nth}", objection.year.label(visit.lang), objection.audience.prose().short(visit.lang))
}

fn row(visit: &Visit, objection: &Objection) -> Row {
    let said: String = kernel::one_line(&objection.body).chars().take(60).collect();
    Row {
        path: format!("{PATH}/{}", objection.id),
        name: objection.name(),
        number: receipt_number(objection.year, objection.audience, objection.session_number, objection.number),
        workplace: objection.organization.clone(),
        session: session_name(visit, objection),
        at: staff_pages::numeric_moment(objection.received_at),
        said,
    }
}

/// What somebody wrote, with the record that it is about.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    page(&portal, &visit, &id, Filled::default(), false).await
}

async fn found(portal: &Portal, visit: &Visit, id: &str) -> Result<(Objection, WholeApplication, Option<Own>), PageError> {
    staff_pages::reaches(visit)?;
    let id: ObjectionId = id.parse().map_err(|_| PageError::NotFound)?;
    let (w, now) = (visit.words(), visit.now);
    let found = portal
        .db
        .read(async move |tx| {
            let Some(objection) = store::objection(tx, id).await? else { return Ok(None) };
            let Some(whole) = whole_application(tx, objection.application).await? else { return Ok(None) };
            let own = learner::own(tx, &whole.session, &whole.application, w, now).await?;
            Ok(Some((objection, whole, own)))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

async fn page(portal: &Portal, visit: &Visit, id: &str, filled: Filled, previews: bool) -> Result<Page, PageError> {
    let (mut objection, whole, own) = found(portal, visit, id).await?;
    let w = visit.words();
    let mark = Mark::of(filled.value("mark"));
    let preview = if previews {
        let shown = objection.clone();
        let shown = Objection { answer: filled.value("answer").to_owned(), mark, ..shown };
        Some(answer_preview(portal, &whole, &shown, own.clone()).map_err(|_| PageError::Bug("an answer could not be shown"))?)
    } else {
        None
    };
    let is_wrong = !filled.is_fine();
    let line = row(visit, &objection);
    let answered = objection.answered_at.map_or_else(String::new, |at| staff_pages::long_moment(at, visit.lang));
    let page = Page::html(&ObjectionPage {
        frame: staff_pages::frame(portal, visit, w.t("attendance-objection-title"))
            .crumb(w.t("attendance-objections-title"), PATH)
            .crumb(line.name.clone(), ""),
        path: format!("{PATH}/{}", objection.id),
        name: line.name,
        number: line.number,
        workplace: line.workplace,
        session: line.session,
        session_path: format!("/staff/sessions/{}/attendance", objection.session),
        applicant_path: format!("/staff/applicants/{}", objection.application),
        received: staff_pages::long_moment(objection.received_at, visit.lang),
        lang: objection.lang.code(),
        decided: objection.mark.map_or_else(String::new, |mark| words::mark(w, mark)),
        can_edit: answered.is_empty() && portal.offers(visit, access::Action::EditAttendance),
        mark_words: mark.map_or_else(
            || w.t("attendance-answer-then-nothing"),
            |mark| w.one("attendance-answer-then-mark", "word", &words::mark(w, mark)),
        ),
        body: std::mem::take(&mut objection.body),
        answer: std::mem::take(&mut objection.answer),
        own,
        answered,
        filled,
        preview,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Shows the answer as it will arrive, and sends it.
pub async fn answer(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (objection, ..) = found(&portal, &visit, &id).await?;
    let mut filled = Filled::from_posted(&posted);
    let w = visit.words();
    let Ok(text) = Body::new(posted.get("answer")) else {
        filled.wrong("answer", w.t("attendance-answer-empty"));
        return page(&portal, &visit, &id, filled, false).await;
    };
    match posted.get("do") {
        "send" => {}
        "change" => return page(&portal, &visit, &id, filled, false).await,
        _ => return page(&portal, &visit, &id, filled, true).await,
    }
    let mark = Mark::of(posted.get("mark"));
    let (by, key, text) = (visit.actor.label(), posted.key(&portal, &visit), text.into_string());
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| answering::answer(tx, objection.id, &text, mark, &by, now).await).await?;
    match outcome {
        Ok(()) | Err(NotAnswered::Already) => Ok(Page::see_other(&visit.to(&format!("{PATH}?done=answered")))),
        Err(NotAnswered::Unknown) => Err(PageError::NotFound),
    }
}
