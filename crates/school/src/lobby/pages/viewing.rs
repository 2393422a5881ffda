use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use people::organizations;
use web::{Filled, Frame, Keys, Page, PageError, Portal, Posted, Proof, Visit, Words, qr_svg};

use super::joining::whole;
use super::sight::Own;
use super::together::{Sitting, check};
use crate::lobby::meeting::Meeting;
use crate::lobby::seat;
use crate::lobby::store;
use crate::lobby::viewing::{NotTogether, Seated, Viewing, code_of, end, open, sit_down, stand_up};
use crate::trainings::application::{ApplicationId, receipt_number};
use crate::trainings::links::shown;
use crate::trainings::store::WholeApplication;

/// Somebody before the screen.
struct Row {
    id: String,
    name: String,
    number: String,
    job: String,
    answered: bool,
    removable: bool,
    by_mail: bool,
    qr: String,
}

#[derive(Template)]
#[template(path = "lobby/pages/viewing.html")]
struct ViewingPage {
    frame: Frame,
    own: Own,
    key: String,
    code: String,
    address: String,
    qr: String,
    proof: String,
    rows: Vec<Row>,
    count: String,
    filled: Filled,
    jobs: &'static [organizations::Job],
    said: String,
    is_open: bool,
    can_open: bool,
    closed: String,
    has_ended: bool,
    asks: bool,
}

#[derive(Template)]
#[template(path = "lobby/pages/slips.html")]
struct SlipsPage {
    frame: Frame,
    own: Own,
    rows: Vec<Row>,
}

/// The screen before which many sit, or the button that opens it.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (whole, meeting) = whole(&portal, &visit, &id).await?;
    page(&portal, &visit, &whole, &meeting, Filled::default(), String::new()).await
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    whole: &WholeApplication,
    meeting: &Meeting,
    filled: Filled,
    said: String,
) -> Result<Page, PageError> {
    let w = visit.words();
    let (viewing, rows) = viewing_of(portal, visit, whole).await?;
    let own = Own::of(portal, visit, whole, meeting);
    let hours = meeting.hours(&whole.session).filter(|_| whole.session.cancelled_at.is_none());
    let has_seat = whole.application.is_live() && !whole.application.is_waiting();
    let is_open = viewing.as_ref().is_some_and(|viewing| viewing.ended_at.is_none());
    let can_open = has_seat && hours.is_some_and(|hours| hours.takes_presence(visit.now));
    let closed = match hours {
        _ if !has_seat => w.t("together-no-seat"),
        Some(hours) if visit.now < hours.opens => w.one("together-early", "at", &own.sight.opens),
        Some(hours) if hours.takes_presence(visit.now) => String::new(),
        _ => w.t("together-over"),
    };
    let code = viewing.as_ref().filter(|_| is_open).map_or_else(String::new, |viewing| viewing.code.clone());
    let address = portal.url(visit.lang, &format!("/together/{code}"));
    let is_wrong = !filled.is_fine();
    let page = ViewingPage {
        frame: own.frame(portal, visit, w.t("together-word")),
        key: visit.now.uuid().to_string(),
        qr: if is_open { qr_svg(&address) } else { String::new() },
        proof: viewing.as_ref().map_or_else(String::new, |viewing| seat::screen(&portal.keys, viewing.id)),
        count: w.count("together-count", rows.len()),
        jobs: organizations::jobs(),
        has_ended: viewing.is_some() && !is_open,
        asks: !meeting.checks.0.is_empty(),
        said,
        code,
        address,
        rows,
        filled,
        is_open,
        can_open,
        closed,
        own,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

async fn viewing_of(portal: &Portal, visit: &Visit, whole: &WholeApplication) -> Result<(Option<Viewing>, Vec<Row>), PageError> {
    let host = whole.application.id;
    let (viewing, viewers) = portal
        .db
        .read(async move |tx| {
            let open = store::viewing_of(tx, host).await?;
            let viewing = if open.is_some() { open } else { store::latest_viewing_of(tx, host).await? };
            let viewers = match &viewing {
                Some(viewing) => store::viewers(tx, viewing.id).await?,
                None => Vec::new(),
            };
            Ok((viewing, viewers))
        })
        .await?;
    let rows = viewers.iter().map(|viewer| row(portal, visit.words(), whole, viewer)).collect();
    Ok((viewing, rows))
}

fn row(portal: &Portal, w: Words, whole: &WholeApplication, viewer: &store::Viewer) -> Row {
    // Whoever had an application before, or gave an address, has the link of their own; the host never sees it.
    let shows_link = !viewer.is_own && !viewer.by_mail;
    // Whoever sits at the screen has typed the name, and has proved nothing of whose it is.
    let link = shown(&portal.keys, viewer.application, viewer.generation, Proof::Typed);
    Row {
        id: viewer.application.to_string(),
        name: format!("{} {}", viewer.family, viewer.given),
        number: receipt_number(whole.programme.year, whole.course.slug, whole.session.number, viewer.number),
        job: organizations::job(&viewer.job).map_or_else(String::new, |job| job.name(w.lang).to_owned()),
        answered: viewer.checked_at.is_some(),
        removable: !viewer.is_own || viewer.has_waited,
        by_mail: viewer.by_mail || viewer.is_own,
        qr: if shows_link { qr_svg(&portal.url(w.lang, &link)) } else { String::new() },
    }
}

/// Opens the screen, lists somebody, takes them away, or ends it.
pub async fn change(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, meeting) = whole(&portal, &visit, &id).await?;
    let w = visit.words();
    let host = whole.application.id;
    let back = Page::see_other(&visit.to(&format!("/applications/{host}/viewing")));
    let outcome = match posted.get("do") {
        "open" => {
            let code = code_of(&Keys::random());
            portal.db.write(Lane::Public, None, async move |tx, now| open(tx, host, &code, now).await).await?.map(|_| ())
        }
        "remove" => {
            if let Ok(application) = posted.get("application").parse::<ApplicationId>() {
                portal.db.write(Lane::Public, None, async move |tx, now| stand_up(tx, host, application, now).await).await?;
            }
            Ok(())
        }
        "end" => {
            portal.db.write(Lane::Public, None, async move |tx, now| end(tx, host, now).await).await?;
            Ok(())
        }
        _ => return add(&portal, &visit, &whole, &meeting, &posted).await,
    };
    match outcome {
        Ok(()) => Ok(back),
        Err(refusal) => {
            let said = w.t(refusal_key(refusal));
            Ok(page(&portal, &visit, &whole, &meeting, Filled::default(), said).await?.status(StatusCode::CONFLICT))
        }
    }
}

/// The key of the words for a refusal.
pub(super) const fn refusal_key(refusal: NotTogether) -> &'static str {
    match refusal {
        NotTogether::Unknown => "together-no-seat",
        NotTogether::Early => "together-not-yet",
        NotTogether::Over => "together-over",
        NotTogether::Full => "together-full",
    }
}

