use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::PersonKey;
use people::accounts::Asks;
use people::organizations;
use serde::Deserialize;
use web::{Filled, Frame, Held, Keys, Page, PageError, Portal, Posted, Section, Visit, Words};

use super::sight::Sight;
use super::viewing::refusal_key;
use crate::lobby::store;
use crate::lobby::viewing::{NotTogether, Seated, Sitter, Viewing, sit_down as verb, typed_code};
use crate::trainings::application::ApplicationId;
use crate::trainings::form::check_person;
use crate::trainings::store as trainings;

#[derive(Template)]
#[template(path = "lobby/pages/together.html")]
struct TogetherPage {
    frame: Frame,
    sight: Sight,
    path: String,
    place: String,
    filled: Filled,
    jobs: &'static [organizations::Job],
    key: String,
    refused: String,
    is_done: bool,
}

#[derive(Template)]
#[template(path = "lobby/pages/code.html")]
struct CodePage {
    frame: Frame,
    code: String,
    error: String,
}

/// A code that was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    code: String,
}

/// What mails are counted as that tell somebody that they were seated: for each person, since several share an address.
const ASKS: &str = "seated";

/// What somebody said about themselves.
pub(super) enum Sitting {
    /// In order.
    Fine(Sitter),
    /// To be mended.
    Wrong(Filled),
}

/// Checks what somebody said about themselves; without an address of their own they are known by that of the host.
pub(super) fn check(posted: &Posted, keys: &Keys, w: Words, host: &str) -> Sitting {
    let mut filled = Filled::from_posted(posted);
    let has_mail = posted.has("email");
    if !has_mail {
        filled.set("email", host);
    }
    let person = check_person(&mut filled, w);
    if !has_mail {
        filled.set("email", "");
    }
    let job = organizations::job(filled.value("job")).map_or_else(String::new, |job| job.id.clone());
    match person {
        Some(person) if filled.is_fine() => {
            let asks = Asks::of_whom(keys, ASKS, PersonKey::of(&person.email, &person.name).as_str());
            Sitting::Fine(Sitter { person, has_mail, job, lang: w.lang, asks })
        }
        _ => Sitting::Wrong(filled),
    }
}

/// The code of the screen is typed here, where no camera reads it.
pub async fn code(State(portal): State<Portal>, visit: Visit, Query(typed): Query<Typed>) -> Result<Page, PageError> {
    let w = visit.words();
    let code = typed_code(&typed.code);
    let error = if code.is_empty() {
        String::new()
    } else {
        let wanted = code.clone();
        let found = portal.db.read(async move |tx| store::viewing_by_code(tx, &wanted).await).await?;
        if found.is_some() {
            return Ok(Page::see_other(&visit.to(&format!("/together/{code}"))));
        }
        w.t("together-no-code")
    };
    let is_wrong = !error.is_empty();
    let frame = Frame::new(&portal, &visit, w.t("together-word")).in_section(Section::Trainings).here();
    let page = Page::html(&CodePage { frame, code: kernel::one_line(&typed.code).chars().take(40).collect(), error })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// The form of those who sit before the screen.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(code): Path<String>) -> Result<Page, PageError> {
    page(&portal, &visit, &code, Filled::default(), None, false).await.map(|(page, _)| page)
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    code: &str,
    filled: Filled,
    refusal: Option<NotTogether>,
    is_done: bool,
) -> Result<(Page, Viewing), PageError> {
    let wanted = typed_code(code);
    let found = portal
        .db
        .read(async move |tx| {
            let Some(viewing) = store::viewing_by_code(tx, &wanted).await? else { return Ok(None) };
            let Some(host) = trainings::whole_application(tx, viewing.host).await? else { return Ok(None) };
            let meeting = store::meeting(tx, viewing.session).await?;
            Ok(Some((viewing, host, meeting)))
        })
        .await?;
    let (viewing, host, meeting) = found.ok_or(PageError::NotFound)?;
    let w = visit.words();
    let hours = meeting.hours(&host.session).filter(|_| host.session.cancelled_at.is_none());
    let closed = match hours {
        _ if viewing.ended_at.is_some() => Some(NotTogether::Over),
        Some(hours) if visit.now < hours.opens => Some(NotTogether::Early),
        Some(hours) if hours.takes_presence(visit.now) => None,
        _ => Some(NotTogether::Over),
    };
    let refused = refusal.or(closed).map_or_else(String::new, |refusal| w.t(refusal_key(refusal)));
    let status = match (refused.is_empty(), filled.is_fine()) {
        (false, _) => StatusCode::CONFLICT,
        (true, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::OK,
    };
    let page = TogetherPage {
        frame: Frame::new(portal, visit, w.t("together-word")).in_section(Section::Trainings).here(),
        sight: Sight::of(portal, w, visit.now, (&host.programme, &host.course, &host.session), &meeting),
        path: format!("/together/{}", viewing.code),
        place: host.application.organization_name.clone(),
        jobs: organizations::jobs(),
        key: visit.now.uuid().to_string(),
        filled,
        refused,
        is_done,
    };
    Ok((Page::html(&page)?.status(status), viewing))
}

/// Sits down. Whoever is new gets a record and a page of their own; whoever had applied keeps that record, and hears by mail.
pub async fn sit_down(State(portal): State<Portal>, visit: Visit, Path(code): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let wanted = typed_code(&code);
    let found = portal
        .db
        .read(async move |tx| {
            let Some(viewing) = store::viewing_by_code(tx, &wanted).await? else { return Ok(None) };
            Ok(trainings::whole_application(tx, viewing.host).await?.map(|host| (viewing, host.person.email)))
        })
        .await?;
    let (viewing, host) = found.ok_or(PageError::NotFound)?;
    let sitter = match check(&posted, &portal.keys, visit.words(), &host) {
        Sitting::Fine(sitter) => sitter,
        Sitting::Wrong(filled) => return Ok(page(&portal, &visit, &code, filled, None, false).await?.0),
    };
    let (id, key) = (viewing.id, posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Public, key, async move |tx, now| verb(tx, id, &sitter, now).await).await?;
    match outcome {
        Ok(Seated::New(application)) => Ok(opened(&portal, &visit, application, id)),
        Ok(Seated::Earlier) => Ok(page(&portal, &visit, &code, Filled::default(), None, true).await?.0),
        Err(refusal) => Ok(page(&portal, &visit, &code, Filled::from_posted(&posted), Some(refusal), false).await?.0),
    }
}

fn opened(portal: &Portal, visit: &Visit, application: ApplicationId, viewing: crate::lobby::viewing::ViewingId) -> Page {
    crate::trainings::hold(portal, visit, application, Held::TYPED, &format!("/applications/{application}/joined?d={viewing}"))
}
