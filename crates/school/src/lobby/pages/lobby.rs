use askama::Template;
use axum::extract::{Path, State};
use web::{Frame, Page, PageError, Portal, Section, Visit};

use super::sight::{Sight, moment_words};
use crate::archive::{Paper, materials, paper};
use crate::lobby::store;
use crate::trainings::{session_path, store as trainings};

#[derive(Template)]
#[template(path = "lobby/pages/lobby.html")]
struct LobbyPage {
    frame: Frame,
    sight: Sight,
    path: String,
    reason: String,
    switched: String,
    materials_link: String,
    materials: Vec<Paper>,
    has_phone_in: bool,
    survey: bool,
}

/// The lobby of a session: the same for everybody, kept rendered. What leads into the meeting stands behind it.
pub async fn show(State(portal): State<Portal>, visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let (w, now) = (visit.words(), visit.now);
    let found = portal
        .db
        .read(async move |tx| {
            let Some(session) = trainings::session_at(tx, path.year, path.audience, path.number).await? else { return Ok(None) };
            let (Some(course), Some(programme)) =
                (trainings::course(tx, session.course).await?, trainings::programme(tx, path.year).await?)
            else {
                return Ok(None);
            };
            let meeting = store::meeting(tx, session.id).await?;
            let materials = materials::shown(tx, &programme, &course, &session, now).await?;
            Ok(Some((session, course, programme, meeting, materials)))
        })
        .await?;
    let (session, course, programme, meeting, materials) = found.ok_or(PageError::NotFound)?;
    let sight = Sight::of(&portal, w, now, (&programme, &course, &session), &meeting);
    let hours = meeting.hours(&session);
    let changes = hours.map(|hours| [hours.opens, hours.begins, hours.survey_opens(), hours.ends]);
    let archive = programme.archive(course.archive_opens_at).map(|(opens, _)| opens);
    let until = changes.into_iter().flatten().chain(archive).filter(|at| *at > now).fold(now.next_midnight(), std::cmp::min);
    let title = format!("{} {}", w.t("lobby-word"), sight.nth);
    let page = LobbyPage {
        frame: Frame::new(&portal, &visit, title)
            .in_section(Section::Trainings)
            .crumb(w.t("trainings-title"), "/trainings")
            .crumb(sight.course.clone(), &sight.course_path)
            .here(),
        path: sight.lobby.clone(),
        reason: session.cancel_reason.clone(),
        switched: meeting
            .switched_at
            .filter(|_| sight.is("open") || sight.is("running"))
            .map_or_else(String::new, |at| w.one("lobby-switched", "at", &moment_words(at, w.lang))),
        has_phone_in: !meeting.dial_in.is_empty(),
        survey: !meeting.questionnaire.is_empty() && hours.is_some_and(|hours| hours.takes_answers(now)),
        materials_link: meeting.materials,
        materials: materials.iter().map(paper).collect(),
        sight,
    };
    Ok(Page::html(&page)?.lasts_until(until))
}
