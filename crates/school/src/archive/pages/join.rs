use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use people::organizations;
use web::{Filled, Frame, Held, Page, PageError, Portal, Posted, Section, Visit};

use super::super::join::{self as verb, Joined, NotJoined};
use super::{Place, place};
use crate::trainings::Viewer;
use crate::trainings::pages::{form as typed, hold};
use crate::trainings::session_path;

#[derive(Template)]
#[template(path = "archive/pages/join.html")]
struct JoinPage {
    frame: Frame,
    path: String,
    when: String,
    filled: Filled,
    /// What to choose the workplace from, if the list may know it.
    found: String,
    key: String,
    refused: String,
    earlier: bool,
    kinds: &'static [organizations::Kind],
    prefectures: &'static [organizations::Prefecture],
    jobs: &'static [organizations::Job],
}

/// The form of whoever wants to attend by the recording alone: one page, no account.
pub async fn form(State(portal): State<Portal>, visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let place = place(&portal, &path).await?;
    page(&portal, &visit, &place, Filled::default(), String::new(), false)
}

fn page(portal: &Portal, visit: &Visit, place: &Place, filled: Filled, found: String, earlier: bool) -> Result<Page, PageError> {
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let view = viewer.course(&place.programme, &place.course, std::slice::from_ref(&place.session));
    let (is_wrong, is_open) = (!filled.is_fine(), place.open(visit.now).is_some());
    let page = JoinPage {
        frame: Frame::new(portal, visit, w.one("archive-join-title", "nth", &viewer.nth(&place.session)))
            .in_section(Section::Trainings)
            .crumb(w.t("trainings-title"), "/trainings")
            .crumb(view.name.clone(), &view.path)
            .crumb(w.one("archive-title", "nth", &viewer.nth(&place.session)), &place.path())
            .here(),
        path: place.path(),
        when: format!("{} {}", view.name, place.session.when(visit.lang)),
        filled,
        found,
        key: visit.now.uuid().to_string(),
        refused: if is_open { String::new() } else { w.t("archive-in-preparation") },
        earlier,
        kinds: organizations::kinds(),
        prefectures: organizations::prefectures(),
        jobs: organizations::jobs(),
    };
    let page = Page::html(&page)?;
    Ok(match (is_open, is_wrong) {
        (false, _) => page.status(StatusCode::CONFLICT),
        (true, true) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
        (true, false) => page,
    })
}

/// Applies for the recording, and goes on to it.
pub async fn join(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = place(&portal, &path).await?;
    let found = typed::workplaces(&portal, &posted).await?;
    let choices = found.choices(&posted, visit.words())?;
    let checked = match typed::check(&posted, &visit, &portal.keys, &found) {
        Ok(checked) => checked,
        Err(filled) => return page(&portal, &visit, &place, filled, choices, false),
    };
    if checked.wanted.workplace.organization.is_none() && checked.wanted.workplace.kind.is_empty() {
        let mut filled = Filled::from_posted(&posted);
        filled.wrong("place", visit.words().t("error-place-choose"));
        return page(&portal, &visit, &place, filled, choices, false);
    }
    let (path, wanted, key) = (session_path(&path)?, checked.wanted, posted.key(&portal, &visit));
    let write = async move |tx: &mut db::Tx<'_>, now| verb::join(tx, path, &wanted, now).await;
    match portal.db.write(Lane::Public, key, write).await? {
        Ok(Joined::New(id)) => Ok(hold(&portal, &visit, id, Held::TYPED, &format!("{}?done=joined", place.path()))),
        Ok(Joined::Earlier) => page(&portal, &visit, &place, Filled::default(), String::new(), true),
        Err(NotJoined::Unknown) => page(&portal, &visit, &place, Filled::from_posted(&posted), choices, false),
    }
}
