use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{NotText, Text};
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::super::super::publish::{self as verb, NotPublished};
use super::super::super::recording::is_open;
use super::super::super::store;
use crate::office::staff_pages::{self, Head, Whole};

#[derive(Template)]
#[template(path = "archive/pages/staff/publication.html")]
struct PublicationPage {
    frame: Frame,
    head: Head,
    will: Vec<String>,
    refused: String,
    mend: (String, String),
}

#[derive(Template)]
#[template(path = "archive/pages/staff/withdrawal.html")]
struct WithdrawalPage {
    frame: Frame,
    head: Head,
    reason: String,
    error: String,
    refused: String,
}

/// What publishing would do, to how many.
pub async fn publication_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    page(&portal, &visit, &whole, None).await
}

async fn page(portal: &Portal, visit: &Visit, whole: &Whole, refusal: Option<NotPublished>) -> Result<Page, PageError> {
    let (session, audience) = (whole.session.id, whole.course.slug);
    let (recording, told, wishes) = portal
        .db
        .read(async move |tx| {
            let recording = store::recording(tx, session).await?;
            Ok((recording, store::count_to_tell(tx, session).await?, store::count_wishes(tx, audience).await?))
        })
        .await?;
    let w = visit.words();
    let refusal = refusal.or_else(|| verb::refuses(recording.as_ref()));
    let archive = whole.programme.archive(whole.course.archive_opens_at);
    let mut will = vec![match archive {
        _ if is_open(archive, visit.now) => w.t("publish-now"),
        Some((opens, _)) => w.one("publish-at", "at", &kernel::lasts_from(opens, visit.lang)),
        None => w.t("publish-later"),
    }];
    will.push(w.count("publish-told", told));
    if wishes > 0 {
        will.push(w.count("publish-wishes", wishes));
    }
    let (frame, head) = whole.head(portal, visit, w.t("publish-title"), None);
    let mend = match refusal {
        Some(NotPublished::NoCaptions) => (whole.path("/archive/captions"), w.t("captions-title")),
        _ => (whole.path("/archive"), w.t("archive-back")),
    };
    let page = PublicationPage { frame, head, will, refused: refusal.map_or_else(String::new, |refusal| w.t(key(refusal))), mend };
    let page = Page::html(&page)?;
    Ok(if refusal.is_some() { page.status(StatusCode::CONFLICT) } else { page })
}

const fn key(refusal: NotPublished) -> &'static str {
    match refusal {
        NotPublished::Unknown | NotPublished::NoFilm => "publish-no-film",
        NotPublished::NoCaptions => "publish-no-captions",
        NotPublished::Already => "publish-already",
        NotPublished::NotPublic => "publish-not-public",
    }
}

/// Publishes.
pub async fn publish(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let (session, by, key) = (whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    match portal.db.write(Lane::Staff, key, async move |tx, now| verb::publish(tx, session, &by, now).await).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&whole.path("/archive?done=published")))),
        Err(refusal) => page(&portal, &visit, &whole, Some(refusal)).await,
    }
}

/// What taking it back would do.
pub async fn withdrawal_form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    withdrawal_page(&portal, &visit, &whole, "", String::new()).await
}

async fn withdrawal_page(portal: &Portal, visit: &Visit, whole: &Whole, reason: &str, error: String) -> Result<Page, PageError> {
    let session = whole.session.id;
    let recording = portal.db.read(async move |tx| store::recording(tx, session).await).await?;
    let w = visit.words();
    let is_public = recording.is_some_and(|recording| recording.is_published());
    let refused = if is_public { String::new() } else { w.t("publish-not-public") };
    let status = match (is_public, error.is_empty()) {
        (false, _) => StatusCode::CONFLICT,
        (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::OK,
    };
    let (frame, head) = whole.head(portal, visit, w.t("withdraw-title"), None);
    Ok(Page::html(&WithdrawalPage { frame, head, reason: reason.to_owned(), error, refused })?.status(status))
}

/// Takes it back.
pub async fn withdraw(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let why = match Text::<200>::new(posted.get("reason")) {
        Ok(why) => why.into_string(),
        Err(NotText::Empty) => return withdrawal_page(&portal, &visit, &whole, "", w.t("withdraw-reason-empty")).await,
        Err(NotText::TooLong { length, .. }) => {
            return withdrawal_page(&portal, &visit, &whole, posted.get("reason"), w.one("withdraw-reason-long", "n", &length)).await;
        }
    };
    let (session, by, key) = (whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    match portal.db.write(Lane::Staff, key, async move |tx, now| verb::withdraw(tx, session, &why, &by, now).await).await? {
        Ok(()) => Ok(Page::see_other(&visit.to(&whole.path("/archive?done=withdrawn")))),
        Err(_) => withdrawal_page(&portal, &visit, &whole, "", String::new()).await,
    }
}
