use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::Text;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::super::super::caption::{self, Below};
use super::super::super::captions::Captions;
use super::super::super::describe::{self, Details};
use super::super::super::recording::{Film, Recording};
use super::super::super::{chapters, questions, store};
use crate::office::staff_pages::{self, Head, Whole};

#[derive(Template)]
#[template(path = "archive/pages/staff/captions.html")]
struct CaptionsPage {
    frame: Frame,
    head: Head,
    filled: Filled,
}

#[derive(Template)]
#[template(path = "archive/pages/staff/details.html")]
struct DetailsPage {
    frame: Frame,
    head: Head,
    filled: Filled,
}

async fn recording(portal: &Portal, whole: &Whole) -> Result<Option<Recording>, PageError> {
    let session = whole.session.id;
    Ok(portal.db.read(async move |tx| store::recording(tx, session).await).await?)
}

/// The captions, to be sent as a file or typed.
pub async fn captions_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let mut filled = Filled::default();
    if let Some(recording) = recording(&portal, &whole).await? {
        filled.set("captions", recording.captions);
        filled.set("without", recording.no_captions);
    }
    captions_page(&portal, &visit, &whole, filled)
}

fn captions_page(portal: &Portal, visit: &Visit, whole: &Whole, filled: Filled) -> Result<Page, PageError> {
    let is_wrong = !filled.is_fine();
    let (frame, head) = whole.head(portal, visit, visit.words().t("captions-title"), None);
    let page = Page::html(&CaptionsPage { frame, head, filled })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Takes captions, or why there are none.
pub async fn captions(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let sent = posted.file("file").map(|file| String::from_utf8(file.bytes.to_vec()));
    let typed = match sent {
        Some(Ok(text)) => text,
        Some(Err(_)) => {
            filled.wrong("captions", w.t("captions-no-utf8"));
            return captions_page(&portal, &visit, &whole, filled);
        }
        None => posted.get("captions").to_owned(),
    };
    filled.set("captions", typed.clone());
    let below = match (typed.trim().is_empty(), Text::<200>::new(posted.get("without"))) {
        (true, Ok(why)) => Below::Nothing(why.into_string()),
        (true, Err(_)) => {
            filled.wrong("captions", w.t("captions-nothing"));
            return captions_page(&portal, &visit, &whole, filled);
        }
        (false, _) => match Captions::parse(&typed) {
            Ok(captions) => Below::Captions(captions),
            Err(not) => {
                filled.wrong("captions", w.one(not.key(), "line", &not.line()));
                return captions_page(&portal, &visit, &whole, filled);
            }
        },
    };
    let (session, by, key) = (whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    portal.db.write(Lane::Staff, key, async move |tx, now| caption::caption(tx, session, &below, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&whole.path("/archive?done=captions"))))
}

/// Chapters, questions, and how much has to be seen.
pub async fn details_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let mut filled = Filled::default();
    filled.set("threshold", "80");
    if let Some(recording) = recording(&portal, &whole).await? {
        filled.set("chapters", recording.chapters);
        filled.set("questions", recording.questions);
        filled.set("threshold", recording.threshold.to_string());
    }
    details_page(&portal, &visit, &whole, filled)
}

fn details_page(portal: &Portal, visit: &Visit, whole: &Whole, filled: Filled) -> Result<Page, PageError> {
    let is_wrong = !filled.is_fine();
    let (frame, head) = whole.head(portal, visit, visit.words().t("details-title"), None);
    let page = Page::html(&DetailsPage { frame, head, filled })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Takes them.
pub async fn details(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let film = recording(&portal, &whole).await?.as_ref().and_then(Recording::film).map(|film: Film| film.seconds);
    let lines = |text: &str| text.replace("\r\n", "\n").chars().take(20_000).collect::<String>();
    let (chapters, questions) = (lines(posted.get("chapters")), lines(posted.get("questions")));
    if let Err(not) = chapters::parse(&chapters, film) {
        filled.wrong("chapters", w.one(not.key(), "line", &not.line()));
    }
    if let Err(not) = questions::parse(&questions) {
        filled.wrong("questions", w.one(not.key(), "n", &not.number()));
    }
    let threshold = kernel::fold(posted.get("threshold")).trim_end_matches('%').parse::<i64>().ok().filter(|n| (1..=100).contains(n));
    let Some(threshold) = threshold.filter(|_| filled.is_fine()) else {
        if threshold.is_none() {
            filled.wrong("threshold", w.t("details-threshold-wrong"));
        }
        return details_page(&portal, &visit, &whole, filled);
    };
    let details = Details { chapters, questions, threshold };
    let (session, by, key) = (whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    portal.db.write(Lane::Staff, key, async move |tx, now| describe::describe(tx, session, &details, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&whole.path("/archive?done=details"))))
}