async fn add(portal: &Portal, visit: &Visit, whole: &WholeApplication, meeting: &Meeting, posted: &Posted) -> Result<Page, PageError> {
    let w = visit.words();
    let host = whole.application.id;
    let open = portal.db.read(async move |tx| store::viewing_of(tx, host).await).await?;
    let Some(viewing) = open else {
        let said = w.t("together-over");
        return Ok(page(portal, visit, whole, meeting, Filled::from_posted(posted), said).await?.status(StatusCode::CONFLICT));
    };
    let sitter = match check(posted, &portal.keys, w, &whole.person.email) {
        Sitting::Fine(sitter) => sitter,
        Sitting::Wrong(filled) => return page(portal, visit, whole, meeting, filled, String::new()).await,
    };
    let key = posted.key(portal, visit);
    let outcome = portal.db.write(Lane::Public, key, async move |tx, now| sit_down(tx, viewing.id, &sitter, now).await).await?;
    match outcome {
        Ok(Seated::New(_) | Seated::Earlier) => Ok(Page::see_other(&visit.to(&format!("/applications/{host}/viewing")))),
        Err(refusal) => {
            let said = w.t(refusal_key(refusal));
            Ok(page(portal, visit, whole, meeting, Filled::from_posted(posted), said).await?.status(StatusCode::CONFLICT))
        }
    }
}

/// A slip for each who has no address of their own, to be cut out: name, number, and the link as a picture.
pub async fn slips(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (whole, meeting) = whole(&portal, &visit, &id).await?;
    let (_, mut rows) = viewing_of(&portal, &visit, &whole).await?;
    rows.retain(|row| !row.qr.is_empty());
    let own = Own::of(&portal, &visit, &whole, &meeting);
    Page::html(&SlipsPage { frame: own.frame(&portal, &visit, visit.words().t("together-slips")), own, rows })
}
